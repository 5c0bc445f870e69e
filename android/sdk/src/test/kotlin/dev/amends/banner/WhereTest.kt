package dev.amends.banner

import android.app.Activity
import android.app.AlertDialog
import android.app.Dialog
import android.view.View
import android.widget.PopupWindow
import dev.amends.Response
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** An app lock. */
class PinActivity : Activity(), NoMessages

open class CameraActivity : Activity()

class SelfieActivity : CameraActivity()

class FilmActivity : Activity() {
    override fun isInPictureInPictureMode(): Boolean = true
}

class HalfActivity : Activity() {
    override fun isInMultiWindowMode(): Boolean = true
}

/** On which window it is drawn, and on which never. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class WhereTest : BannerBench() {
    private inline fun <reified A : Activity> isSaidOn(): Boolean {
        val window = open<A>().get().window
        show(message())
        val isSaid = window.banner() != null
        assertEquals(listOf(if (isSaid) shown() else notShown()), reports)
        return isSaid
    }

    /** Robolectric opens it and leaves the focus where it was. */
    private fun dialog(over: Activity): Dialog {
        val dialog =
            AlertDialog.Builder(over).setMessage("Delete the basket?").setPositiveButton("Yes", null).show()
        settle()
        over.window.focus(false)
        dialog.window!!.focus(true)
        return dialog
    }

    @Test
    fun `not on an app lock`(): Unit = assertEquals(false, isSaidOn<PinActivity>())

    @Test
    fun `not where the app wants it quiet, and not on what is derived from it`() {
        options.quietOn(CameraActivity::class.java)
        assertEquals(false, isSaidOn<SelfieActivity>())
    }

    @Test
    fun `on all others`() {
        options.quietOn(SelfieActivity::class.java)
        assertEquals(true, isSaidOn<CameraActivity>())
    }

    @Test
    fun `not in a picture in a picture`(): Unit = assertEquals(false, isSaidOn<FilmActivity>())

    @Test
    fun `in half a screen`(): Unit = assertEquals(true, isSaidOn<HalfActivity>())

    @Test
    fun `only on what is read from near`() {
        val said = listOf("television", "car", "watch", "vrheadset", "desk").associateWith { kind ->
            RuntimeEnvironment.setQualifiers("+$kind")
            reports.clear()
            isSaidOn<ShopActivity>().also { renderer.hide(7) }
        }
        assertEquals(listOf("desk"), said.filterValues { it }.keys.toList())
    }

    @Test
    fun `on the dialog that is on top`() {
        val activity = open<ShopActivity>().get()
        val dialog = dialog(activity)
        show(message())
        assertNull(activity.window.banner())
        assertNotNull(dialog.window!!.banner())
        assertEquals(listOf(shown()), reports)
    }

    @Test
    fun `not on a dialog over an app lock`() {
        val dialog = dialog(open<PinActivity>().get())
        show(message())
        assertNull(dialog.window!!.banner())
        assertEquals(listOf(notShown()), reports)
    }

    @Test
    fun `a dialog that comes over it ends it`() {
        val activity = open<ShopActivity>().get()
        show(message())
        dialog(activity)
        assertNull(activity.window.banner())
        idle(10_000)
        assertEquals(listOf(shown(), ended(Response.EXPIRED)), reports)
    }

    @Test
    fun `a dialog that is closed takes it with it, and the next is said on the activity`() {
        val activity = open<ShopActivity>().get()
        val dialog = dialog(activity)
        show(message(7))
        dialog.dismiss()
        settle()
        assertEquals(listOf(shown(7), ended(Response.EXPIRED, 7)), reports)
        activity.window.focus(true)
        show(message(8))
        assertNotNull(activity.window.banner())
        assertEquals(shown(8), reports.last())
    }

    @Test
    fun `a menu over it does not end it`() {
        val activity = open<ShopActivity>().get()
        show(message())
        PopupWindow(View(activity), 100, 100, true).showAsDropDown(activity.field)
        activity.window.focus(false)
        settle()
        assertNotNull(activity.window.banner())
        assertEquals(listOf(shown()), reports)
    }

    @Test
    fun `the next activity is where it is said, and opening one ends what was said on the last`() {
        val first = open<ShopActivity>()
        show(message(7))
        first.get().window.focus(false)
        first.pause()
        val second = open<CameraActivity>()
        first.stop()
        settle()
        assertNull(first.get().window.banner())
        assertNull(second.get().window.banner())
        assertEquals(listOf(shown(7), ended(Response.EXPIRED, 7)), reports)
        show(message(8))
        assertNotNull(second.get().window.banner())
    }
}
