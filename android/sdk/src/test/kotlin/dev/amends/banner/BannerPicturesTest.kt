package dev.amends.banner

import android.app.AlertDialog
import android.content.pm.ApplicationInfo
import dev.amends.OperationProgress
import dev.amends.OperationStatus
import dev.amends.OperationStep
import dev.amends.Purpose
import dev.amends.R
import dev.amends.robolectric.Picture
import dev.amends.robolectric.toFront
import org.junit.After
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import java.util.TimeZone

/** The pictures of docs/messages-on-android.md, and that nothing on them is cut off. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class BannerPicturesTest : BannerBench() {
    private val upright = "w411dp-h891dp"

    private fun store(language: String = "en", size: String = upright, night: String = "notnight"): StoreActivity {
        application.applicationInfo.flags = application.applicationInfo.flags or ApplicationInfo.FLAG_SUPPORTS_RTL
        RuntimeEnvironment.setQualifiers("$language-$size-$night-hdpi")
        val controller = Robolectric.buildActivity(StoreActivity::class.java).create()
        val store = controller.get()
        store.fill()
        controller.toFront()
        framesTakeTime()
        store.window.cover(store.bars)
        return store
    }

    private fun StoreActivity.save(name: String) {
        pass(400)
        window.banner()?.outlineProvider = WholeShadow
        pass(40)
        Picture.of(window).draw { systemBars(this@save) }.save(name)
    }

    @Test
    fun `an apology by day`() {
        val store = store()
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        store.save("apology-light")
    }

    @Test
    fun `an apology by night`() {
        val store = store(night = "night")
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        store.save("apology-dark")
    }

    @Test
    fun `from right to left`() {
        val store = store("ar")
        options.onRetry = {}
        options.onSupport = {}
        val words = "ليلى، هذا يستغرق وقتًا أطول من اللازم. نعتذر عن ذلك، ونحن نتحقق من الأمر."
        val actions = listOf(retry.copy(label = "إعادة المحاولة"), support.copy(label = "الحصول على مساعدة"))
        show(message(text = words, actions = actions, language = "ar", rightToLeft = true, dismiss = "إغلاق"))
        store.save("arabic")
    }

    @Test
    fun `letters twice as large`() {
        RuntimeEnvironment.setFontScale(2f)
        val store = store()
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        store.save("large-type")
    }

    @Test
    fun `long words in German`() {
        val store = store("de")
        options.onRetry = {}
        options.onTellUs = {}
        val words = "Friederike, das hat nicht geklappt. Das tut uns wirklich leid. Wir wissen, woran es liegt, und arbeiten " +
            "daran. Wir rechnen damit, dass es in etwa 35 Minuten wieder funktioniert. Die Kreditkartenzahlungsbestätigung " +
            "kann sich bis dahin verspäten."
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
        options.onRetry = {}
        options.onSupport = {}
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
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        store.save("landscape")
    }

    @Test
    fun `at the top, in an app's own colours`() {
        val store = store()
        store.theme.applyStyle(android.R.style.Widget_DatePicker, true)
        R.attr.amendsPosition = android.R.attr.datePickerMode
        R.attr.amendsBackground = android.R.attr.colorForeground
        options.onRetry = {}
        show(message(actions = listOf(retry)))
        store.save("top")
    }

    @Test
    fun `on a dialog`() {
        val store = store()
        val dialog = AlertDialog.Builder(store, android.R.style.Theme_Material_Light_Dialog_Alert)
            .setTitle("Pay €12.60?")
            .setMessage("Two things from your basket, delivered tomorrow between 8:00 and 10:00 to 12 Garden Street, Leeds. We take it from the card that ends in 4012.")
            .setPositiveButton("Pay", null).setNegativeButton("Not now", null)
            .show()
        settle()
        store.window.focus(false)
        val window = dialog.window!!
        window.focus(true)
        options.onRetry = {}
        show(message(text = "Jackie, that did not work. Sorry about that, we are taking a look.", actions = listOf(retry)))
        pass(400)
        window.banner()?.outlineProvider = WholeShadow
        pass(40)
        val decor = window.decorView
        Picture.of(store.window).draw {
            drawColor(0x99000000.toInt())
            Picture.of(window).drawOn(this, (width - decor.width) / 2f, (height - decor.height) / 2f)
            systemBars(store)
        }.save("dialog")
    }

    private fun statusList(night: String, name: String) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"))
        val store = store(night = night)
        val list = OperationStatusView(store)
        list.now = { NOW }
        list.show(orders())
        store.showOrders(list)
        store.window.cover(store.bars)
        store.save(name)
    }

    private fun orders(): List<OperationStatus> {
        val min = 60_000L
        val words = mapOf(
            OperationProgress.SCHEDULED to "Scheduled", OperationProgress.PROCESSING to "Processing",
            OperationProgress.DELAYED to "Delayed", OperationProgress.SENT to "Sent", OperationProgress.FAILED to "Failed",
        )

        fun order(title: String, expected: Long?, faq: String?, vararg steps: Pair<OperationProgress, Long>) = OperationStatus(
            title, title, steps.last().first, words.getValue(steps.last().first),
            steps.map { (progress, ago) -> OperationStep(progress, words.getValue(progress), NOW - ago * min) },
            expected?.let { NOW + it * min }, faq, "Questions and answers",
        )
        return listOf(
            order("Order 1042", 35, "https://help.example.com", OperationProgress.SCHEDULED to 50, OperationProgress.PROCESSING to 42, OperationProgress.DELAYED to 2),
            order("Order 1041", 20, null, OperationProgress.PROCESSING to 10),
            order("Order 1039", null, null, OperationProgress.PROCESSING to 1480, OperationProgress.SENT to 1440),
            order("Voucher", null, null, OperationProgress.FAILED to 3000),
        )
    }

    @Test
    fun `orders by day`() = statusList("notnight", "status-light")

    @Test
    fun `orders by night`() = statusList("night", "status-dark")

    @After
    fun asItWas() {
        R.attr.amendsPosition = 0x7f010005
        R.attr.amendsBackground = 0x7f010001
    }

    private companion object {
        /** 29 November 2026, 14:05 in London. */
        const val NOW = 1_795_961_100_000L
    }
}
