package dev.amends.banner

import android.app.Activity
import dev.amends.Message

/**
 * What the banner does when a call to action is tapped, and where it stays away.
 *
 * ```
 * banner {
 *     onRetry = { model.reload() }
 *     onSupport = { startActivity(Intent(this, ChatActivity::class.java)) }
 *     quietOn(PinActivity::class.java)
 * }
 * ```
 *
 * A handler is called on the main thread, on the activity that the message was on, after the message has left. An action
 * without a handler is not drawn as a button; the link to a status page needs none. How the banner looks is a matter of
 * the theme (docs/messages-on-android.md).
 */
public class BannerOptions internal constructor() {
    /** "Try again" was tapped. */
    public var onRetry: (Activity.(Message) -> Unit)? = null

    /** "Get help" was tapped: open the chat, the form, the phone. */
    public var onSupport: (Activity.(Message) -> Unit)? = null

    /** "Tell us" was tapped: open the place for feedback. */
    public var onTellUs: (Activity.(Message) -> Unit)? = null

    internal val quiet = HashSet<Class<out Activity>>()

    /** Nothing is said on activities of these classes, nor of classes derived from them: see [NoMessages]. */
    public fun quietOn(vararg activities: Class<out Activity>) {
        quiet += activities
    }

    internal fun isQuietOn(activity: Activity): Boolean =
        activity is NoMessages || quiet.any { it.isInstance(activity) }
}
