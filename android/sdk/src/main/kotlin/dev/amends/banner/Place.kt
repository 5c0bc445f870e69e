package dev.amends.banner

import android.app.Activity
import android.content.res.Configuration
import android.view.ViewGroup
import android.view.Window
import dev.amends.hooks.Windows

/** Where a message may be drawn: the topmost window of the app, and the activity that the person sees. */
internal class Place(val window: Window, val activity: Activity, val decor: ViewGroup)

/** The place where something may be said now, if there is one. */
internal fun Windows.place(options: BannerOptions): Place? {
    val window = focused ?: return null
    val activity = activity ?: return null
    if (activity.isFinishing || activity.isDestroyed || options.isQuietOn(activity)) return null
    if (activity.isInPictureInPictureMode || !activity.resources.configuration.isForReading()) return null
    val decor = window.peekDecorView() as? ViewGroup ?: return null
    if (!decor.isAttachedToWindow || !decor.isShown) return null
    return Place(window, activity, decor)
}

/** A phone, a tablet or a desk; not a television, a car, a watch or glasses. */
private fun Configuration.isForReading(): Boolean = when (uiMode and Configuration.UI_MODE_TYPE_MASK) {
    Configuration.UI_MODE_TYPE_UNDEFINED,
    Configuration.UI_MODE_TYPE_NORMAL,
    Configuration.UI_MODE_TYPE_DESK,
    -> true

    else -> false
}
