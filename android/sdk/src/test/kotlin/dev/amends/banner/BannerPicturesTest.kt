package dev.amends.banner

import android.app.AlertDialog
import android.graphics.Rect
import dev.amends.Purpose
import dev.amends.R
import dev.amends.robolectric.Picture
import org.junit.After
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** The pictures of messages in docs/messages-on-android.md, and that nothing on them is cut off or covered. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class BannerPicturesTest : PictureBench() {
    private val position = R.attr.amendsPosition
    private val background = R.attr.amendsBackground

    init {
        options.onRetry = {}
        options.onSupport = {}
        options.onTellUs = {}
    }

    @After
    fun asItWas() {
        R.attr.amendsPosition = position
        R.attr.amendsBackground = background
    }

    @Test
    fun `an apology by day`() {
        val store = store()
        show(message(actions = listOf(retry)))
        store.save("apology-light")
    }

    @Test
    fun `an apology by night`() {
        val store = store(night = "night")
        show(message(actions = listOf(retry)))
        store.save("apology-dark")
    }

    @Test
    fun `from right to left`() {
        val store = store("ar")
        val words = "ليلى، هذا يستغرق وقتًا أطول من اللازم. نعتذر عن ذلك، ونحن نتحقق من الأمر."
        val actions = listOf(retry.copy(label = "إعادة المحاولة"), support.copy(label = "الحصول على مساعدة"))
        show(message(text = words, actions = actions, language = "ar", rightToLeft = true, dismiss = "إغلاق"))
        store.save("arabic")
    }

    @Test
    fun `letters twice as large`() {
        RuntimeEnvironment.setFontScale(2f)
        val store = store()
        show(message(actions = listOf(retry)))
        store.save("large-type")
    }

    @Test
    fun `long words in German`() {
        val store = store("de")
        val words = "Friederike, das hat nicht geklappt. Das tut uns wirklich leid. Wir wissen, woran es liegt, und " +
            "arbeiten daran. Wir rechnen damit, dass es in etwa 35 Minuten wieder funktioniert. Die " +
            "Kreditkartenzahlungsbestätigung kann sich bis dahin verspäten."
        val actions = listOf(
            retry.copy(label = "Erneut versuchen"),
            status.copy(label = "Status ansehen"),
            tellUs.copy(label = "Bescheid geben"),
        )
        show(message(text = words, actions = actions, language = "de", dismiss = "Schließen"))
        store.save("german")
    }

    @Test
    fun `for the most valued`() {
        val store = store()
        val words = "Jackie, your order did not go through. We are really sorry. Maya is here to help."
        show(message(text = words, actions = listOf(retry, support.copy(label = "Chat with Maya"))))
        store.save("support")
    }

    @Test
    fun `it works again`() {
        val store = store()
        show(message(purpose = Purpose.MAKE_GOOD, text = "Jackie, that's fixed now. Thanks for waiting."))
        store.save("make-good")
    }

    @Test
    fun `one question`() {
        val store = store()
        renderer.ask(question())
        store.save("question")
    }

    @Test
    fun `in landscape, beside a camera`() {
        val store = store(size = "w891dp-h411dp-land")
        show(message(actions = listOf(retry)))
        store.save("landscape")
    }

    @Test
    fun `at the top, in an app's own colours`() {
        // Attributes that a style of Android's own sets to what is wanted here.
        R.attr.amendsPosition = android.R.attr.datePickerMode
        R.attr.amendsBackground = android.R.attr.colorForeground
        val store = store()
        store.theme.applyStyle(android.R.style.Widget_DatePicker, true)
        show(message(actions = listOf(retry)))
        store.save("top")
    }

    @Test
    fun `on a dialog`() {
        val store = store()
        val dialog = AlertDialog.Builder(store).setTitle("Pay €12.60?")
            .setMessage(
                "Two things from your basket, delivered tomorrow between 8:00 and 10:00 to 12 Garden Street, Leeds. " +
                    "We take it from the card that ends in 4012.",
            )
            .setPositiveButton("Pay", null).setNegativeButton("Not now", null).show()
        settle()
        store.window.focus(false)
        val window = dialog.window!!.also { it.focus(true) }
        val words = "Jackie, that did not work. Sorry about that, we are taking a look."
        show(message(text = words, actions = listOf(retry)))
        assertClear(window.atRest(), Rect())
        val picture = Picture.of(window)
        Picture.of(store.window).draw {
            drawColor(0x99000000.toInt())
            picture.drawOn(this, (width - picture.width) / 2f, (height - picture.height) / 2f)
            systemBars(store)
        }.keep("dialog")
    }
}
