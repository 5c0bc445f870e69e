package dev.amends.banner

import android.app.Activity
import android.app.Application
import android.os.Bundle
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.view.Window
import android.widget.EditText
import android.widget.LinearLayout
import dev.amends.Action
import dev.amends.ActionKind
import dev.amends.Message
import dev.amends.OwnView
import dev.amends.Purpose
import dev.amends.Question
import dev.amends.core.Event
import dev.amends.hooks.Windows
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** An app with one screen: a field and a button. */
class ShopActivity : Activity() {
    lateinit var field: EditText
    lateinit var buy: View
    var bought = 0

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        field = EditText(this)
        buy = View(this).apply { setOnClickListener { bought++ } }
        setContentView(
            LinearLayout(this).apply {
                orientation = LinearLayout.VERTICAL
                addView(field, LinearLayout.LayoutParams(-1, 100))
                addView(buy, LinearLayout.LayoutParams(-1, -1))
            },
        )
    }
}

/** A renderer with its windows and the reports that it makes. */
open class BannerBench {
    val reports = mutableListOf<Event>()
    val lines = mutableListOf<String>()
    val options = BannerOptions()
    val application: Application = RuntimeEnvironment.getApplication()
    internal val windows = Windows().apply { install(application) }
    internal val renderer = BannerRenderer(application, windows, options) { lines += it }

    internal inline fun <reified A : Activity> open(): ActivityController<A> =
        Robolectric.buildActivity(A::class.java)
            .create().start().postCreate(null).resume().visible().topActivityResumed(true).windowFocusChanged(true)
            .also { settle() }

    /** Lets everything happen that is due at once, frames included. */
    fun settle(): Unit = repeat(3) { idle(40) }

    fun show(message: Message) {
        renderer.show(message)
        settle()
    }

    fun message(
        id: Long = 7,
        text: String = "Jackie, this is taking too long. Sorry about that, we are taking a look.",
        actions: List<Action> = emptyList(),
        purpose: Purpose = Purpose.APOLOGY,
        language: String = "en",
        rightToLeft: Boolean = false,
        dismiss: String = "Dismiss",
        onScreenMs: Long = 4_000,
    ): Message = Message(
        dev.amends.core.Message(
            id = id.toULong(),
            purpose = purpose,
            kind = "slow_load",
            text = text,
            actions = actions,
            dismiss = dismiss,
            language = language,
            rightToLeft = rightToLeft,
            onScreenMs = onScreenMs.toULong(),
            onScreenWithScreenReaderMs = 10_000u,
        ),
        reports::add,
    )

    fun question(id: Long = 9): Question = Question(
        dev.amends.core.Question(
            id = id.toULong(),
            text = "How well is the app working for you today?",
            answers = listOf("Very badly", "Badly", "So-so", "Well", "Very well"),
            dismiss = "Dismiss",
            language = "en",
            rightToLeft = false,
            onScreenMs = 8_000u,
            onScreenWithScreenReaderMs = 20_000u,
        ),
        reports::add,
        lines::add,
    )

    val retry = Action(ActionKind.RETRY, "Try again", null)
    val support = Action(ActionKind.SUPPORT, "Get help", null)
    val tellUs = Action(ActionKind.TELL_US, "Tell us", null)
    val status = Action(ActionKind.STATUS, "See status", "https://status.example.com/now")
}

/** What of ours is drawn in this window. */
fun Window.banner(): ViewGroup? {
    val decor = decorView as ViewGroup
    return decor.children().filterIsInstance<OwnView>().singleOrNull() as ViewGroup?
}

fun ViewGroup.children(): List<View> = List(childCount) { getChildAt(it) }

/** This view and all below it. */
fun View.all(): List<View> = listOf(this) + ((this as? ViewGroup)?.children().orEmpty().flatMap { it.all() })

fun View.texts(): List<String> = all().filterIsInstance<android.widget.TextView>().map { it.text.toString() }

fun View.button(words: String): View = all().single {
    it.isClickable && ((it as? android.widget.TextView)?.text ?: it.contentDescription)?.toString() == words
}

fun Window.finger(): Finger = Finger(decorView)

fun mainLooper() = shadowOf(Looper.getMainLooper())
