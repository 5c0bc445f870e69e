package dev.amends.hooks

import android.view.KeyEvent
import android.view.MotionEvent

/** What happens in a window, before and after the app gets it. On the main thread; never throws. */
internal interface WindowInput {
    fun beforeTouch(event: MotionEvent)

    fun afterTouch(event: MotionEvent)

    fun beforeKey(event: KeyEvent)
}
