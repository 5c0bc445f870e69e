package dev.amends.banner

import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.graphics.Path
import android.graphics.Typeface

/** What the system draws over an app: the time, signal and battery, the line for gestures, and the hole for the camera. */
internal fun Canvas.systemBars(of: StoreActivity) {
    val dp = of.resources.displayMetrics.density
    val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = of.ink
        textSize = 14 * dp
        typeface = Typeface.create(Typeface.DEFAULT, 500, false)
    }
    val (left, middle, right) = Triple(of.bars.left + 20 * dp, 18 * dp, width - 20 * dp)
    drawText("14:05", left, middle + 5 * dp, paint)
    drawRoundRect(right - 9 * dp, middle - 7 * dp, right, middle + 7 * dp, 2 * dp, 2 * dp, paint)
    val signal = Path().apply {
        moveTo(right - 16 * dp, middle - 6 * dp)
        rLineTo(0f, 12 * dp)
        rLineTo(-12 * dp, 0f)
        close()
    }
    drawPath(signal, paint)
    drawRoundRect(width / 2 - 54 * dp, height - 12 * dp, width / 2 + 54 * dp, height - 8 * dp, 2 * dp, 2 * dp, paint)
    paint.color = Color.BLACK
    if (of.bars.left > 0) {
        drawCircle(20 * dp, height / 2f, 9 * dp, paint)
    } else {
        drawCircle(width / 2f, 18 * dp, 9 * dp, paint)
    }
}
