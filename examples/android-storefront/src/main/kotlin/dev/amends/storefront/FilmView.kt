package dev.amends.storefront

import android.annotation.SuppressLint
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.os.SystemClock
import android.view.Choreographer
import android.view.View
import android.widget.Button
import dev.amends.Playing

/** "How the lamp is made": a film of eight seconds. The fault: in the broken release it stands still for three. */
@SuppressLint("ViewConstructor")
class FilmView(
    activity: ShopActivity,
    private val shop: Shop,
) : View(activity) {
    /** Starts and stops it. */
    val button: Button = button(activity, PLAY, filled = true).apply { setOnClickListener { if (playing == null) play() else stop() } }
    private var playing: Playing? = null
    private var shownMs = 0L
    private var stalledMs: Long? = null
    private var last = 0L
    private val paint = Paint(Paint.ANTI_ALIAS_FLAG)

    init {
        minimumHeight = activity.px(120)
        contentDescription = "How the lamp is made"
    }

    private fun play() {
        playing = shop.amends.playback()
        button.text = "Stop the film"
        shownMs = 0
        stalledMs = null
        last = 0
        Choreographer.getInstance().postFrameCallback(::frame)
    }

    private fun frame(
        @Suppress("UNUSED_PARAMETER") nanos: Long,
    ) {
        val film = playing ?: return
        val now = SystemClock.uptimeMillis()
        val passed = if (last == 0L) 0 else now - last
        last = now
        val stalled = stalledMs
        when {
            shop.isBroken && stalled == null && shownMs >= STALL_AT_MS -> {
                stalledMs = 0
                film.stalled()
            }

            stalled != null && stalled < STALL_MS -> {
                stalledMs = stalled + passed
                if (stalled + passed >= STALL_MS) film.resumed()
            }

            else -> {
                shownMs += passed
                invalidate()
            }
        }
        if (shownMs < LENGTH_MS) Choreographer.getInstance().postFrameCallback(::frame) else stop()
    }

    /** Ends it. */
    fun stop() {
        playing?.ended()
        playing = null
        button.text = PLAY
        shownMs = 0
        invalidate()
    }

    // The lamp grows out of its foot; then it is switched on.
    override fun onDraw(canvas: Canvas) {
        val grown = if (playing == null) 1f else (shownMs / 5_000f).coerceAtMost(1f)
        val unit = height / 300f
        val middle = width / 2f

        fun rect(
            x: Float,
            y: Float,
            w: Float,
            h: Float,
            colour: Int,
        ) {
            paint.color = colour
            canvas.drawRect(middle + x * unit, y * unit, middle + (x + w) * unit, (y + h) * unit, paint)
        }
        canvas.drawColor(Color.rgb(0x2C, 0x24, 0x1C))
        val wood = Color.rgb(0xA0, 0x76, 0x4A)
        if (grown == 1f) rect(-120f, 120f, 140f, 140f, Color.argb(80, 255, 236, 170))
        rect(70f, 260f - 160f * grown, 14f, 160f * grown, wood)
        rect(84f - 120f * grown, 100f, 120f * grown, 12f, wood)
        rect(-100f * grown, 70f, 100f * grown, 46f, wood)
        rect(20f, 256f, 110f, 12f, wood)
        paint.color = Color.rgb(0x7F, 0xD1, 0xB0)
        canvas.drawRect(0f, height - 6 * unit, width * shownMs / LENGTH_MS.toFloat(), height.toFloat(), paint)
    }

    private companion object {
        const val PLAY = "Play the film"
        const val LENGTH_MS = 8_000L
        const val STALL_AT_MS = 1_200L
        const val STALL_MS = 3_000L
    }
}
