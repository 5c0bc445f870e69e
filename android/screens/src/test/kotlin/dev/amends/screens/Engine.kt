package dev.amends.screens

import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import dev.amends.AmendsSettings
import dev.amends.core.Device
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.core.TimedEvent
import dev.amends.hooks.Sink
import java.io.File

/** A tap or a submit that the hooks have told of, with what the screen says of its element. */
internal class Act(val what: String, val atMs: Long, var element: Element?, val isJudged: Boolean) {
    /** Whether nothing comes of it, by the screen's own word. */
    val isDead: Boolean get() = element?.truth == if (what == "submit") Truth.DEAD_SUBMIT else Truth.DEAD
}

/** A failure that the engine found, and the act that it was found in. */
internal class Found(val kind: String, val atMs: Long, val act: Act?) {
    val isTrue: Boolean
        get() = act != null && (act.isDead || (kind == "rage_tap" && act.element?.truth == Truth.REACTS_LATE))
}

/** The real engine, stepped on the main thread at each event and each deadline of its virtual time. */
internal class Engine(directory: File) : Sink, AutoCloseable {
    private val device = Device.open(settings(directory).given(), now())
    private val handler = Handler(Looper.getMainLooper())
    private val due = Runnable { step(emptyList()) }
    private var decisions = 0uL

    val acts = ArrayList<Act>()
    val found = ArrayList<Found>()
    val timeline = ArrayList<String>()

    /** What the finger is on, or the field that is submitted. */
    var touched: Element? = null

    val rows = Rows()

    override val isOn: Boolean = true

    init {
        // Counted all the same, and nothing is drawn over the screen.
        step(listOf(Event.Pause))
    }

    override fun send(event: Event): Unit = sendAt(SystemClock.elapsedRealtime(), event)

    override fun sendLater(event: Event): Unit = send(event)

    override fun flush(): Unit = Unit

    override fun sendAt(elapsedMs: Long, event: Event) {
        // Hangs are measured on real time, by a thread of their own.
        if (event is Event.Hung) return
        note(event.toString())
        when (event) {
            is Event.Tapped -> if (event.tap.fingers.toInt() == 1) {
                acts += Act("tap", elapsedMs, touched, event.tap.isJudged).also(rows::tapped)
            }

            is Event.Submit -> acts += Act("submit", elapsedMs, touched, isJudged = true)

            else -> Unit
        }
        step(listOf(event), elapsedMs)
    }

    fun note(line: String) {
        timeline += "%7d  %s".format(SystemClock.elapsedRealtime(), line)
    }

    /** A list calls the click on a row. */
    fun rowClicked() {
        if (!rows.clicked()) return
        note("forgotten by the list, which clicks the row of before only now: $touched")
        touched = Rows.FORGOTTEN
    }

    override fun close() {
        handler.removeCallbacks(due)
        device.close()
    }

    private fun step(events: List<Event>, atMs: Long = SystemClock.elapsedRealtime()) {
        val next = device.step(events.map { TimedEvent(atMs.toULong(), it) }, now()).nextDeadlineMs
        for (decision in device.decisionsAfter(decisions)) {
            decisions = decision.number
            if (decision.kind in JUDGED) found(decision.kind)
        }
        handler.removeCallbacks(due)
        if (next != null) handler.postDelayed(due, (next.toLong() - SystemClock.elapsedRealtime()).coerceAtLeast(1))
    }

    private fun found(kind: String) {
        val now = SystemClock.elapsedRealtime()
        val sort = if (kind == "dead_input") "submit" else "tap"
        val act = acts.lastOrNull { it.what == sort && it.isJudged && (kind == "rage_tap" || it.atMs <= now - WAIT_MS) }
            // At once when it is submitted again, in another way: then it was the one before.
            ?: acts.lastOrNull { it.what == sort && it.atMs < now }
        found += Found(kind, now, act)
        note("FOUND $kind at ${act?.atMs} on ${act?.element}")
    }

    private val dev.amends.core.Tap.isJudged: Boolean
        get() = enabled && role in setOf(
            dev.amends.Role.BUTTON,
            dev.amends.Role.LINK,
            dev.amends.Role.TOGGLE,
            dev.amends.Role.TAB,
        )

    private companion object {
        const val WAIT_MS = 3_000L
        val JUDGED = setOf("dead_tap", "rage_tap", "dead_input")

        fun settings(at: File) = AmendsSettings().apply {
            serviceName = "screens"
            release = "1"
            endpoint = "http://127.0.0.1:9"
            directory = at
            holdout = 0.0
            seed = 1u
        }

        fun now(): Now = SystemClock.elapsedRealtime().toULong().let { Now(it, 1_800_000_000_000u + it) }
    }
}
