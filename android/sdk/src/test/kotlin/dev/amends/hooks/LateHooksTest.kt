package dev.amends.hooks

import android.os.SystemClock
import android.widget.Button
import dev.amends.LoadKind
import dev.amends.core.Event
import dev.amends.core.LoadEnd
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** The hooks are made on the driver's thread, and a phone may be slow: the first screen may be there before them. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi")
class LateHooksTest {
    private val recorder = Recorder()
    private val windows = Windows().apply { install(RuntimeEnvironment.getApplication()) }
    private val hooks = Hooks(windows, recorder, { error(it) }, ::screenNameOf)

    @Test
    fun `what was there before is seen, and the launch began when it did`() {
        idle(50)
        val beforeMs = SystemClock.elapsedRealtime()
        idle(50)
        val controller = Robolectric.buildActivity(ShopActivity::class.java).create()
        val pay = Button(controller.get()).also { controller.get().column.addView(it) }
        controller.toFront()
        idle(700)
        hooks.listen()
        idle(100)
        val said = recorder.events.toList()
        val launch = said.filterIsInstance<Event.LoadStarted>().single()
        val end = said.filterIsInstance<Event.LoadEnded>().single()
        assertEquals(launch.load to LoadEnd.SUCCEEDED, end.load to end.end)
        assertEquals(listOf(launch, Event.Foreground, Event.Screen("Shop"), end), said)
        val startedMs = recorder.times[said.indexOf(launch)]
        assertTrue("began ${startedMs - beforeMs} ms after that", startedMs <= beforeMs + 60)
        Finger(controller.get().window.decorView).tap(pay)
        assertEquals(1, recorder.taps.size)
    }

    @Test
    fun `of several screens before them it was one launch`() {
        val first = Robolectric.buildActivity(ShopActivity::class.java).create()
        Robolectric.buildActivity(ShopActivity::class.java).create().toFront()
        first.destroy()
        hooks.listen()
        idle(100)
        assertEquals(1, recorder.events.count { it is Event.LoadStarted })
        assertEquals(1, recorder.events.count { it is Event.Foreground })
    }

    @Test
    fun `an activity that is never seen is no launch, and the next one does not begin with it`() {
        hooks.listen()
        idle(1_000)
        Robolectric.buildActivity(ShopActivity::class.java).create().destroy()
        idle(10_000)
        assertEquals(emptyList<Event>(), recorder.events)
        val openedMs = SystemClock.elapsedRealtime()
        Robolectric.buildActivity(ShopActivity::class.java).create().toFront()
        idle(100)
        val launch = recorder.events.filterIsInstance<Event.LoadStarted>().single()
        assertEquals(LoadKind.WARM_LAUNCH, launch.kind)
        assertTrue(recorder.times[recorder.events.indexOf(launch)] >= openedMs)
        assertEquals(1, recorder.events.count { it is Event.LoadEnded })
    }

    @Test
    fun `an activity that leads to the next at once is part of its launch`() {
        hooks.listen()
        idle(1_000)
        val openedMs = SystemClock.elapsedRealtime()
        Robolectric.buildActivity(ShopActivity::class.java).create().destroy()
        idle(300)
        Robolectric.buildActivity(ShopActivity::class.java).create().toFront()
        idle(100)
        val launch = recorder.events.filterIsInstance<Event.LoadStarted>().single()
        assertEquals(openedMs, recorder.times[recorder.events.indexOf(launch)])
    }

    @Test
    fun `a launch is cold when its screen comes a moment after the process is there, and not long after`() {
        hooks.listen()
        idle(100) // from Android 14 on the main thread is idle in between
        Robolectric.buildActivity(ShopActivity::class.java).create().toFront()
        idle(100)
        assertEquals(LoadKind.COLD_LAUNCH, recorder.events.filterIsInstance<Event.LoadStarted>().single().kind)
    }

    @Test
    fun `a process that shows nothing was not launched`() {
        hooks.listen()
        idle(1_000)
        assertEquals(emptyList<Event>(), recorder.events)
    }
}
