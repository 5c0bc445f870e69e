package dev.amends.banner

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.ContextWrapper
import android.content.Intent
import android.net.Uri

/** The address, if it is one that may be opened: `https` and a host. */
internal fun httpsLink(url: String): Uri? =
    Uri.parse(url).takeIf { it.scheme.equals("https", ignoreCase = true) && !it.host.isNullOrEmpty() }

/** Opens it in whatever the person browses with. Where there is nothing, nothing happens but a line in the log. */
internal fun Context.open(link: Uri, fuse: Fuse) {
    val intent = Intent(Intent.ACTION_VIEW, link).addCategory(Intent.CATEGORY_BROWSABLE)
    if (!isOfActivity()) intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
    try {
        startActivity(intent)
    } catch (_: ActivityNotFoundException) {
        fuse.say("No app opens links here: a status page could not be shown")
    } catch (_: SecurityException) {
        fuse.say("No app may open links here: a status page could not be shown")
    }
}

/** A view may have been made with the application's context, or be in a window of a service's. */
private fun Context.isOfActivity(): Boolean =
    generateSequence(this) { (it as? ContextWrapper)?.baseContext }.any { it is Activity }
