package dev.amends.compose

import android.os.Looper
import androidx.compose.foundation.interaction.Interaction
import androidx.compose.runtime.State
import androidx.compose.runtime.snapshots.SnapshotStateList
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.Dp
import java.util.IdentityHashMap

/**
 * The state that is written around a tap, and whether some of it is the app's answer and not what a finger does by itself:
 * a pressed look, written at the down or, when a list waited to see whether it is scrolled, back and forth at the up. State
 * that runs by itself, such as a shimmer, is written at the down too. From several threads.
 */
internal class Writes {
    private enum class Phase { PRESSING, LIFTING, SETTLING, SETTLED }

    private val ofFinger = IdentityHashMap<Any, Unit>()
    private val afterUp = IdentityHashMap<Any, Int>()
    private var phase = Phase.PRESSING

    /** Whether the app has answered. */
    var isAnswer: Boolean = false
        get() = synchronized(this) { field }
        private set

    fun lifting(): Unit = synchronized(this) { phase = Phase.LIFTING }

    fun lifted(): Unit = synchronized(this) { phase = Phase.SETTLING }

    fun add(state: Any): Unit = synchronized(this) {
        if (phase == Phase.PRESSING) {
            if (ofFinger.size < MOST_STATES) ofFinger[state] = Unit
            return
        }
        if (state in ofFinger || ofFinger.size >= MOST_STATES) return
        when {
            // In the click handler itself.
            phase == Phase.LIFTING && Looper.myLooper() === Looper.getMainLooper() -> isAnswer = true
            phase == Phase.SETTLED || afterUp.size >= MOST_STATES -> isAnswer = true
            else -> afterUp[state] = (afterUp[state] ?: 0) + 1
        }
    }

    /** The time for a pressed look to go is over. */
    fun settle(): Unit = synchronized(this) {
        phase = Phase.SETTLED
        if (afterUp.any { (state, times) -> times == 1 || !isLikePressed(state) }) isAnswer = true
        afterUp.clear()
    }

    /** Whether this went there and back, by its sort: "is pressed", what presses there are, or a number that ran. */
    private fun isLikePressed(state: Any): Boolean = when (state) {
        is SnapshotStateList<*> -> state.all { it is Interaction }
        is State<*> -> state.value.let { it == null || it == false || it is Number || it is Dp || it is Color }
        else -> false
    }

    companion object {
        /** So long the look of being pressed may linger: Material's elevation takes 150 ms, a springy one twice that. */
        const val SETTLED_MS = 400L
        private const val MOST_STATES = 256
    }
}
