package dev.amends.banner

import android.graphics.Canvas
import android.graphics.ColorFilter
import android.graphics.Paint
import android.graphics.Path
import android.graphics.PixelFormat
import android.graphics.drawable.Drawable

/** The small signs, as strokes on a square of 24: `M x y`, `L x y`, `C` a circle of centre and radius, `A` an arc of it. */
internal enum class Glyph(val strokes: String) {
    /** An apology. */
    SORRY("M 12 6.5 L 12 13 M 12 17.2 L 12 17.3"),

    /** It works again, it was sent. */
    DONE("M 6 12.5 L 10.2 16.7 L 18 8"),

    /** A question. */
    ASK("A 12 9.3 3.3 180 235 L 12 13.6 M 12 17.2 L 12 17.3"),

    /** Takes something away; something failed. */
    CLOSE("M 7 7 L 17 17 M 17 7 L 7 17"),

    /** It waits for its time. */
    CLOCK("M 12 6.5 L 12 12.2 L 15.8 14.4"),

    /** Somebody is at it. */
    AT_WORK("M 6.6 12 L 6.7 12 M 11.95 12 L 12.05 12 M 17.3 12 L 17.4 12"),
}

/** Draws a [Glyph], in a disc if there is a colour for one. No resource, no bitmap. */
internal class GlyphDrawable(
    val glyph: Glyph,
    private val size: Int,
    colour: Int,
    private val disc: Int = 0,
) : Drawable() {
    private val path = glyph.toPath()
    private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = colour
        style = Paint.Style.STROKE
        strokeWidth = STROKE
        strokeCap = Paint.Cap.ROUND
        strokeJoin = Paint.Join.ROUND
    }
    private val ground = Paint(Paint.ANTI_ALIAS_FLAG).apply { color = disc }

    override fun draw(canvas: Canvas) {
        val box = bounds
        val side = minOf(size, box.width(), box.height())
        canvas.save()
        canvas.translate(box.exactCenterX() - side / 2f, box.exactCenterY() - side / 2f)
        canvas.scale(side / GRID, side / GRID)
        if (disc != 0) canvas.drawCircle(GRID / 2, GRID / 2, GRID / 2, ground)
        canvas.drawPath(path, paint)
        canvas.restore()
    }

    override fun getIntrinsicWidth(): Int = size

    override fun getIntrinsicHeight(): Int = size

    override fun setAlpha(alpha: Int) {
        paint.alpha = alpha
    }

    override fun setColorFilter(filter: ColorFilter?) {
        paint.colorFilter = filter
    }

    @Deprecated("Deprecated in Android")
    override fun getOpacity(): Int = PixelFormat.TRANSLUCENT

    private fun Glyph.toPath(): Path {
        val path = Path()
        val words = strokes.split(' ').iterator()

        fun next() = words.next().toFloat()
        while (words.hasNext()) {
            when (words.next()) {
                "M" -> {
                    path.moveTo(next(), next())
                }

                "L" -> {
                    path.lineTo(next(), next())
                }

                else -> {
                    val (x, y, r) = Triple(next(), next(), next())
                    path.arcTo(x - r, y - r, x + r, y + r, next(), next(), true)
                }
            }
        }
        return path
    }

    private companion object {
        const val GRID = 24f
        const val STROKE = 2.1f
    }
}
