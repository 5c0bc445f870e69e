package dev.amends

import dev.amends.core.DeviceInterface
import dev.amends.core.DocumentException
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.core.TimedEvent
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicReference

/** What a [Driver] works with: the device, what carries out its effects, and what makes breadcrumbs of them. */
internal class Equipment(val device: DeviceInterface, val effects: Effects, val trail: Trail? = null)

/**
 * Runs a device on a thread of its own: the only one that crosses the FFI, touches files, or waits. The library is
 * loaded and all the equipment made there, too: the app's own thread is held up for little more than a thread's start.
 * Whatever goes wrong ends this thread and never the app.
 */
internal class Driver(
    private val clock: Clock,
    private val log: Log,
    private val equip: (startedAt: Now) -> Equipment,
) {
    private val mailbox = Mailbox(clock)
    private val document = AtomicReference<Document?>()

    // Loading takes a while: the device is opened as of now, so that what is sent meanwhile keeps its true time.
    private val startedMonotonicMs = clock.monotonicMs
    private val startedUnixMs = clock.unixMs

    @Volatile
    private var effects: Effects? = null

    private val thread = Thread({ run() }, "amends").apply { isDaemon = true }

    /** Starts the thread. To be called once. */
    fun start() {
        try {
            thread.start()
        } catch (noThread: OutOfMemoryError) {
            giveUp(noThread)
        }
    }

    /** Whether what is sent is still heard. */
    val isOn: Boolean get() = mailbox.isOpen

    /** Where the latest batch went; `null` before the first. */
    val uploadUrl: String? get() = effects?.uploadUrl

    /** Says what happened, just now. Never waits for the device; after the driver has stopped it does nothing. */
    fun send(event: Event): Unit = sendAt(clock.monotonicMs, event)

    /** As [send], for what can wait: to wake the driver's thread takes longer than all else that a tap costs. */
    fun sendLater(event: Event): Unit =
        mailbox.put(TimedEvent(clock.monotonicMs.atLeastZero(), event), canWait = true)

    /** Has it see what waits. */
    fun wake(): Unit = mailbox.wake()

    /** Says what happened at this moment of the clock. */
    fun sendAt(monotonicMs: Long, event: Event): Unit = mailbox.put(TimedEvent(monotonicMs.atLeastZero(), event))

    /** Says what held when the driver was made, before all that was sent since. */
    fun sendFirst(event: Event): Unit = mailbox.putFirst(TimedEvent(startedMonotonicMs.atLeastZero(), event))

    /** Says this in the log, on the driver's thread. */
    fun say(line: String) {
        post { log.quietly(line) }
    }

    /** Hands this document to the device, soon; of several that wait, only the latest. */
    fun use(json: String?) {
        val isFirst = document.getAndSet(Document(json)) == null
        if (isFirst && !post(::handOver)) document.set(null)
    }

    /** Has the task done on the driver's thread, soon. Says whether it will be. */
    fun post(task: Task): Boolean = mailbox.put(task)

    /**
     * Asks the device something on the driver's thread, when all that was sent before was stepped; [off] is the answer of a
     * driver that has stopped.
     */
    fun <T> ask(off: T, question: (DeviceInterface) -> T): CompletableFuture<T> {
        val answer = CompletableFuture<T>()
        val willBe = mailbox.ask { device ->
            try {
                if (device != null) answer.complete(question(device))
            } finally {
                answer.complete(off)
            }
        }
        if (!willBe) answer.complete(off)
        return answer
    }

    /** Stops for good after what is waiting was stepped, and waits for that. */
    fun stop() {
        mailbox.close()
        thread.join()
    }

    private fun handOver(device: DeviceInterface?) {
        val latest = document.getAndSet(null) ?: return
        try {
            device?.useDocument(latest.json)
        } catch (refused: DocumentException.Invalid) {
            val why = refused.reason.lines().joinToString(" ")
            log.quietly("The document is not used, and what was said before goes on being said: $why")
        }
    }

    private fun run() {
        try {
            val equipment = equip(Now(startedMonotonicMs.atLeastZero(), startedUnixMs.atLeastZero()))
            effects = equipment.effects
            val device = equipment.device
            if (device.isOff()) restAfterCrashes() else loop(equipment)
            (device as? AutoCloseable)?.close()
        } catch (failure: Throwable) {
            giveUp(failure)
        }
        for (task in mailbox.abandon()) task(null)
    }

    private fun loop(equipment: Equipment) {
        val device = equipment.device
        var deadline: Long? = 0 // the first step sends what an earlier process left
        while (true) {
            val mail = mailbox.take(deadline) ?: return
            val questions = ArrayDeque(mail.questions)
            try {
                for (task in mail.tasks) task(device)
                val events = if (mail.tasks.isEmpty()) mail.events else mail.events + mailbox.takeEvents()
                if (events.isNotEmpty() || mail.isEmpty) deadline = step(equipment, events)
                while (questions.isNotEmpty()) questions.removeFirst()(device)
            } finally {
                for (question in questions) question(null) // it has just broken
            }
        }
    }

    /** Says when to step again. */
    private fun step(equipment: Equipment, events: List<TimedEvent>): Long? {
        val device = equipment.device
        val now = clock.now()
        val step = device.step(events, now)
        equipment.trail?.stepped(device, events, step, now)
        for (effect in step.effects) equipment.effects.carryOut(effect, this)
        // A step handles all that is due, so its deadline lies ahead. If ever it did not, this is no busy loop.
        return step.nextDeadlineMs?.orForever()?.coerceAtLeast(now.monotonicMs.orForever() + SOONEST_MS)
    }

    private fun restAfterCrashes() {
        mailbox.close()
        log.quietly("Amends is off for up to four hours: the app's last five starts ended within seconds")
    }

    private fun giveUp(failure: Throwable) {
        mailbox.close()
        val why = failure.toString().lineSequence().first() // JNA goes on for lines
        log.quietly("Amends is off until the app's next start; the app goes on without it: $why")
    }

    /** A document that waits to be handed over; no text: back to the built-in ones. */
    private class Document(val json: String?)
}

private const val SOONEST_MS = 10L
