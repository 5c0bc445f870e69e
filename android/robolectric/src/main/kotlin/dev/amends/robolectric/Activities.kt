package dev.amends.robolectric

import android.app.Activity
import org.robolectric.android.controller.ActivityController

/** Brings an activity that was created to where the person sees and touches it. */
public fun <A : Activity> ActivityController<A>.toFront(): ActivityController<A> {
    start().postCreate(null).resume().visible()
    awaitFrame() // a window is attached in its first one
    return topActivityResumed(true).windowFocusChanged(true)
}
