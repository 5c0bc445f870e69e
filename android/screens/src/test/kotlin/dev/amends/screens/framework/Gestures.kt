package dev.amends.screens.framework

import android.content.ClipData
import android.content.Context
import android.graphics.Color
import android.view.DragEvent
import android.view.MotionEvent
import android.view.View
import android.widget.FrameLayout
import android.widget.HorizontalScrollView
import android.widget.LinearLayout
import android.widget.ScrollView
import dev.amends.screens.Family
import dev.amends.screens.FrameworkActivity
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts
import kotlin.math.abs

internal object Gestures : Family("long press, drag, fling", FrameworkActivity::class.java) {
    init {
        screen("rows with a menu for a long press") {
            val said = label("")
            var times = 0
            val rows = List(5) { row ->
                button("row $row") { said.text = "row $row, ${++times}" }.reacts("row").apply {
                    setOnCreateContextMenuListener { menu, _, _ -> menu.add("Delete") }
                }
            }
            column(said, *rows.toTypedArray(), deadButton("row 6"))
        }
        screen("what only a long press does") {
            val said = label("")
            var times = 0
            val held = label("hold me").apply {
                minimumHeight = px(100)
                setOnLongClickListener {
                    said.text = "held ${++times}"
                    true
                }
            }
            column(said, held.reacts("hold me"), deadButton("Tap me"))
        }
        screen("drag and drop") {
            val target = box(Color.YELLOW)
            target.setOnDragListener { view, event ->
                if (event.action == DragEvent.ACTION_DROP) view.setBackgroundColor(Color.GREEN)
                true
            }
            val thing = button("Drag me") { it.alpha = if (it.alpha == 1f) 0.5f else 1f }.apply {
                setOnLongClickListener {
                    it.startDragAndDrop(ClipData.newPlainText("", ""), View.DragShadowBuilder(it), null, 0)
                }
            }
            column(thing.reacts("thing"), target.reacts("target"), deadButton("Drop"))
        }
        screen("content that is pulled down") {
            val said = label("fresh")
            var times = 0
            val pulled = Pulled(activity) { said.text = "refreshed ${++times}" }
            pulled.addView(
                column(
                    said,
                    button("One") {
                        said.text = "one ${++times}"
                    }.reacts("one"),
                    deadButton("Two"),
                ),
            )
            pulled
        }
        screen("long page that flies") {
            val page = column()
            repeat(60) { row ->
                var times = 0
                val button = if (row % 5 == 4) {
                    deadButton("dead $row")
                } else {
                    button("row $row") { (it as android.widget.Button).text = "row $row, ${++times}" }.reacts("row")
                }
                page.addView(button, LinearLayout.LayoutParams(Page.MATCH, Page.WRAP))
            }
            ScrollView(activity).apply { addView(page) }
        }
        screen("shelves that slide") {
            val shelves = List(4) { shelf ->
                val books = LinearLayout(activity)
                repeat(20) { book ->
                    var times = 0
                    val button = if (book % 5 == 4) {
                        deadButton("dead")
                    } else {
                        button("$shelf.$book") { (it as android.widget.Button).text = "read ${++times}" }.reacts("book")
                    }
                    books.addView(button, LinearLayout.LayoutParams(px(110), px(90)))
                }
                HorizontalScrollView(activity).apply { addView(books) }
            }
            ScrollView(activity).apply { addView(column(*shelves.toTypedArray())) }
        }
        screen("pages that are swiped away") {
            val said = label("")
            var times = 0
            val cards = FrameLayout(activity)
            repeat(3) { card ->
                cards.addView(
                    Swiped(activity).apply {
                        setBackgroundColor(Color.rgb(200, 200, 60 * card))
                        setOnClickListener { said.text = "card $card, ${++times}" }
                        reacts("card")
                    },
                    FrameLayout.LayoutParams(Page.MATCH, px(300)),
                )
            }
            column(said, cards, deadButton("Undo"))
        }
    }
}

/** Lets its content be pulled down, springs back, and is refreshed. */
internal class Pulled(context: Context, private val refresh: () -> Unit) : FrameLayout(context) {
    private var downY = 0f

    override fun onInterceptTouchEvent(event: MotionEvent): Boolean {
        if (event.actionMasked == MotionEvent.ACTION_DOWN) downY = event.y
        return event.actionMasked == MotionEvent.ACTION_MOVE && event.y - downY > 30
    }

    override fun onTouchEvent(event: MotionEvent): Boolean {
        val content = getChildAt(0)
        when (event.actionMasked) {
            MotionEvent.ACTION_MOVE -> {
                content.translationY = (event.y - downY).coerceAtLeast(0f) / 2
            }

            MotionEvent.ACTION_UP -> {
                if (content.translationY > 100) postDelayed(refresh, 600)
                content.animate().translationY(0f).start()
            }
        }
        return true
    }
}

/** Goes with the finger, and back unless it was far; a tap is a click. */
internal class Swiped(context: Context) : FrameLayout(context) {
    private var downX = 0f

    init {
        isClickable = true
    }

    override fun onTouchEvent(event: MotionEvent): Boolean {
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> {
                downX = event.rawX
            }

            MotionEvent.ACTION_MOVE -> {
                translationX = event.rawX - downX
            }

            MotionEvent.ACTION_CANCEL -> {
                animate().translationX(0f).start()
            }

            MotionEvent.ACTION_UP -> {
                if (abs(translationX) < 20) performClick()
                animate().translationX(0f).start()
            }
        }
        return true
    }
}
