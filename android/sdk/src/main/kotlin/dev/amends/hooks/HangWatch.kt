package dev.amends.hooks

import android.os.Debug
import android.os.Handler
import android.os.SystemClock
import dev.amends.Guard
import dev.amends.core.Event
import dev.amends.core.Hang
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.thread
import kotlin.concurrent.withLock

/** Milliseconds of a clock that stands still while the phone sleeps. Asked at each frame: no number is boxed. */
internal fun interface Uptime {
    fun nowMs(): Long
}

/**
 * Measures how long the main thread does not answer, from a thread of its own. It looks only while the person does
 * something or the screen moves, and for [ATTENTIVE_MS] after it: an app at rest wakes nobody. As it is awake then, it is
 * also the one that has what was sent for [later][Sink.sendLater] heard: to wake a thread takes longer than all else of a tap.
 */
internal class HangWatch(
    private val main: Handler,
    private val sink: Sink,
    private val guard: Guard,
    private val uptime: Uptime = Uptime { SystemClock.uptimeMillis() },
) {
    private val lock = ReentrantLock()
    private val wanted = lock.newCondition()

    @Volatile
    private var activeAt = 0L

    @Volatile
    private var isInFront = false
    private var started = false

    // That what waits is heard: the main thread need not see to it.
    private var flushesUntil = NEVER

    // Between the two threads: the beat that the main thread was asked for, and has answered.
    @Volatile
    private var askedAt = 0L

    @Volatile
    private var answered = true

    @Volatile
    private var longest = Sleep(0, 0)
    private val beat = Runnable { guard.run(::answer) }

    /** The app is in front or not. Main thread. */
    fun inFront(isInFront: Boolean) {
        this.isInFront = isInFront
        flushesUntil = NEVER // the watch may sleep since it was not
        if (isInFront) active()
    }

    /** Something happens on the screen. Main thread, at each touch and frame: cheap. */
    fun active(): Unit = guard.run {
        val now = uptime.nowMs()
        activeAt = now
        if (!isInFront) return
        if (now > flushesUntil) wake()
        flushesUntil = now + ATTENTIVE_MS - FALLING_ASLEEP_MS
    }

    /** Whether what was sent for later is heard soon, without anybody's doing. Main thread. */
    val flushesSoon: Boolean get() = isInFront && guard.isOn && uptime.nowMs() <= flushesUntil

    private fun wake() {
        if (!started) {
            started = true
            thread(name = "amends-hang", isDaemon = true) { guard.run(::watch) }
        }
        lock.withLock { wanted.signal() }
    }

    private fun watch() {
        while (guard.isOn) {
            lock.withLock { while (!isWanted()) wanted.await() }
            ask()
            var longest = Sleep(0, 0)
            do {
                val slept = sleep()
                if (slept.tookMs > longest.tookMs) longest = slept
                this.longest = longest
                sink.flush()
            } while (!answered && guard.isOn)
        }
    }

    private fun isWanted(): Boolean = isInFront && uptime.nowMs() - activeAt <= ATTENTIVE_MS

    private fun ask() {
        answered = false
        longest = Sleep(0, 0)
        askedAt = uptime.nowMs()
        main.post(beat)
    }

    private fun sleep(): Sleep {
        val from = System.nanoTime()
        Thread.sleep(BEAT_MS)
        return Sleep(BEAT_MS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from))
    }

    /** On the main thread, which answers again. */
    private fun answer() {
        val blockedMs = uptime.nowMs() - askedAt
        val sleep = longest
        answered = true
        if (blockedMs < COUNTED_MS) return
        val hang = Hang(blockedMs.toULong(), sleep.askedMs.toULong(), sleep.tookMs.toULong(), isDebugged())
        sink.send(Event.Hung(hang))
    }

    private fun isDebugged(): Boolean = Debug.isDebuggerConnected() || Debug.waitingForDebugger()

    private class Sleep(val askedMs: Long, val tookMs: Long)

    private companion object {
        const val NEVER = -1L
        const val BEAT_MS = 100L
        const val ATTENTIVE_MS = 5_000L

        /** So long before it sleeps nobody relies on it any more. */
        const val FALLING_ASLEEP_MS = 500L

        /** From when on the engine counts (Apple's threshold for a hang that is noticed). */
        const val COUNTED_MS = 250L
    }
}
