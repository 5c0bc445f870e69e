package dev.amends.banner

import android.graphics.Insets
import android.graphics.Rect
import android.os.Build
import android.view.View
import android.view.ViewGroup
import android.view.Window
import android.view.WindowInsets
import android.view.WindowInsets.Type
import android.view.accessibility.AccessibilityEvent
import android.widget.TextView
import androidx.test.platform.app.InstrumentationRegistry
import dev.amends.OwnView
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowAccessibilityManager
import org.robolectric.shadows.ShadowViewRootImpl
import org.robolectric.util.ReflectionHelpers

const val FRAME_MS = 16L
const val SETTLED_MS = 112L

/** What of ours is drawn in this window. */
fun Window.banner(): ViewGroup? {
    val decor = decorView as ViewGroup
    return decor.children().filterIsInstance<OwnView>().lastOrNull()
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
    idle(40)
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
    idle(SETTLED_MS)
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

fun View.texts(): List<String> = all().filterIsInstance<TextView>().map { it.text.toString() }

fun View.button(words: String): View = all().single {
    it.isClickable && ((it as? TextView)?.text ?: it.contentDescription)?.toString() == words
}

fun Window.finger(): Finger = Finger(decorView)

/** What made a screen reader speak: each time the text in a live region of ours was said to be new. */
fun ShadowAccessibilityManager.announcements(): List<AccessibilityEvent> = sentAccessibilityEvents.filter {
    it.eventType == AccessibilityEvent.TYPE_WINDOW_CONTENT_CHANGED &&
        it.contentChangeTypes and AccessibilityEvent.CONTENT_CHANGE_TYPE_TEXT != 0 &&
        it.className == TextView::class.java.name
}
