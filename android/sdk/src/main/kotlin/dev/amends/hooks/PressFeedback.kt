package dev.amends.hooks

import android.view.View

/**
 * The views that shrink while they are pressed, by a `stateListAnimator` or a touch listener: that is no answer. A view is
 * known for it once it was seen to, at rest until the finger came down, and before it lifted: when no click could have come.
 */
internal class PressFeedback {
    // Nobody's view is held, and of two with one number no harm comes.
    private val known = IntArray(MOST)
    private var next = 0

    fun add(view: View) {
        if (has(view)) return
        known[next] = System.identityHashCode(view)
        next = (next + 1) % MOST
    }

    fun has(view: View): Boolean {
        val number = System.identityHashCode(view)
        for (index in known.indices) if (known[index] == number) return true
        return false
    }

    private companion object {
        /** More than are pressed on one screen; one that was forgotten is learned anew. */
        const val MOST = 32
    }
}
