package dev.amends.banner

import android.graphics.Rect
import android.os.Build
import android.view.View
import android.view.WindowInsets
import dev.amends.NewerAndroid

/**
 * What of this window the system's bars, the keyboard and the camera cover, also where the app's content is kept clear
 * of them: the decor view is not.
 */
internal fun View.covered(into: Rect) {
    val insets = rootWindowInsets
    when {
        insets == null -> into.setEmpty()
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.R -> insets.byType(into)
        else -> insets.ofTheSystem(into)
    }
}

@NewerAndroid(Build.VERSION_CODES.R)
private fun WindowInsets.byType(into: Rect) {
    val types = WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime()
    val all = getInsets(types)
    into.set(all.left, all.top, all.right, all.bottom)
}

@Suppress("DEPRECATION") // What there was before Android 11.
private fun WindowInsets.ofTheSystem(into: Rect) {
    into.set(systemWindowInsetLeft, systemWindowInsetTop, systemWindowInsetRight, systemWindowInsetBottom)
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) besidesTheCamera(into)
}

@NewerAndroid(Build.VERSION_CODES.P)
private fun WindowInsets.besidesTheCamera(into: Rect) {
    val cutout = displayCutout ?: return
    into.left = maxOf(into.left, cutout.safeInsetLeft)
    into.top = maxOf(into.top, cutout.safeInsetTop)
    into.right = maxOf(into.right, cutout.safeInsetRight)
    into.bottom = maxOf(into.bottom, cutout.safeInsetBottom)
}
