package dev.amends.banner

import android.content.Context
import android.util.AttributeSet
import android.view.View
import android.widget.LinearLayout
import android.widget.TextView
import dev.amends.MessageRenderer
import dev.amends.OperationStatus
import dev.amends.R
import dev.amends.platformLog

/**
 * How everything is getting on that the person set going and waits for (`Amends.operation`): title, progress in words and
 * with a sign, each step with its time, when it is expected to be over, and a link to questions and answers. Put it on
 * any screen: while it is attached it keeps itself up to date, and says changes to screen readers when they are free.
 *
 * It takes its colours and corners from the theme, as the banner does, and is as high as its list: put it into a
 * scrolling parent. While there is nothing to show it shows [emptyText], or nothing at all.
 */
public class OperationStatusView
    @JvmOverloads
    constructor(context: Context, attributes: AttributeSet? = null) :
    LinearLayout(context, attributes) {
        /** Milliseconds since 1970. */
        internal var now: () -> Long = System::currentTimeMillis

        private val fuse = Fuse(platformLog)
        private val look = Look(context)
        private val times = Times(context) { now() }
        private val cards = LinkedHashMap<String, OperationCard>()
        private val minute = Runnable { fuse.guarded { tick() } }
        private val empty: TextView = context.plainText(EMPTY_SP, look.quietTextOnScreen).apply { visibility = GONE }

        /** What is said while there is nothing to show, `app:amendsEmptyText` in a layout; `null` for nothing. */
        public var emptyText: CharSequence? = null
            set(value) {
                field = value
                empty.text = value
                empty.visibility = if (cards.isEmpty() && !value.isNullOrEmpty()) VISIBLE else GONE
            }

        init {
            orientation = VERTICAL
            fuse.guarded {
                addView(empty)
                val styled = context.obtainStyledAttributes(attributes, intArrayOf(R.attr.amendsEmptyText))
                emptyText = styled.getText(0)
                styled.recycle()
            }
        }

        /**
         * Shows this list. Only for an app with a [MessageRenderer] of its own, which gets the list; else it comes by itself.
         * On the main thread.
         */
        public fun show(list: List<OperationStatus>): Unit = fuse.guarded {
            val ids = list.mapTo(HashSet()) { it.id }
            for ((id, card) in cards.filterKeys { it !in ids }) {
                cards -= id
                removeView(card.view)
            }
            list.forEachIndexed { index, status ->
                val card = cards.getOrPut(status.id) { OperationCard(context, look, times, fuse) }
                card.show(status)
                if (getChildAt(index) !== card.view) move(card.view, index)
            }
            emptyText = emptyText
            tick()
        }

        override fun onAttachedToWindow() {
            super.onAttachedToWindow()
            fuse.guarded { OperationBoard.add(this) }
        }

        override fun onDetachedFromWindow() {
            fuse.guarded { OperationBoard.remove(this) }
            removeCallbacks(minute)
            super.onDetachedFromWindow()
        }

        override fun onWindowVisibilityChanged(visibility: Int) {
            super.onWindowVisibilityChanged(visibility)
            fuse.guarded { tick() }
        }

        private fun move(card: View, index: Int) {
            if (card.parent != null) removeView(card)
            val margin = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT)
            margin.bottomMargin = look.px(BETWEEN_DP)
            addView(card, index, margin)
        }

        /** "In 5 minutes" is true for a minute. Only while somebody can see it, and only if there is such a text. */
        private fun tick() {
            removeCallbacks(minute)
            if (!isAttachedToWindow || windowVisibility != VISIBLE) return
            var isWaiting = false
            for (card in cards.values) isWaiting = card.tick() or isWaiting
            if (isWaiting) postDelayed(minute, A_MINUTE_MS)
        }

        private companion object {
            const val EMPTY_SP = 15f
            const val BETWEEN_DP = 12
            const val A_MINUTE_MS = 60_000L
        }
    }
