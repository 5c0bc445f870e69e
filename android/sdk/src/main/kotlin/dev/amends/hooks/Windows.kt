package dev.amends.hooks

import android.app.Activity
import android.app.Application
import android.os.Bundle
import android.os.SystemClock
import android.view.View
import android.view.ViewTreeObserver
import android.view.Window
import dev.amends.Guard
import dev.amends.Log
import dev.amends.platformLog

/** What a listener of [Windows] hears, on the main thread. */
internal interface WindowListener {
    /** An activity is being made, at this moment of `elapsedRealtime`. */
    fun creating(elapsedMs: Long) {}

    /** This activity is about to be seen, for the first time or again; its content is there. */
    fun started(activity: Activity) {}

    /** A window of an activity or dialog came on screen; its content is there. Once for each. */
    fun opened(window: Window, activity: Activity) {}

    /** It left the screen for good. */
    fun closed(window: Window) {}

    /** Another window has the input focus, or none of this app's. */
    fun focusMoved(to: Window?) {}

    /** This activity is the one that the person sees. */
    fun resumed(activity: Activity) {}

    /** The first of the app's activities is visible, or none is any more. */
    fun inFront(isInFront: Boolean) {}
}

/**
 * The windows of this app's activities and dialogs that are on screen. For the main thread alone, but [install].
 *
 * Android tells of activities only. A dialog is found when a known window loses the focus to it, among the roots of all
 * views of this process.
 */
internal class Windows(
    log: Log = platformLog,
) : Application.ActivityLifecycleCallbacks {
    // Without it nobody knows where the person is: nothing may be drawn any more.
    private val guard = Guard("seeing the app's windows", log) {
        activity = null
        focused = null
        known.clear() // what is closed from now on is not heard of, and would be held for ever
    }
    private val listeners = ArrayList<WindowListener>()
    private val known = HashMap<View, Known>()
    private val visible = HashSet<Int>()

    private val roots = Roots()

    // Of the first activity that was made before anybody listened.
    private var createdMs = NEVER

    /** The activity that is resumed; the latest where several are (multi-window). */
    var activity: Activity? = null
        private set

    /** The window that has the input focus: the topmost, on which something may be drawn. */
    var focused: Window? = null
        private set

    /** Listens from now on. What is on screen already, or was made while nobody listened, is told to it at once. */
    fun add(listener: WindowListener) {
        listeners += listener
        if (createdMs != NEVER) listener.creating(createdMs)
        createdMs = NEVER
        if (visible.isNotEmpty()) listener.inFront(true)
        for (one in known.values.toList()) {
            listener.opened(one.window, one.activity)
            listener.started(one.activity)
        }
        activity?.let(listener::resumed)
        focused?.let(listener::focusMoved)
    }

    fun install(application: Application): Unit = application.registerActivityLifecycleCallbacks(this)

    /** The roots of all views of this process: popups and toasts of its own are among them. */
    fun roots(): List<View> = roots.all()

    /** Looks for windows that nobody told of. */
    fun scan() {
        val owner = activity ?: return
        for (root in roots.all()) {
            if (root in known) continue
            val window = roots.windowOf(root) ?: continue
            remember(window, root, owner)
        }
    }

    override fun onActivityStarted(activity: Activity): Unit = guard.run {
        if (visible.isEmpty()) listeners.forEach { it.inFront(true) }
        visible += System.identityHashCode(activity)
        // Its content is set by now; asking for the decor view any earlier would create it.
        val decor = activity.window?.peekDecorView() ?: return
        remember(activity.window, decor, activity)
        listeners.forEach { it.started(activity) }
    }

    override fun onActivityResumed(activity: Activity): Unit = guard.run {
        this.activity = activity
        activity.window?.peekDecorView()?.let { remember(activity.window, it, activity) }
        listeners.forEach { it.resumed(activity) }
    }

    override fun onActivityPaused(activity: Activity): Unit = guard.run {
        if (this.activity === activity) this.activity = null
    }

    override fun onActivityStopped(activity: Activity): Unit = guard.run {
        visible -= System.identityHashCode(activity)
        // A configuration change stops one and starts the next: the person has not gone.
        if (visible.isEmpty() && !activity.isChangingConfigurations) listeners.forEach { it.inFront(false) }
    }

    override fun onActivityDestroyed(activity: Activity): Unit = guard.run {
        for (one in known.values.filter { it.activity === activity }) one.forget()
    }

    override fun onActivityCreated(activity: Activity, state: Bundle?): Unit = guard.run {
        val now = SystemClock.elapsedRealtime()
        if (listeners.isEmpty() && createdMs == NEVER) createdMs = now
        listeners.forEach { it.creating(now) }
    }

    override fun onActivitySaveInstanceState(activity: Activity, state: Bundle) = Unit

    private fun remember(window: Window, decor: View, activity: Activity) {
        if (decor in known) return
        val one = Known(window, decor, activity)
        known[decor] = one
        decor.viewTreeObserver.addOnWindowFocusChangeListener(one)
        decor.addOnAttachStateChangeListener(one)
        listeners.forEach { it.opened(window, activity) }
        if (decor.hasWindowFocus()) moveFocus(window)
    }

    private fun moveFocus(to: Window?) {
        if (focused === to) return
        focused = to
        listeners.forEach { it.focusMoved(to) }
    }

    private inner class Known(val window: Window, val decor: View, val activity: Activity) :
        ViewTreeObserver.OnWindowFocusChangeListener,
        View.OnAttachStateChangeListener {
        override fun onWindowFocusChanged(hasFocus: Boolean): Unit = guard.run {
            if (hasFocus) {
                moveFocus(window)
            } else {
                if (focused === window) moveFocus(null)
                decor.post { guard.run(::scan) }
            }
        }

        override fun onViewAttachedToWindow(view: View) = Unit

        override fun onViewDetachedFromWindow(view: View): Unit = guard.run(::forget)

        fun forget() {
            if (known.remove(decor) == null) return
            if (focused === window) moveFocus(null)
            if (decor.viewTreeObserver.isAlive) decor.viewTreeObserver.removeOnWindowFocusChangeListener(this)
            decor.removeOnAttachStateChangeListener(this)
            listeners.forEach { it.closed(window) }
        }
    }
}

private const val NEVER = -1L
