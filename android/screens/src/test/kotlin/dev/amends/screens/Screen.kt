package dev.amends.screens

import android.app.Activity
import android.content.Intent
import android.graphics.Color
import android.os.Bundle
import android.os.Handler
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import dev.amends.core.Event
import dev.amends.core.RequestEnd

/** A reference screen: [fill] makes its content, whose elements are [marked][Element] with what a tap on them does. */
internal class Screen(
    val family: String,
    val name: String,
    val activity: Class<out Activity>,
    val fill: Page.() -> View,
) {
    override fun toString(): String = "$family: $name"

    companion object {
        /** The one that activities show. */
        var shown: Screen? = null
    }
}

/** Screens of one sort, in an [activity] that suits them. */
internal abstract class Family(private val name: String, private val activity: Class<out Activity>) {
    private val all = ArrayList<Screen>()

    val screens: List<Screen> get() = all

    protected fun screen(name: String, fill: Page.() -> View) {
        all += Screen(this.name, name, activity, fill)
    }
}

/** Where a screen's content is made, with what most of them need. */
internal class Page(val activity: Activity) {
    private val main = Handler(Looper.getMainLooper())

    fun label(text: String): TextView = TextView(activity).apply { this.text = text }

    fun button(text: String, act: (View) -> Unit): Button = Button(activity).apply {
        this.text = text
        setOnClickListener(act)
    }

    /** One whose handler does nothing. */
    fun deadButton(text: String): Button = button(text) {}.dead(text)

    fun column(vararg views: View): LinearLayout = LinearLayout(activity).apply {
        orientation = LinearLayout.VERTICAL
        for (view in views) addView(view, LinearLayout.LayoutParams(MATCH, WRAP))
    }

    fun row(vararg views: View): LinearLayout = LinearLayout(activity).apply {
        for (view in views) addView(view, LinearLayout.LayoutParams(0, WRAP, 1f))
    }

    fun box(colour: Int = Color.LTGRAY, heightDp: Int = 80): View = View(activity).apply {
        setBackgroundColor(colour)
        layoutParams = ViewGroup.LayoutParams(MATCH, px(heightDp))
    }

    fun px(dp: Int): Int = (dp * activity.resources.displayMetrics.density).toInt()

    /** What the app does later, such as when an answer has come. */
    fun later(ms: Long, act: () -> Unit) {
        Phone.current?.apply { awaited++ }
        main.postDelayed({
            Phone.current?.apply { awaited-- }
            act()
        }, ms)
    }

    /** The app tells the SDK of a request; nothing is seen of it until the answer. */
    fun request(ms: Long, answered: () -> Unit) {
        says(Event.RequestStarted(REQUEST, null))
        later(ms) {
            says(Event.RequestEnded(REQUEST, RequestEnd.Status(200u)))
            answered()
        }
    }

    /** The app tells the SDK something. */
    fun says(event: Event) {
        Phone.current?.engine?.send(event)
    }

    /** Of every listener of a list's rows. */
    fun rowClicked() {
        Phone.current?.engine?.rowClicked()
    }

    fun open(activity: Class<out Activity>): Unit = this.activity.startActivity(Intent(this.activity, activity))

    companion object {
        const val MATCH = ViewGroup.LayoutParams.MATCH_PARENT
        const val WRAP = ViewGroup.LayoutParams.WRAP_CONTENT
        private const val REQUEST = 1uL
    }
}

/** Shows a screen of framework views. */
internal class FrameworkActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        setTheme(android.R.style.Theme_Material_Light_NoActionBar)
        super.onCreate(state)
        Screen.shown?.let { setContentView(it.fill(Page(this))) }
    }
}

/** Where a screen leads to; it leads back. */
internal class DetailActivity : Activity() {
    override fun onCreate(state: Bundle?) {
        setTheme(android.R.style.Theme_Material_Light_NoActionBar)
        super.onCreate(state)
        val page = Page(this)
        setContentView(
            page.column(
                page.label("Details"),
                page.button("Back") {
                    finish()
                }.reacts(),
                page.deadButton("Rate"),
            ),
        )
    }
}
