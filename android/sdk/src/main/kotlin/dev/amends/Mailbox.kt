package dev.amends

import dev.amends.core.DeviceInterface
import dev.amends.core.TimedEvent
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/** Something to be done with the device on the driver's thread; `null`: the driver has stopped. */
internal typealias Task = (DeviceInterface?) -> Unit

/**
 * What the driver found in its mailbox: to be done before the events are stepped, these, and to be answered after that.
 * Nothing at all: its deadline has come.
 */
internal class Mail(val tasks: List<Task>, val events: List<TimedEvent>, val questions: List<Task>) {
    val isEmpty: Boolean get() = tasks.isEmpty() && events.isEmpty() && questions.isEmpty()
}

/** Between the threads of the app and the one of the driver. Whoever puts something in never waits for the device. */
internal class Mailbox(private val clock: Clock) {
    private val lock = ReentrantLock()
    private val arrived = lock.newCondition()
    private val events = EventQueue()
    private val tasks = ArrayList<Task>()
    private val questions = ArrayList<Task>()

    @Volatile
    private var closed = false

    /** Whether anything still comes in. */
    val isOpen: Boolean get() = !closed

    /** After [close] it does nothing. One that [canWait] wakes nobody: it is taken with the next one, or after [wake]. */
    fun put(timed: TimedEvent, canWait: Boolean = false): Unit = lock.withLock {
        if (!closed) {
            events.put(timed)
            if (!canWait) arrived.signal()
        }
    }

    /** Whoever takes has a look at what is there. */
    fun wake(): Unit = lock.withLock {
        if (!events.isEmpty) arrived.signal()
    }

    /** As [put], and before all that waits. */
    fun putFirst(timed: TimedEvent): Unit = lock.withLock {
        if (!closed) {
            events.putFirst(timed)
            arrived.signal()
        }
    }

    /** Says whether the task will be done: before the events that wait. */
    fun put(task: Task): Boolean = put(task, tasks)

    /** Says whether the question will be answered: after the events that wait. */
    fun ask(question: Task): Boolean = put(question, questions)

    private fun put(task: Task, among: ArrayList<Task>): Boolean = lock.withLock {
        if (!closed) {
            among += task
            arrived.signal()
        }
        !closed
    }

    /** Sleeps until there is mail or the deadline has come; `null`: closed, and nothing is waiting. */
    fun take(deadlineMs: Long?): Mail? = lock.withLock {
        while (events.isEmpty && tasks.isEmpty() && questions.isEmpty()) {
            if (closed) return null
            val left = deadlineMs?.minus(clock.monotonicMs)
            when {
                left == null -> arrived.await()
                left > 0 -> arrived.await(left, TimeUnit.MILLISECONDS)
                else -> break
            }
        }
        Mail(tasks.takeAll(), events.takeAll(), questions.takeAll())
    }

    /** What has come in since: what tasks have sent. */
    fun takeEvents(): List<TimedEvent> = lock.withLock { events.takeAll() }

    /** Nothing comes in any more; what waits is still taken. */
    fun close(): Unit = lock.withLock {
        closed = true
        arrived.signal()
    }

    /** Closes, and gives back the tasks that nobody will do. */
    fun abandon(): List<Task> = lock.withLock {
        closed = true
        events.clear()
        tasks.takeAll() + questions.takeAll()
    }

    private fun ArrayList<Task>.takeAll(): List<Task> = toList().also { clear() }
}
