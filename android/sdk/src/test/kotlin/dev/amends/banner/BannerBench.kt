package dev.amends.banner

import android.app.Activity
import android.app.Application
import android.os.Bundle
import android.view.View
import android.widget.EditText
import android.widget.LinearLayout
import dev.amends.Action
import dev.amends.ActionKind
import dev.amends.Message
import dev.amends.Purpose
import dev.amends.Question
import dev.amends.Response
import dev.amends.core.Event
import dev.amends.hooks.Windows
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import dev.amends.robolectric.toFront
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.GraphicsMode

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

/** A renderer with its windows and the reports that it makes. Windows are visible with these graphics only. */
@GraphicsMode(GraphicsMode.Mode.NATIVE)
open class BannerBench {
    val reports = mutableListOf<Event>()
    val lines = mutableListOf<String>()
    val options = BannerOptions()
    val application: Application = RuntimeEnvironment.getApplication()
    internal val windows = Windows().apply { install(application) }
    internal val renderer = BannerRenderer(application, windows, options) { lines += it }

    init {
        steadyFrames()
    }

    internal inline fun <reified A : Activity> open(): ActivityController<A> =
        Robolectric.buildActivity(A::class.java).create().toFront().also { settle() }

    /** Lets everything happen that is due at once, a few frames included. Takes [SETTLED_MS]. */
    fun settle(): Unit = idle(SETTLED_MS)

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

    fun shown(id: Long = 7): Event = Event.Shown(id.toULong())

    fun notShown(id: Long = 7): Event = Event.NotShown(id.toULong())

    fun ended(how: Response, id: Long = 7): Event = Event.Responded(id.toULong(), how)

    val retry = Action(ActionKind.RETRY, "Try again", null)
    val support = Action(ActionKind.SUPPORT, "Get help", null)
    val tellUs = Action(ActionKind.TELL_US, "Tell us", null)
    val status = Action(ActionKind.STATUS, "See status", "https://status.example.com/now")
}
