package dev.amends.hooks

import android.app.Activity
import android.view.Window
import android.widget.Button
import dev.amends.Guard
import dev.amends.Log
import dev.amends.core.Event
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** A piece of the hooks that throws is off; the app and the other pieces go on. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi")
class EachAloneTest {
    @Test
    fun `an app that cannot name its screens has its taps seen`() {
        val phone = Phone(screenName = { error("no name") })
        phone.controller.pause()
        val next = Robolectric.buildActivity(ShopActivity::class.java).create().toFront().get()
        val pay = Button(next).also { next.column.addView(it) }
        idle(100)
        assertEquals(1, phone.after { Finger(next.window.decorView).tap(pay) }.taps.size)
        assertTrue(phone.recorder.events.none { it is Event.Screen })
        assertEquals(
            listOf("names of screens"),
            phone.lines.map {
                it.substringAfter("without ").substringBefore(" from")
            },
        )
    }

    @Test
    fun `a window whose end nobody would hear of is not held`() {
        val phone = Phone()
        phone.windows.add(
            object : WindowListener {
                override fun inFront(isInFront: Boolean) = check(isInFront)
            },
        )
        assertEquals(1, phone.windows.opened())
        phone.controller.pause().stop()
        assertEquals(0, phone.windows.opened())
    }

    /** How many windows it knows: one that comes to listen is told of each. */
    private fun Windows.opened(): Int {
        var opened = 0
        add(
            object : WindowListener {
                override fun opened(window: Window, activity: Activity) {
                    opened++
                }
            },
        )
        return opened
    }

    @Test
    fun `what is thrown is said once, errors as well, and that piece is off`() {
        val lines = ArrayList<String>()
        var offs = 0
        val guard = Guard("a piece", { lines += it }) { offs++ }
        guard.run { throw OutOfMemoryError("no thread") }
        guard.run { error("not run") }
        guard.switchOff(IllegalStateException("on another thread"))
        assertFalse(guard.isOn)
        assertEquals(1, offs)
        assertEquals(1, lines.size)
        assertTrue(lines.single(), "a piece" in lines.single() && "no thread" in lines.single())
    }

    @Test
    fun `a log that throws, or an end that does, costs the app nothing`() {
        val guard = Guard("a piece", Log { error("no log") }) { error("no end") }
        guard.run { error("broken") }
        assertFalse(guard.isOn)
    }
}
