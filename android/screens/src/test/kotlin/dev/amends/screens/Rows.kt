package dev.amends.screens

import android.view.ViewConfiguration

/**
 * What Android's lists do with taps on their rows, and nobody sees from outside. `AbsListView` calls a click only once its
 * row has looked pressed, and is then ready for the next touch. So
 * - a finger that is down by then is forgotten: its row is never clicked;
 * - one that has gone up again by then takes the place of the one before, whose row is never clicked.
 *
 * Nothing comes of either, whatever the row says of itself.
 */
internal class Rows {
    private var waiting: Act? = null

    /** Whether a finger is on the screen. */
    var isFingerDown: Boolean = false

    /** Whether what it is on is a list's row. */
    var isUnderFinger: Boolean = false

    /** The hooks have told of this tap; the list has not had it yet. */
    fun tapped(act: Act) {
        val before = waiting
        waiting = act.takeIf { isUnderFinger }
        if (before == null || waiting == null) return
        if (act.atMs - before.atMs < ViewConfiguration.getPressedStateDuration()) before.element = FORGOTTEN
    }

    /** A list calls the click on a row. Says whether it forgets the finger that is down. */
    fun clicked(): Boolean {
        waiting = null
        return isFingerDown && isUnderFinger
    }

    companion object {
        val FORGOTTEN = Element("forgotten by the list", Truth.DEAD)
    }
}
