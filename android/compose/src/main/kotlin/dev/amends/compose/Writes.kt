package dev.amends.compose

import android.os.Looper
import android.os.SystemClock
import androidx.compose.foundation.interaction.Interaction
import androidx.compose.runtime.State
import androidx.compose.runtime.snapshots.Snapshot
import androidx.compose.runtime.snapshots.SnapshotStateList
import androidx.compose.runtime.snapshots.SnapshotStateMap
import java.util.IdentityHashMap

/**
 * The state that is written around a tap, and whether some of it is the app's answer and not what a finger does by itself:
 * a pressed look comes and goes, so that afterwards everything holds again what it held before the finger came down. State
 * that runs by itself, such as a shimmer, is written while the finger is down, and goes on. From several threads.
 */
internal class Writes : AutoCloseable {
    private enum class Phase { PRESSING, LIFTING, SETTLING, SETTLED }

    private val before = Snapshot.takeSnapshot()

    // What was written while the finger was down, and when last.
    private val ofFinger = IdentityHashMap<Any, Long>()
    private val afterUp = IdentityHashMap<Any, Unit>()
    private var phase = Phase.PRESSING

    /** Whether the app has answered. */
    var isAnswer: Boolean = false
        get() = synchronized(this) { field }
        private set

    fun pressing(): Unit = synchronized(this) { phase = Phase.PRESSING }

    fun lifting(): Unit = synchronized(this) { phase = Phase.LIFTING }

    fun lifted(): Unit = synchronized(this) { phase = Phase.SETTLING }

    fun add(state: Any): Unit = synchronized(this) {
        when {
            phase == Phase.PRESSING || state in ofFinger -> {
                if (ofFinger.size < MOST_STATES) ofFinger[state] = SystemClock.uptimeMillis()
            }

            // Who runs by itself is not known.
            ofFinger.size >= MOST_STATES -> {
                return
            }

            // In the click handler itself.
            phase == Phase.LIFTING && Looper.myLooper() === Looper.getMainLooper() -> {
                isAnswer = true
            }

            phase == Phase.SETTLED || afterUp.size >= MOST_STATES -> {
                isAnswer = true
            }

            else -> {
                afterUp[state] = Unit
            }
        }
    }

    /** The time for a pressed look to go is over. On the main thread. */
    fun settle() {
        synchronized(this) { phase = Phase.SETTLED }
        val hasChanged = hasChanged()
        synchronized(this) {
            isAnswer = hasChanged
            afterUp.clear()
        }
    }

    /** Whether by now something holds a value that it did not hold before. On the main thread. */
    fun hasChanged(): Boolean {
        if (isAnswer) return true
        val (written, rested) = synchronized(this) {
            val runs = SystemClock.uptimeMillis() - RUNS_WITHIN_MS
            afterUp.keys.toList() to ofFinger.filterValues { it < runs }.keys.toList()
        }
        // Outside of the lock: what is read may itself be waiting for it.
        return written.any(::differs) || rested.any(::differs)
    }

    /** Lets go of the values of before. */
    override fun close(): Unit = before.dispose()

    private fun differs(state: Any): Boolean {
        val was = try {
            before.enter { valueOf(state) }
        } catch (_: IllegalStateException) {
            return false // made since then: what shows it is new as well, and seen by that
        }
        val value = valueOf(state)
        return was != value && !isOfFinger(value)
    }

    private fun valueOf(state: Any): Any? = when (state) {
        is State<*> -> state.value
        is SnapshotStateList<*> -> state.toList()
        is SnapshotStateMap<*, *> -> state.toMap()
        else -> Any() // of a sort that cannot be compared
    }

    private fun isOfFinger(value: Any?): Boolean =
        value is Interaction || (value is List<*> && value.isNotEmpty() && value.all { it is Interaction })

    companion object {
        /** So long the look of being pressed may linger: Material's elevation takes 150 ms, a springy one twice that. */
        const val SETTLED_MS = 400L
        private const val RUNS_WITHIN_MS = 100L
        private const val MOST_STATES = 256
    }
}
