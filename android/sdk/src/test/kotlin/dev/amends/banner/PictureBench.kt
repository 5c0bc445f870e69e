package dev.amends.banner

import android.content.pm.ApplicationInfo
import android.graphics.Rect
import android.view.View
import android.view.Window
import dev.amends.robolectric.Picture
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment

/** A shop on a phone, and pictures of it for docs/pictures/android. */
open class PictureBench : BannerBench() {
    /** The shop, in front, on a phone with this language, size and time of day. */
    fun store(language: String = "en", size: String = "w411dp-h891dp", night: String = "notnight"): StoreActivity {
        application.applicationInfo.flags = application.applicationInfo.flags or ApplicationInfo.FLAG_SUPPORTS_RTL
        RuntimeEnvironment.setQualifiers("$language-$size-$night-hdpi")
        val controller = Robolectric.buildActivity(StoreActivity::class.java).create()
        val store = controller.get()
        store.fill()
        controller.toFront()
        settle()
        store.window.cover(store.bars)
        return store
    }

    /** Takes the picture when all has come to rest, and looks whether the message on it is whole and clear of everything. */
    fun StoreActivity.save(name: String) {
        val card = window.atRest()
        assertClear(card, bars)
        Picture.of(window).draw { systemBars(this@save) }.keep(name)
    }

    /** The message in this window, after it came in. */
    fun Window.atRest(): View {
        idle(400)
        val card = card
        card.outlineProvider = WholeShadow
        idle(40)
        return card
    }

    /** It is clear of the bars, with a gap, and all of it can be read and reached. */
    fun assertClear(card: View, bars: Rect) {
        val gap = (12 * card.resources.displayMetrics.density).toInt()
        val decor = card.rootView
        val room = Rect(bars.left, bars.top, decor.width - bars.right, decor.height - bars.bottom).apply {
            inset(gap, gap)
        }
        assertTrue("${card.place()} in $room", room.contains(card.place()))
        assertEquals(emptyList<String>(), card.cutOff())
    }

    /** Keeps it, if there is something on it and it is small enough for a page. */
    fun Picture.keep(name: String) {
        assertTrue("$name has ${colours()} colours", colours() > 200)
        val file = save(name)
        assertTrue("$name has ${file.length()} bytes", file.length() in 20_000..250_000)
    }
}
