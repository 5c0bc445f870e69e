package dev.amends.banner

import android.animation.ValueAnimator
import android.content.Context
import android.os.Build
import android.provider.Settings
import android.view.View
import android.view.ViewGroup
import android.view.ViewTreeObserver
import android.view.accessibility.AccessibilityManager
import dev.amends.NewerAndroid
import kotlin.math.sign

/** A card in one window, from when it is put there until it is taken away. */
internal class Showing(
    saying: Saying,
    val place: Place,
    private val fuse: Fuse,
    private val isMoved: Boolean,
    private val events: Events,
) : BannerEvents {
    /** What becomes of it. */
    interface Events : BannerEvents {
        /** It was drawn, and can be read. */
        fun drawn()

        /** There is no room for it, or it was thrown out of its window. */
        fun lost()
    }

    private val look = Look(place.window.context, place.window.isFloating)
    private val view = BannerView(place.window.context, saying, look, fuse, this)
    private val frames = ViewTreeObserver.OnPreDrawListener {
        fuse.guarded { frame() }
        true
    }
    private val attached = object : View.OnAttachStateChangeListener {
        override fun onViewAttachedToWindow(view: View) = Unit

        override fun onViewDetachedFromWindow(view: View) {
            if (!isLeaving) events.lost()
        }
    }
    private var isDrawn = false
    private var isLeaving = false

    fun enter() {
        view.enter(place.decor)
        view.addOnAttachStateChangeListener(attached)
        view.viewTreeObserver.addOnPreDrawListener(frames)
    }

    /** Takes it away, in its own time where the person did it. */
    fun leave(isHurried: Boolean) {
        if (isLeaving) return
        isLeaving = true
        view.viewTreeObserver.removeOnPreDrawListener(frames)
        if (isHurried || !isDrawn || !isMotionWelcome(view.context)) return remove()
        val way = view.animate().alpha(0f).setDuration(LEAVES_MS).withEndAction { fuse.guarded { remove() } }
        // On in the direction in which a finger has taken it.
        when {
            view.translationX != 0f -> way.translationX(view.width * sign(view.translationX))
            view.translationY != 0f -> way.translationY(view.height * sign(view.translationY))
            else -> way.translationY(startsAt())
        }
    }

    /** On its way out it answers nobody: what is said next would be taken for it. */
    private inline fun ifHere(tell: () -> Unit) {
        if (!isLeaving) tell()
    }

    override fun chosen(choice: Choice): Unit = ifHere { events.chosen(choice) }

    override fun dismissed(): Unit = ifHere { events.dismissed() }

    override fun inUse(reason: Int, isInUse: Boolean): Unit = ifHere { events.inUse(reason, isInUse) }

    override fun reconfigured(): Unit = ifHere { events.reconfigured() }

    private fun remove() {
        view.animate().cancel()
        (view.parent as? ViewGroup)?.removeView(view)
    }

    private fun frame() {
        if (isLeaving) return
        view.keepClear()
        if (isDrawn || !view.isLaidOut) return
        if (view.width == 0 || view.height == 0) return events.lost()
        if (!view.isShown) return
        isDrawn = true
        if (!isMoved && isMotionWelcome(view.context)) animate()
        // After this frame it is there.
        view.post { fuse.guarded { if (!isLeaving && view.isAttachedToWindow) appeared() } }
    }

    private fun appeared() {
        events.drawn()
        if (!isMoved) view.announce()
    }

    private fun animate() {
        view.alpha = 0f
        view.translationY = startsAt()
        view.animate().alpha(1f).translationY(0f).setDuration(ENTERS_MS)
    }

    private fun startsAt(): Float = look.px(TRAVEL_DP).toFloat() * if (look.isAtTop) -1 else 1

    /** How long it stays: as long as the message, the person's settings and a screen reader ask for. */
    fun stayMs(saying: Saying): Long {
        val accessibility = view.context.getSystemService(AccessibilityManager::class.java) ?: return saying.stayMs
        val wished = if (Build.VERSION.SDK_INT >=
            Build.VERSION_CODES.Q
        ) {
            accessibility.recommended(saying)
        } else {
            saying.stayMs
        }
        return if (accessibility.isTouchExplorationEnabled) maxOf(wished, saying.stayWithScreenReaderMs) else wished
    }

    @NewerAndroid(Build.VERSION_CODES.Q)
    private fun AccessibilityManager.recommended(saying: Saying): Long {
        val controls = if (saying.choices.isEmpty()) 0 else AccessibilityManager.FLAG_CONTENT_CONTROLS
        val least = saying.stayMs.coerceAtMost(Int.MAX_VALUE.toLong()).toInt()
        val recommended = getRecommendedTimeoutMillis(least, AccessibilityManager.FLAG_CONTENT_TEXT or controls)
        return maxOf(recommended.toLong(), saying.stayMs)
    }

    private companion object {
        const val ENTERS_MS = 220L
        const val LEAVES_MS = 160L
        const val TRAVEL_DP = 24

        /** Whether the person has left animations on. */
        fun isMotionWelcome(context: Context): Boolean = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {
            areAnimatorsEnabled()
        } else {
            Settings.Global.getFloat(context.contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 1f) > 0
        }

        @NewerAndroid(Build.VERSION_CODES.O)
        fun areAnimatorsEnabled(): Boolean = ValueAnimator.areAnimatorsEnabled()
    }
}
