package dev.amends.compose

import android.os.Handler
import android.os.Looper
import androidx.compose.runtime.snapshots.Snapshot
import dev.amends.hooks.SurfaceReader

/**
 * Watches a composition from a finger's down on: what its [fingerprint] holds, and the state that the app writes, by which
 * changes of colour, picture or transparency are known. It looks only when state was written, ten times a second at most.
 */
internal class ComposeWatch(
    private val fingerprint: () -> Long,
    private val changed: () -> Unit,
) : SurfaceReader.Watch {
    private val main = Handler(Looper.getMainLooper())
    private val before = fingerprint()
    private val writes = Writes()
    private val looking = Runnable { look() }
    private val settling = Runnable { settle() }
    private var isOpen = true

    // Before that what moves is a pressed look.
    private var hasSettled = false

    // Another finger is down.
    private var isDisturbed = false

    @Volatile
    private var isLookDue = false
    private val handle = Snapshot.registerGlobalWriteObserver(::wrote)

    override fun lifting(): Unit = writes.lifting()

    override fun lifted() {
        if (!isOpen) return
        val hasChanged = isDisturbed && fingerprint() != before
        isDisturbed = false
        writes.lifted()
        // At once, since the next of several quick taps comes soon, and the one before has waited.
        if (hasChanged || writes.isAnswer()) tell() else main.postDelayed(settling, Writes.SETTLED_MS)
    }

    override fun disturbed() {
        isDisturbed = true
        hasSettled = false
        main.removeCallbacks(settling)
        writes.pressing()
    }

    override fun hasChanged(): Boolean =
        isOpen && (fingerprint() != before || (!isDisturbed && writes.hasChanged()))

    override fun close() {
        if (!isOpen) return
        isOpen = false
        handle.dispose()
        writes.close()
        main.removeCallbacks(looking)
        main.removeCallbacks(settling)
    }

    /** On whichever thread writes. */
    private fun wrote(state: Any) {
        writes.add(state)
        if (isLookDue) return
        isLookDue = true
        main.postDelayed(looking, LOOK_MS)
    }

    private fun look() {
        isLookDue = false
        if (isOpen && (writes.isAnswer() || (hasSettled && fingerprint() != before))) tell()
    }

    private fun settle() {
        hasSettled = true
        writes.settle()
        look()
    }

    private fun tell() {
        close()
        changed()
    }

    private companion object {
        // Time for a frame to be composed and laid out.
        const val LOOK_MS = 100L
    }
}
