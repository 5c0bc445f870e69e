package dev.amends.storefront

import android.view.KeyEvent
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import dev.amends.robolectric.Finger
import dev.amends.robolectric.Picture
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.robolectric.Robolectric
import java.util.concurrent.TimeUnit

/**
 * Somebody with the app in their hand: touches and keys come in as the system's do. The phone's time stands still unless
 * the person waits; while a server is asked it follows the machine's, slower where the machine is busy.
 */
class Person(
    private val shop: Shop,
) {
    private val controller = Robolectric.buildActivity(ShopActivity::class.java).create().toFront()
    private val activity = controller.get()
    private val decor get() = activity.window.decorView as ViewGroup
    private val finger get() = Finger(decor)

    /** What the app says sorry with, if it does. */
    val apology: String? get() = texts(decor).firstOrNull { "Sorry about that" in it }

    fun sees(words: String): Boolean = texts(decor).any { words in it }

    fun taps(words: String) {
        finger.tap(found(words))
        idle(50)
    }

    /** Types into the search field and presses Enter. */
    fun searches(words: String) {
        val field = views(decor).filterIsInstance<android.widget.EditText>().single()
        finger.tap(field)
        field.setText(words)
        idle(200)
        for (action in listOf(KeyEvent.ACTION_DOWN, KeyEvent.ACTION_UP)) {
            decor.dispatchKeyEvent(KeyEvent(action, KeyEvent.KEYCODE_ENTER))
            idle(30)
        }
    }

    /** Waits, with nothing under way but what happens on the phone. */
    fun waits(ms: Long) {
        repeat((ms / STEP_MS).toInt()) {
            settle()
            idle(STEP_MS)
        }
        settle()
    }

    /** Waits until it is so, while servers work. */
    fun waitsFor(
        what: String,
        isSo: () -> Boolean,
    ) {
        val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
        var last = System.nanoTime()
        while (!isSo()) {
            check(System.nanoTime() < deadline) {
                "never: $what; on screen: ${texts(decor)}; decided: ${decisions()}"
            }
            Thread.sleep(10)
            val now = System.nanoTime()
            idle(TimeUnit.NANOSECONDS.toMillis(now - last).coerceAtMost(MOST_AT_ONCE_MS))
            last = now
        }
        settle()
    }

    fun waitsForAnswers(): Unit = waitsFor("the servers' answers") { shop.backend.waiting == 0 }

    fun picture(name: String) {
        Picture.of(decor).save(name)
    }

    /** Puts the phone away. */
    fun leaves() {
        controller.pause().stop()
        settle()
    }

    fun decisions(): List<String> =
        shop.amends
            .lastDecisions()
            .get(20, TimeUnit.SECONDS)
            .map { "${it.kind} ${it.screen}: ${it.reason}" }

    /** The SDK's thread is a real one: what it has got so far is handled when it answers. */
    private fun settle() {
        shop.amends.lastDecisions().get(20, TimeUnit.SECONDS)
        idle(0)
    }

    private fun found(words: String): View =
        views(decor).singleOrNull { it is TextView && it.isShown && (it.text.toString() == words || it.contentDescription == words) }
            ?: picture("storefront-failed").let { error("no \"$words\" on screen: ${texts(decor)}") }

    private fun texts(view: View): List<String> =
        views(view)
            .filterIsInstance<TextView>()
            .filter { it.isShown }
            .map { it.text.toString() }
            .filter { it.isNotEmpty() }

    private fun views(view: View): List<View> =
        listOf(view) + ((view as? ViewGroup)?.let { group -> (0 until group.childCount).flatMap { views(group.getChildAt(it)) } }.orEmpty())

    private companion object {
        const val STEP_MS = 100L
        const val MOST_AT_ONCE_MS = 50L
    }
}
