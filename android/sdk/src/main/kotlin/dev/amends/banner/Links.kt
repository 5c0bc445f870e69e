package dev.amends.banner

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri

/** The address, if it is one that may be opened: `https` and a host. */
internal fun httpsLink(url: String): Uri? =
    Uri.parse(url).takeIf { it.scheme.equals("https", ignoreCase = true) && !it.host.isNullOrEmpty() }

/** Opens it in whatever the person browses with. Where there is nothing, nothing happens but a line in the log. */
internal fun Context.open(link: Uri, fuse: Fuse) {
    try {
        startActivity(Intent(Intent.ACTION_VIEW, link).addCategory(Intent.CATEGORY_BROWSABLE))
    } catch (_: ActivityNotFoundException) {
        fuse.say("No app opens links here: a status page could not be shown")
    } catch (_: SecurityException) {
        fuse.say("No app may open links here: a status page could not be shown")
    }
}
