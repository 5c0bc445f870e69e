package dev.amends.banner

import android.app.Activity
import android.os.Handler
import android.view.Window
import dev.amends.Response
import dev.amends.hooks.WindowListener
import dev.amends.hooks.Windows

/**
 * The one thing that is said at a time, in which window, and for how long. It goes with the person through a rotation;
 * a dialog that comes over it, or the app going away, ends it. For the main thread.
 */
internal class Stage(
    private val windows: Windows,
    private val options: BannerOptions,
    private val fuse: Fuse,
    private val main: Handler,
) : WindowListener, Showing.Events {
    private var saying: Saying? = null
    private var showing: Showing? = null
    private var leaves: Class<out Activity>? = null
    private val countdown = Countdown(main) { fuse.guarded { end(Response.EXPIRED) } }
    private val notArrived = Runnable { fuse.guarded { end(Response.EXPIRED) } }
    private val anew = Runnable { fuse.guarded { rebuild() } }
    private val away = Runnable { clear() }

    init {
        fuse.onBlown = { later(away) }
    }

    fun enter(saying: Saying) {
        end(Response.EXPIRED)
        this.saying = saying
        val place = if (fuse.isBlown) null else windows.place(options)
        if (place == null) return end(Response.EXPIRED)
        put(saying, place, isMoved = false)
    }

    fun hide(id: Long) {
        if (saying?.id == id) end(Response.EXPIRED)
    }

    override fun focusMoved(to: Window?): Unit = fuse.guarded {
        if (to == null) return@guarded
        if (leaves != null) {
            arrive()
        } else if (showing != null && showing?.place?.window !== to) {
            later(away)
        }
    }

    override fun closed(window: Window): Unit = fuse.guarded {
        if (showing?.place?.window === window) lost()
    }

    override fun inFront(isInFront: Boolean): Unit = fuse.guarded {
        if (!isInFront) end(Response.EXPIRED, isHurried = true)
    }

    override fun drawn() {
        val saying = saying ?: return
        if (!saying.shown()) return
        showing?.let { countdown.start(it.stayMs(saying)) }
    }

    override fun lost() {
        val activity = showing?.place?.activity ?: return
        if (!activity.isChangingConfigurations) return later(away)
        // The same activity comes back in a moment.
        countdown.hold(Countdown.MOVING)
        leaves = activity.javaClass
        showing?.leave(isHurried = true)
        showing = null
        main.postDelayed(notArrived, ARRIVES_WITHIN_MS)
    }

    override fun reconfigured(): Unit = later(anew)

    override fun chosen(choice: Choice): Unit = fuse.guarded {
        val activity = showing?.place?.activity ?: return@guarded
        saying?.end(choice)
        end(Response.EXPIRED)
        choice.act(activity)
    }

    override fun dismissed(): Unit = fuse.guarded { end(Response.DISMISSED) }

    override fun inUse(reason: Int, isInUse: Boolean) {
        if (isInUse) countdown.hold(reason) else countdown.release(reason, AFTER_USE_MS)
    }

    private fun arrive() {
        val saying = saying ?: return
        val place = windows.place(options)
        val isTheSame = place != null && place.activity.javaClass == leaves
        main.removeCallbacks(notArrived)
        leaves = null
        if (place == null || !isTheSame) return end(Response.EXPIRED)
        put(saying, place, isMoved = saying.isShown)
        countdown.release(Countdown.MOVING)
    }

    private fun rebuild() {
        val saying = saying ?: return
        showing?.leave(isHurried = true) ?: return
        val place = windows.place(options) ?: return end(Response.EXPIRED, isHurried = true)
        put(saying, place, isMoved = saying.isShown)
    }

    private fun put(saying: Saying, place: Place, isMoved: Boolean) {
        // Nobody is at this card yet, whoever was at the one before.
        countdown.release(Countdown.TOUCHED or Countdown.IN_USE, AFTER_USE_MS)
        showing = Showing(saying, place, fuse, isMoved, this).also { it.enter() }
    }

    /** Not in the middle of what a window is just doing with its views. */
    private fun later(what: Runnable) {
        main.removeCallbacks(what)
        main.post(what)
    }

    /** Also when something went wrong; it must not go wrong again. */
    private fun clear(): Unit = try {
        end(Response.EXPIRED, isHurried = true)
    } catch (_: Throwable) {
        // One line was said.
    }

    private fun end(how: Response, isHurried: Boolean = false) {
        val over = saying ?: return
        saying = null
        leaves = null
        countdown.stop()
        for (waiting in listOf(notArrived, anew, away)) main.removeCallbacks(waiting)
        over.end(how)
        showing?.leave(isHurried)
        showing = null
    }

    private companion object {
        const val ARRIVES_WITHIN_MS = 3_000L

        /** Who has just touched it is still reading. */
        const val AFTER_USE_MS = 1_500L
    }
}
