package dev.amends.banner

import android.content.Context
import android.content.res.Configuration
import android.graphics.Canvas
import android.graphics.Rect
import android.graphics.drawable.GradientDrawable
import android.view.Gravity
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import android.view.accessibility.AccessibilityEvent
import android.widget.ScrollView
import dev.amends.OwnView

/** What a [BannerView] tells of itself. */
internal interface BannerEvents {
    fun chosen(choice: Choice)

    fun dismissed()

    /** Somebody is at it, for one of the reasons of [Countdown], or no more. */
    fun inUse(reason: Int, isInUse: Boolean)

    /** The window has become another: night, a new language or size of letters, another shape. */
    fun reconfigured()
}

/**
 * The card on which something is said, in the decor view of a window. It is as large as what is seen of it, takes the
 * touches on it and no others, and never the focus.
 */
internal class BannerView(
    context: Context,
    saying: Saying,
    private val look: Look,
    private val fuse: Fuse,
    private val events: BannerEvents,
) : OwnView(context) {
    private val content = content(saying, look, events)
    private val scroll: ScrollView get() = content.scroll
    private val swipe = Swipe(this, if (look.isAtTop) -1 else 1, { scroll.canScrollVertically(it) }, events::dismissed)
    private val covered = Rect()
    private val before = Rect(-1, -1, -1, -1)

    init {
        layoutDirection = if (saying.rightToLeft) LAYOUT_DIRECTION_RTL else LAYOUT_DIRECTION_LTR
        background = GradientDrawable().apply {
            setColor(look.colours.background)
            setStroke(look.px(1), look.colours.hairline)
            cornerRadius = look.cornerRadius
        }
        elevation = look.px(ELEVATION_DP).toFloat()
        clipToOutline = true
        isFocusable = false
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_YES
        addView(content.row, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
    }

    fun announce(): Unit = content.announce()

    /** Goes on top of all that is in this window. */
    fun enter(decor: ViewGroup) {
        val place = if (look.isAtTop) Gravity.TOP else Gravity.BOTTOM
        val match = LayoutParams.MATCH_PARENT
        decor.addView(this, LayoutParams(match, match, place or Gravity.CENTER_HORIZONTAL))
        keepClear()
    }

    /** Keeps clear of bars, keyboard and camera. Looks at each frame: not every window tells of them. */
    fun keepClear() {
        covered(covered)
        if (covered == before) return
        before.set(covered)
        val gap = look.px(GAP_DP)
        val margins = layoutParams as? MarginLayoutParams ?: return
        val offset = look.edgeOffset
        // The frame takes both from the width, and moves what it centres by all that one is larger: by twice too much.
        val sides = covered.left + covered.right + 2 * gap
        val left = (sides + (covered.left - covered.right) / 2) / 2
        margins.setMargins(
            left,
            covered.top + gap + if (look.isAtTop) offset else 0,
            sides - left,
            covered.bottom + gap + if (look.isAtTop) 0 else offset,
        )
        layoutParams = margins
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        setMeasuredDimension(0, 0)
        fuse.guarded { measureWithin(widthSpec, heightSpec) }
    }

    private fun measureWithin(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec).coerceAtMost(look.px(WIDEST_DP))
        val room = MeasureSpec.getSize(heightSpec)
        val isAsked = MeasureSpec.getMode(widthSpec) != MeasureSpec.EXACTLY ||
            MeasureSpec.getMode(heightSpec) != MeasureSpec.EXACTLY
        // A window that asks how large to be does not grow for this; one that is too small goes without.
        if (isAsked || width < look.px(NARROWEST_DP) || room < look.px(LOWEST_DP)) return
        val margins = layoutParams as MarginLayoutParams
        val half = (room + margins.topMargin + margins.bottomMargin) / 2
        val height = half.coerceAtLeast(look.px(HIGHER_DP)).coerceAtMost(room)
        super.onMeasure(
            MeasureSpec.makeMeasureSpec(width, MeasureSpec.EXACTLY),
            MeasureSpec.makeMeasureSpec(height, MeasureSpec.AT_MOST),
        )
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int): Unit =
        fuse.guarded { super.onLayout(changed, left, top, right, bottom) }

    override fun dispatchDraw(canvas: Canvas): Unit = fuse.guarded { super.dispatchDraw(canvas) }

    /** What lies below it is not what the finger meant. */
    override fun dispatchTouchEvent(event: MotionEvent): Boolean {
        fuse.guarded {
            when (event.actionMasked) {
                MotionEvent.ACTION_DOWN -> events.inUse(Countdown.TOUCHED, true)
                MotionEvent.ACTION_UP, MotionEvent.ACTION_CANCEL -> events.inUse(Countdown.TOUCHED, false)
            }
            super.dispatchTouchEvent(event)
        }
        return true
    }

    override fun onInterceptTouchEvent(event: MotionEvent): Boolean = swipe.intercepts(event)

    override fun onTouchEvent(event: MotionEvent): Boolean {
        swipe.handles(event)
        return true
    }

    /** A view that has just got its size asks for the focus where nothing has it: not here. */
    override fun focusableViewAvailable(view: View): Unit = Unit

    override fun requestChildFocus(child: View?, focused: View?) {
        super.requestChildFocus(child, focused)
        events.inUse(Countdown.IN_USE, true)
    }

    override fun clearChildFocus(child: View?) {
        super.clearChildFocus(child)
        events.inUse(Countdown.IN_USE, false)
    }

    override fun onRequestSendAccessibilityEvent(child: View?, event: AccessibilityEvent): Boolean {
        when (event.eventType) {
            AccessibilityEvent.TYPE_VIEW_ACCESSIBILITY_FOCUSED -> events.inUse(Countdown.IN_USE, true)
            AccessibilityEvent.TYPE_VIEW_ACCESSIBILITY_FOCUS_CLEARED -> events.inUse(Countdown.IN_USE, false)
        }
        return super.onRequestSendAccessibilityEvent(child, event)
    }

    override fun onConfigurationChanged(configuration: Configuration) {
        super.onConfigurationChanged(configuration)
        events.reconfigured()
    }

    private companion object {
        /** A line of text longer than this is hard to read. */
        const val WIDEST_DP = 560
        const val NARROWEST_DP = 160
        const val LOWEST_DP = 56
        const val HIGHER_DP = 200
        const val GAP_DP = 12
        const val ELEVATION_DP = 6
    }
}
