package dev.amends.banner

import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Paint
import android.graphics.PixelFormat
import android.graphics.drawable.Drawable
import android.view.View

/** One stop on the way of an operation: a dot, and the line to the stops before and after it. The ground of a row of text. */
internal class Rail(
    private val middle: Float,
    private val dot: Float,
    line: Float,
    private val stop: Stop,
    private val colour: Int,
    private val lineColour: Int,
) : Drawable() {
    /** Which of the stops it is. */
    class Stop(val isFirst: Boolean, val isLast: Boolean)

    private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply { strokeWidth = line }

    override fun draw(canvas: Canvas) {
        val box = bounds
        val x = if (layoutDirection == View.LAYOUT_DIRECTION_RTL) box.right - middle else box.left + middle
        val y = box.exactCenterY()
        paint.color = lineColour
        if (!stop.isFirst) canvas.drawLine(x, box.top.toFloat(), x, y - 2 * dot, paint)
        if (!stop.isLast) canvas.drawLine(x, y + 2 * dot, x, box.bottom.toFloat(), paint)
        paint.color = colour
        canvas.drawCircle(x, y, dot, paint)
    }

    override fun onLayoutDirectionChanged(layoutDirection: Int): Boolean {
        invalidateSelf()
        return true
    }

    override fun setAlpha(alpha: Int) {
        paint.alpha = alpha
    }

    override fun setColorFilter(filter: ColorFilter?) {
        paint.colorFilter = filter
    }

    @Deprecated("Deprecated in Android")
    override fun getOpacity(): Int = PixelFormat.TRANSLUCENT
}
