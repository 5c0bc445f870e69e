package dev.amends

import dev.amends.core.Event
import dev.amends.core.InternalException
import dev.amends.core.Now
import dev.amends.core.Step
import dev.amends.core.TimedEvent
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.Collections
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Threads, time, and the end of it. */
class DriverTest : DriverBench() {
    @Test
    fun `events from any thread wait for a library that loads slowly, and keep their time`() {
        val loaded = CountDownLatch(1)
        val opened = CompletableFuture<Now>()
        val device = FakeDevice()
        drive(device) { now ->
            opened.complete(now)
            loaded.await()
        }
        opened.get()
        List(4) { thread { repeat(100) { driver.send(Event.Screen("$it")) } } }.forEach(Thread::join)
        time.monotonicMs = 1_600
        driver.send(Event.Foreground)
        loaded.countDown()
        while (true) if (device.next() == Event.Foreground) break

        assertEquals(1_000uL, opened.get().monotonicMs, "opened as of the start, not of the end of loading")
        val first = device.steps.first()
        assertEquals(401, first.events.size, "one step carries all that waited")
        assertEquals(listOf(1_000uL, 1_600uL), first.events.map { it.atMs }.distinct())
        assertEquals(1_600uL, first.now.monotonicMs)
        assertEquals("amends" to true, first.thread.name to first.thread.isDaemon)
    }

    @Test
    fun `what held at the start goes before what was sent since, also when the queue is full`() {
        val loaded = CountDownLatch(1)
        val device = FakeDevice()
        drive(device) { loaded.await() }
        time.monotonicMs = 1_600
        repeat(MOST_WAITING) { driver.send(Event.ErrorReported) }
        driver.sendFirst(Event.Languages(listOf("he")))
        loaded.countDown()
        settle()
        val events = device.steps.first().events
        assertEquals(MOST_WAITING + 1, events.size)
        assertEquals(TimedEvent(1_000u, Event.Languages(listOf("he"))), events.first())
    }

    @Test
    fun `a question is answered after what was sent before it, and a document is there before`() {
        val loaded = CountDownLatch(1)
        val device = FakeDevice()
        val order = Collections.synchronizedList(ArrayList<String>())
        device.taking = { order += "document, ${device.steps.size} steps" }
        drive(device) { loaded.await() }
        driver.send(Event.ErrorReported)
        val answer = driver.ask(Unit) { order += "question, ${device.steps.size} steps" }
        driver.use("{}")
        loaded.countDown()
        answer.get(10, TimeUnit.SECONDS)
        assertEquals(listOf("document, 0 steps", "question, 1 steps"), order.toList())
    }

    @Test
    fun `a question knows what a task before it has sent`() {
        val loaded = CountDownLatch(1)
        val device = FakeDevice()
        drive(device) { loaded.await() }
        driver.post { driver.send(Event.ErrorReported) }
        val steps = driver.ask(emptyList()) { device.steps.flatMap { it.events } }
        loaded.countDown()
        assertEquals(listOf<Event>(Event.ErrorReported), steps.get(10, TimeUnit.SECONDS).map { it.event })
    }

    @Test
    fun `all questions are answered when a step throws`() {
        val loaded = CountDownLatch(1)
        drive(
            FakeDevice {
                if (Event.ErrorReported in
                    it
                ) {
                    throw InternalException("a panic")
                } else {
                    idle()
                }
            },
        ) { loaded.await() }
        driver.send(Event.ErrorReported)
        val answers = List(3) { driver.ask("off") { "on" } }
        loaded.countDown()
        assertEquals(List(3) { "off" }, answers.map { it.get(10, TimeUnit.SECONDS) })
    }

    @Test
    fun `all questions are answered when one of them throws`() {
        val loaded = CountDownLatch(1)
        drive(FakeDevice()) { loaded.await() }
        val answers = List(3) { number ->
            driver.ask("off") {
                if (number ==
                    1
                ) {
                    throw InternalException("a panic")
                } else {
                    "on"
                }
            }
        }
        loaded.countDown()
        assertEquals(listOf("on", "off", "off"), answers.map { it.get(10, TimeUnit.SECONDS) })
    }

    @Test
    fun `nothing runs before the deadline, nor without one`() {
        val device = FakeDevice { if (Event.Foreground in it) Step(emptyList(), 60_000u) else idle() }
        drive(device)
        for (event in listOf(Event.Foreground, Event.Background)) {
            driver.send(event)
            while (true) if (device.next() == event) break
            val steps = device.steps.size
            Thread.sleep(200)
            assertEquals(steps, device.steps.size, "no polling after $event")
        }
    }

    @Test
    fun `a deadline that comes is stepped, also late`() {
        val second = CountDownLatch(2)
        val device = FakeDevice {
            second.countDown()
            time.monotonicMs += 25 // as if each step took longer than the next deadline is away
            Step(emptyList(), (time.monotonicMs - 5).toULong())
        }
        drive(device)
        assertTrue(second.await(10, TimeUnit.SECONDS))
    }

    @Test
    fun `a device that always wants to be called at once does not eat the phone`() {
        val device = FakeDevice { Step(emptyList(), 0u) }
        drive(device, JvmClock)
        Thread.sleep(300)
        assertTrue(device.steps.size in 2..40, "${device.steps.size} steps in 300 ms")
    }

    @Test
    fun `a step that throws ends the driver with one line, and the app goes on`() {
        val device = FakeDevice { if (Event.ErrorReported in it) throw InternalException("a panic\nat …") else idle() }
        val amends = Amends(drive(device))
        amends.errorReported()
        device.next()
        amends.foreground()
        assertEquals("", amends.whatWeSend().get(10, TimeUnit.SECONDS))
        assertEquals(emptyList<Decision>(), amends.lastDecisions().get(10, TimeUnit.SECONDS))
        driver.stop()
        val steps = device.steps.size
        amends.tapped(1, Role.BUTTON)
        amends.loadStarted().succeeded()
        assertEquals(steps, device.steps.size)
        assertTrue(lines.single().endsWith("a panic"), lines.toString())
    }

    @Test
    fun `a question that breaks the device is answered all the same`() {
        drive(FakeDevice())
        val answer = driver.ask("off") { throw InternalException("a panic") }
        assertEquals("off", answer.get(10, TimeUnit.SECONDS))
        driver.stop()
        assertEquals("off", driver.ask("off") { "on" }.get(10, TimeUnit.SECONDS))
    }

    @Test
    fun `what was said before the stop is stepped`() {
        val device = FakeDevice()
        drive(device)
        settle()
        driver.send(Event.Background)
        driver.stop()
        assertEquals(Event.Background, device.next())
    }
}
