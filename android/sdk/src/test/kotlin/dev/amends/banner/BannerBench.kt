package dev.amends.banner

import android.app.Activity
import android.app.Application
import android.graphics.Insets
import android.graphics.Rect
import android.os.Build
import android.os.Bundle
import android.view.View
import android.view.ViewGroup
import android.view.Window
import android.view.WindowInsets
import android.view.WindowInsets.Type
import android.widget.EditText
import android.widget.LinearLayout
import androidx.test.platform.app.InstrumentationRegistry
import dev.amends.Action
import dev.amends.ActionKind
import dev.amends.Message
import dev.amends.OwnView
import dev.amends.Purpose
import dev.amends.Question
import dev.amends.Response
import dev.amends.core.Event
import dev.amends.hooks.Windows
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.GraphicsMode
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowChoreographer
import org.robolectric.shadows.ShadowViewRootImpl
import org.robolectric.util.ReflectionHelpers
import java.time.Duration

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

    internal inline fun <reified A : Activity> open(): ActivityController<A> =
        Robolectric.buildActivity(A::class.java)
            .also { framesTakeNoTime() }
            .create().toFront()
            .also { framesTakeTime() }

    /** From here on a frame takes 16 ms, as on a phone; else an animation is over at once, and takes the time with it. */
    fun framesTakeTime() {
        settle()
        ShadowChoreographer.setFrameDelay(Duration.ofMillis(FRAME_MS))
        ShadowChoreographer.setPaused(true)
        settle()
    }

    /** From here on a frame comes when it is asked for: an activity that is made waits for it. */
    fun framesTakeNoTime() {
        ShadowChoreographer.setPaused(false)
        settle()
    }

    /** Lets everything happen that is due at once, a few frames included. Takes [SETTLED_MS]. */
    fun settle(): Unit = pass(SETTLED_MS)

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

const val FRAME_MS = 16L
const val SETTLED_MS = 112L

/** Lets the time pass frame by frame: one long step would be one long frame. */
fun pass(ms: Long) {
    var left = ms
    while (left > 0) {
        idle(minOf(left, FRAME_MS))
        left -= FRAME_MS
    }
}

/** What of ours is drawn in this window. */
fun Window.banner(): ViewGroup? {
    val decor = decorView as ViewGroup
    return decor.children().filterIsInstance<OwnView>().lastOrNull() as ViewGroup?
}

/** The card that is drawn in this window. */
val Window.card: ViewGroup get() = checkNotNull(banner()) { "nothing is drawn" }

/** The middle of a view, in pixels of its window. */
fun View.middle(): Pair<Float, Float> {
    val at = IntArray(2).also(::getLocationInWindow)
    return at[0] + width / 2f to at[1] + height / 2f
}

/** The system gives this window the input focus, or takes it away. */
fun Window.focus(hasFocus: Boolean) {
    Shadow.extract<ShadowViewRootImpl>(decorView.viewRootImpl).callWindowFocusChanged(hasFocus)
    pass(40)
}

/** The system says what of this window its bars, the camera and the keyboard cover, in pixels from each edge. */
fun Window.cover(bars: Rect = Rect(), camera: Rect = Rect(), keyboard: Int = 0) {
    val insets = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        WindowInsets.Builder()
            .setInsets(Type.systemBars(), Insets.of(bars))
            .setInsets(Type.displayCutout(), Insets.of(camera))
            .setInsets(Type.ime(), Insets.of(0, 0, 0, keyboard))
            .build()
    } else {
        // Android 7 knows no cameras.
        WindowInsets(Rect(bars.left, bars.top, bars.right, maxOf(bars.bottom, keyboard)))
    }
    ReflectionHelpers.setField(decorView.viewRootImpl, "mLastWindowInsets", insets)
    decorView.requestLayout()
    pass(SETTLED_MS)
}

/** Where it is in its window. */
fun View.place(): Rect {
    val at = IntArray(2).also(::getLocationInWindow)
    return Rect(at[0], at[1], at[0] + width, at[1] + height)
}

fun inTouchMode(isTouched: Boolean): Unit = InstrumentationRegistry.getInstrumentation().setInTouchMode(isTouched)

fun ViewGroup.children(): List<View> = List(childCount) { getChildAt(it) }

/** This view and all below it. */
fun View.all(): List<View> = listOf(this) + ((this as? ViewGroup)?.children().orEmpty().flatMap { it.all() })

fun View.texts(): List<String> = all().filterIsInstance<android.widget.TextView>().map { it.text.toString() }

fun View.button(words: String): View = all().single {
    it.isClickable && ((it as? android.widget.TextView)?.text ?: it.contentDescription)?.toString() == words
}

fun Window.finger(): Finger = Finger(decorView)
