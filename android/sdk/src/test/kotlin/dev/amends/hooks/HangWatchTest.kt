package dev.amends.hooks

import android.os.Handler
import android.os.HandlerThread
import dev.amends.Guard
import dev.amends.Log
import dev.amends.core.Event
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.LooperMode
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit

/** With a thread of its own in the part of the main thread, on real time: only what must be, is waited for. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
@LooperMode(LooperMode.Mode.PAUSED)
class HangWatchTest {
    private val main = HandlerThread("main-in-this-test").apply { start() }
    private val handler = Handler(main.looper)
    private val events = LinkedBlockingQueue<Event>()
    private val flushes = Semaphore(0)

    @Volatile
    private var flusher: Thread? = null
    private val sink = object : Sink {
        override val isOn = true

        override fun send(event: Event) {
            events += event
        }

        override fun sendLater(event: Event) = send(event)

        override fun flush() {
            flusher = Thread.currentThread()
            flushes.release()
        }

        override fun sendAt(elapsedMs: Long, event: Event) = send(event)
    }
    private val guard = Guard("seeing hangs", Log {})
    private val watch = HangWatch(handler, sink, guard) { TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) }

    @After
    fun quit() {
        watch.inFront(false)
        main.quit()
    }

    @Test
    fun `a thread that stands still for long is told of once it goes on`() {
        val blocked = CountDownLatch(1)
        watch.inFront(true)
        handler.post { blocked.await(20, TimeUnit.SECONDS) }
        watch.active()
        flushes.drainPermits()
        assertTrue("what waits for the main thread is heard", flushes.tryAcquire(20, TimeUnit.SECONDS))
        assertNull("not while it stands still", events.poll(1_000, TimeUnit.MILLISECONDS))
        blocked.countDown()
        val hang = (events.poll(20, TimeUnit.SECONDS) as Event.Hung).hang
        assertTrue("$hang", hang.blockedMs in 500u..19_000u)
        assertTrue("$hang", hang.sleepAskedMs > 0u && hang.sleepTookMs >= hang.sleepAskedMs)
    }

    @Test
    fun `an app at rest wakes nobody`() {
        val before = Thread.getAllStackTraces().keys.count { it.name == "amends-hang" && it.isAlive }
        HangWatch(handler, sink, guard) { 0 }.active()
        assertEquals(before, Thread.getAllStackTraces().keys.count { it.name == "amends-hang" && it.isAlive })
    }

    @Test
    fun `what waits is heard without anybody's doing while the person is active, and no longer`() {
        var now = 1L
        val watch = HangWatch(handler, sink, guard) { now }
        assertFalse("nobody is in front", watch.flushesSoon)
        watch.inFront(true)
        assertTrue(watch.flushesSoon)
        now += 4_501
        assertFalse("it falls asleep", watch.flushesSoon)
        watch.active()
        assertTrue(watch.flushesSoon)
        watch.inFront(false)
        assertFalse(watch.flushesSoon)
    }

    @Test
    fun `an app that comes back at once is watched again`() {
        val watch = HangWatch(handler, sink, guard) { 1 }
        watch.inFront(true)
        assertTrue(flushes.tryAcquire(20, TimeUnit.SECONDS))
        watch.inFront(false)
        val fallsAsleepBy = System.nanoTime() + TimeUnit.SECONDS.toNanos(20)
        while (flusher?.state != Thread.State.WAITING) {
            assertTrue("it sleeps", System.nanoTime() < fallsAsleepBy)
            Thread.sleep(1)
        }
        flushes.drainPermits()
        watch.inFront(true)
        assertTrue("it watches", flushes.tryAcquire(20, TimeUnit.SECONDS))
        watch.inFront(false)
    }
}
