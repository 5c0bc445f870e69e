package dev.amends.screens.framework

import android.content.Context
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.view.MotionEvent
import android.view.SurfaceView
import android.view.TextureView
import android.view.View
import android.webkit.WebView
import android.widget.FrameLayout
import android.widget.ImageButton
import android.widget.ImageView
import android.widget.ProgressBar
import android.widget.VideoView
import dev.amends.screens.Family
import dev.amends.screens.FrameworkActivity
import dev.amends.screens.dead
import dev.amends.screens.reacts
import dev.amends.screens.reactsLate

internal object Drawn : Family("web, video, drawn by the app", FrameworkActivity::class.java) {
    init {
        screen("web page with a bar") {
            val web = WebView(activity).apply { minimumHeight = px(300) }
            val bar = ProgressBar(activity).apply { visibility = View.INVISIBLE }
            val reload = button("Reload") {
                web.reload()
                bar.visibility = View.VISIBLE
                later(1_200) { bar.visibility = View.INVISIBLE }
            }
            column(row(reload.reactsLate("reload"), deadButton("Share")), bar, web.reacts("page"))
        }
        screen("video with controls") {
            val video = VideoView(activity).apply { minimumHeight = px(200) }
            val play = ImageButton(activity).apply {
                setImageResource(android.R.drawable.ic_media_play)
                setOnClickListener {
                    isSelected = !isSelected
                    setImageResource(
                        if (isSelected) android.R.drawable.ic_media_pause else android.R.drawable.ic_media_play,
                    )
                }
            }
            var at = 0
            val time = label("0:00")
            column(
                video.reacts("video"),
                time,
                play.reacts("play"),
                button("+10 s") { time.text = "0:${(++at * 10) % 60}, $at" }.reacts("skip"),
                deadButton("Subtitles"),
            )
        }
        screen("camera with a flip") {
            // What changes is on its surface alone, where nobody can see it.
            val camera = SurfaceView(activity)
            FrameLayout(activity).apply {
                addView(camera.reacts("camera"))
                addView(row(button("Flip") {}.reacts("flip"), button("Zoom") {}.reacts("zoom")))
            }
        }
        screen("texture with controls") {
            val texture = TextureView(activity).apply { minimumHeight = px(300) }
            val said = label("1x")
            var times = 1
            column(
                texture.reacts("texture"),
                said,
                button("Faster") { said.text = "${++times}x" }.reacts("faster"),
                deadButton("Slower"),
            )
        }
        screen("board that the app draws") {
            val board = Board(activity).apply { minimumHeight = px(300) }
            column(
                board.reacts("board"),
                button("New") { board.clear() }.reacts("new"),
                deadButton("Hint"),
            )
        }
        screen("chart with its own buttons") {
            val chart = Chart(activity).apply { minimumHeight = px(200) }
            val week = button("Week") { chart.show((chart.shown + 1) % 7) }
            val picture = Zoomed(activity).apply {
                minimumHeight = px(150)
                setOnClickListener { zoom() }
            }
            column(chart, week.reacts("week"), picture.reacts("picture"), deadButton("Year"))
        }
        screen("frame that paints around its parts") {
            val frame = Framed(activity).apply {
                addView(label("in a frame"), FrameLayout.LayoutParams(px(200), px(100)))
            }
            column(frame, button("Mark") { frame.mark() }.reacts("mark"), deadButton("Print"))
        }
    }
}

/** A game: where it is touched it draws. */
internal class Board(context: Context) : View(context) {
    private val paint = Paint()
    private val spots = ArrayList<Pair<Float, Float>>()

    fun clear() {
        spots.clear()
        spots += 5f to 5f
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        for ((x, y) in spots) canvas.drawCircle(x, y, 20f, paint)
    }

    override fun onTouchEvent(event: MotionEvent): Boolean {
        if (event.actionMasked == MotionEvent.ACTION_UP) {
            spots += event.x to event.y
            invalidate()
            performClick()
        }
        return true
    }

    override fun performClick(): Boolean = super.performClick()
}

/** Shows one of several pictures that it paints. */
internal class Chart(context: Context) : View(context) {
    private val paint = Paint()
    var shown = 0
        private set

    fun show(which: Int) {
        shown = which
        invalidate()
    }

    override fun onDraw(canvas: Canvas) = canvas.drawLine(0f, shown * 10f, width.toFloat(), 100f, paint)
}

/** A picture that paints itself larger. */
internal class Zoomed(context: Context) : ImageView(context) {
    private var scale = 1f

    init {
        setImageResource(android.R.drawable.ic_menu_gallery)
    }

    fun zoom() {
        scale = if (scale > 3) 1f else scale + 0.5f
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        canvas.scale(scale, scale)
        super.onDraw(canvas)
    }
}

/** Paints a border around what it holds. */
internal class Framed(context: Context) : FrameLayout(context) {
    private val paint = Paint().apply {
        style = Paint.Style.STROKE
        color = Color.BLUE
    }

    init {
        setWillNotDraw(false)
    }

    fun mark() {
        paint.color = if (paint.color == Color.BLUE) Color.RED else Color.BLUE
        invalidate()
    }

    override fun onDraw(canvas: Canvas) = canvas.drawRect(0f, 0f, width.toFloat(), height.toFloat(), paint)
}
