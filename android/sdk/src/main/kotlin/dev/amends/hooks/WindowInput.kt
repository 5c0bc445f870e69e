package dev.amends.hooks

import android.view.KeyEvent
import android.view.MotionEvent

/** What happens in a window, before and after the app gets it. On the main thread; never throws. */
internal interface WindowInput {
    /** [action] is that of the event, masked: to ask an event anything is a call out of Java. */
    fun beforeTouch(event: MotionEvent, action: Int)

    fun afterTouch(action: Int)

    fun beforeKey(event: KeyEvent)
}
