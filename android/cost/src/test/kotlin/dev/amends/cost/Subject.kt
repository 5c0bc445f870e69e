package dev.amends.cost

import android.app.Application

/** An SDK that is measured, with the settings that its makers give it. */
internal interface Subject {
    val name: String

    /** As an app calls it in `Application.onCreate`. */
    fun start(application: Application)

    /** Waits for what it does on its own threads, where that can be asked. */
    fun settle() = Unit

    /** Fails unless it has seen the taps: one that sees nothing costs nothing. */
    fun checkItSaw(taps: Int)

    /** Ends it, so that it can be started again. */
    fun stop()
}
