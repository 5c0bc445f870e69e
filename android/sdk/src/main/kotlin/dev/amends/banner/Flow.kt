package dev.amends.banner

import android.content.Context
import android.view.View
import android.view.ViewGroup

/** Lays out its children one after the other as text is, and in further rows where they do not fit. */
internal class Flow(context: Context, private val gap: Int) : ViewGroup(context) {
    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        measureChildren(MeasureSpec.makeMeasureSpec(width, MeasureSpec.AT_MOST), MeasureSpec.UNSPECIFIED)
        setMeasuredDimension(width, place(width) { _, _, _ -> })
    }

    override fun onLayout(changed: Boolean, l: Int, t: Int, r: Int, b: Int) {
        val width = r - l
        val isRightToLeft = layoutDirection == LAYOUT_DIRECTION_RTL
        place(width) { child, start, top ->
            val left = if (isRightToLeft) width - start - child.measuredWidth else start
            child.layout(left, top, left + child.measuredWidth, top + child.measuredHeight)
        }
    }

    /** Says of each child where it goes, and returns the height of all. */
    private inline fun place(width: Int, put: (child: View, start: Int, top: Int) -> Unit): Int {
        var start = 0
        var top = 0
        var row = 0
        for (index in 0 until childCount) {
            val child = getChildAt(index)
            if (start > 0 && start + child.measuredWidth > width) {
                start = 0
                top += row
                row = 0
            }
            put(child, start, top)
            start += child.measuredWidth + gap
            row = maxOf(row, child.measuredHeight)
        }
        return top + row
    }
}
