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
 * that runs by itself, such as a shimmer, is written while the finger is down, and goes on. Written from several threads;
 * the rest is for the main thread.
 */
internal class Writes : AutoCloseable {
    private enum class Phase { PRESSING, LIFTING, SETTLING, SETTLED }

    private val before = Snapshot.takeSnapshot()

    // What was written while the finger was down, and when last; what after it, and how often.
    private val ofFinger = IdentityHashMap<Any, Long>()
    private val afterUp = IdentityHashMap<Any, Int>()
    private var phase = Phase.PRESSING
    private var isAnswered = false

    fun pressing(): Unit = synchronized(this) { phase = Phase.PRESSING }

    fun lifting(): Unit = synchronized(this) { phase = Phase.LIFTING }

    fun lifted(): Unit = synchronized(this) { phase = Phase.SETTLING }

    /** The time for a pressed look to go is over. */
    fun settle() {
        hasChanged()
        synchronized(this) {
            phase = Phase.SETTLED
            afterUp.clear()
        }
    }

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
                isAnswered = true
            }

            afterUp.size >= MOST_STATES -> {
                isAnswered = true
            }

            else -> {
                afterUp[state] = (afterUp[state] ?: 0) + 1
            }
        }
    }

    /** Whether the app has answered. To be asked some frames after something was written. */
    fun isAnswer(): Boolean {
        val written = synchronized(this) {
            if (isAnswered || phase != Phase.SETTLED) return isAnswered
            afterUp.toList().also { afterUp.clear() }
        }
        return remember(written.any { (state, times) -> times > 1 || differs(state, times) })
    }

    /** Whether by now something holds a value that it did not hold before. */
    fun hasChanged(): Boolean {
        val (written, rested) = synchronized(this) {
            if (isAnswered) return true
            val runs = SystemClock.uptimeMillis() - RUNS_WITHIN_MS
            afterUp.toList() to ofFinger.filterValues { it < runs }.keys.toList()
        }
        return remember(
            written.any { (state, times) ->
                differs(state, times)
            } || rested.any { differs(it, times = 2) },
        )
    }

    private fun remember(isAnswer: Boolean): Boolean {
        if (isAnswer) synchronized(this) { isAnswered = true }
        return isAnswer
    }

    /** Lets go of the values of before. */
    override fun close(): Unit = before.dispose()

    // Not under the lock: what is read may itself be waiting for it.
    private fun differs(state: Any, times: Int): Boolean {
        val was = try {
            before.enter { valueOf(state) }
        } catch (_: IllegalStateException) {
            return false // made since then: what shows it is new as well, and seen by that
        }
        val value = valueOf(state)
        return was != value && !isOfFinger(value) && !(times == 1 && isOnOrOff(was) && isOnOrOff(value))
    }

    private fun valueOf(state: Any): Any? = when (state) {
        is State<*> -> state.value
        is SnapshotStateList<*> -> state.toList()
        is SnapshotStateMap<*, *> -> state.toMap()
        else -> Any() // of a sort that cannot be compared
    }

    private fun isOfFinger(value: Any?): Boolean =
        value is Interaction || (value is List<*> && value.isNotEmpty() && value.all { it is Interaction })

    /** A cursor that blinks is this number by turns. */
    private fun isOnOrOff(value: Any?): Boolean = value == 0f || value == 1f

    companion object {
        /** So long the look of being pressed may linger: Material's elevation takes 150 ms, a springy one twice that. */
        const val SETTLED_MS = 400L
        private const val RUNS_WITHIN_MS = 100L
        private const val MOST_STATES = 256
    }
}
