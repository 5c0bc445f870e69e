package dev.amends.cost

import android.os.Looper
import android.os.SystemClock
import android.view.MotionEvent
import android.view.Window
import com.google.gson.GsonBuilder
import dev.amends.robolectric.toFront
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotSame
import org.junit.Assert.assertSame
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.shadows.ShadowLog
import org.robolectric.shadows.ShadowStatsLog
import java.io.File
import java.time.Duration
import java.util.Random

/** Measures one subject, on Android 15. The build gives each class a JVM of its own. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "en-w360dp-h640dp-xhdpi", shadows = [PlainView::class])
@GraphicsMode(GraphicsMode.Mode.NATIVE) // legacy graphics allocate 67 kB at each tap by themselves
internal abstract class Measurement(private val subject: Subject) {
    private val application = RuntimeEnvironment.getApplication()
    private val looper = shadowOf(Looper.getMainLooper())
    private val random = Random(1)

    @Test
    fun measure() {
        Meter().of { } // its own classes
        val cold = Meter().of { subject.start(application) }.ns
        val controller = Robolectric.buildActivity(WallActivity::class.java).create().toFront()
        looper.idleFor(AFTER_START)
        val wall = controller.get()
        val hooked = wall.window.callback
        assertNotSame("its hook", wall, hooked)
        repeat(WARM_UPS) { pair(wall, hooked) }
        val pairs = List(PAIRS) { pair(wall, hooked) }
        assertEquals("each tap is a click", (WARM_UPS + PAIRS) * 2 * BLOCK, wall.clicks)
        subject.checkItSaw(wall.clicks)
        controller.pause().stop().destroy()
        val figures = Figures(
            subject.name,
            cold,
            warmStart(),
            own = medianOf(pairs.map { it.first }),
            added = medianOf(pairs.map { it.second - it.first }),
        )
        File(System.getProperty("cost.figures"), "${subject.name}.json").apply { parentFile.mkdirs() }
            .writeText(GsonBuilder().setPrettyPrinting().create().toJson(figures))
    }

    private fun warmStart(): Long {
        subject.stop()
        val starts = List(STARTS) {
            val ns = Meter().of { subject.start(application) }.ns
            looper.idle()
            subject.settle()
            subject.stop()
            ns.toDouble()
        }
        return median(starts).toLong()
    }

    /** A block without the SDK and one with it: all of them hear of touches by the callback of the window. */
    private fun pair(wall: WallActivity, hooked: Window.Callback): Pair<Tap, Tap> =
        Pair(block(wall, wall), block(wall, hooked))

    private fun block(wall: WallActivity, callback: Window.Callback): Tap {
        wall.window.callback = callback
        val places = List(WallActivity.COUNT) { wall.middleOf(it) }
        val decor = wall.window.decorView
        val dispatch = Meter()
        val after = Meter()
        repeat(BLOCK) { tap ->
            val (x, y) = places[random.nextInt(places.size)]
            val now = SystemClock.uptimeMillis()
            val down = MotionEvent.obtain(now, now, MotionEvent.ACTION_DOWN, x, y, 0)
            val up = MotionEvent.obtain(now, now + HELD_MS, MotionEvent.ACTION_UP, x, y, 0)
            dispatch.start()
            decor.dispatchTouchEvent(down)
            decor.dispatchTouchEvent(up)
            dispatch.stop()
            after.start()
            repeat(LEAPS) { looper.idleFor(LEAP) }
            after.stop()
            down.recycle()
            up.recycle()
            ShadowStatsLog.reset() // it copies all that it ever heard whenever it hears more
            if (tap % BETWEEN_SETTLING == 0) settle()
        }
        assertSame("nobody hooks it in between", callback, wall.window.callback)
        return Tap(dispatch.perTap(), after.perTap())
    }

    /** Lets what runs on other threads catch up: nobody taps ten thousand times a second. */
    private fun settle() {
        subject.settle()
        Thread.sleep(SETTLING_MS)
        ShadowLog.clear()
    }

    private fun Meter.perTap() = Sample(ns.toDouble() / BLOCK, bytes.toDouble() / BLOCK)

    private companion object {
        const val BLOCK = 250
        const val WARM_UPS = 80
        const val PAIRS = 120
        const val STARTS = 11
        const val HELD_MS = 60L
        const val BETWEEN_SETTLING = 100
        const val SETTLING_MS = 10L

        /** A tap a second: the click, its frame and the end of the pressed look are in it, and what comes when all is quiet. */
        const val LEAPS = 5

        /** A longer one looks like a hang to those who watch. */
        val LEAP: Duration = Duration.ofMillis(200)
        val AFTER_START: Duration = Duration.ofSeconds(1)
    }
}

/** With this SDK. */
internal class AmendsCost : Measurement(AmendsSubject())

/** With Sentry. */
internal class SentryCost : Measurement(SentrySubject())

/** With Datadog RUM. */
internal class DatadogCost : Measurement(DatadogSubject())
