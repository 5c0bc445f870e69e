package dev.amends.banner

import android.content.pm.ApplicationInfo
import android.graphics.Rect
import android.view.View
import android.widget.TextView
import dev.amends.Action
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** Large letters, long words, other directions, small phones: all of it can be read and tapped. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class LayoutTest : BannerBench() {
    private val long =
        "Friederike, das hat nicht geklappt. Die Kreditkartenzahlungsbestätigung kann sich verspäten, das " +
            "tut uns wirklich leid. Wir rechnen damit, dass es in etwa 35 Minuten wieder funktioniert."
    private val german: Array<Action> = arrayOf(
        retry.copy(label = "Erneut versuchen"),
        support.copy(label = "Hilfe erhalten"),
        tellUs.copy(label = "Bescheid geben"),
    )

    private fun card(
        vararg actions: Action,
        text: String = message().text,
        size: String = "w320dp-h640dp-mdpi",
        fontScale: Float = 1f,
        isArabic: Boolean = false,
    ): View {
        application.applicationInfo.flags = application.applicationInfo.flags or ApplicationInfo.FLAG_SUPPORTS_RTL
        RuntimeEnvironment.setFontScale(fontScale)
        RuntimeEnvironment.setQualifiers(size)
        options.onRetry = {}
        options.onSupport = {}
        options.onTellUs = {}
        val window = open<ShopActivity>().get().window
        show(
            message(
                text = text,
                actions = actions.toList(),
                rightToLeft = isArabic,
                language = if (isArabic) "ar" else "en",
            ),
        )
        idle(300)
        return window.card
    }

    private fun View.text(): TextView = all().filterIsInstance<TextView>().first()

    private fun assertWhole(card: View): Unit = assertEquals(emptyList<String>(), card.cutOff())

    @Test
    fun `letters twice as large are not cut off`() {
        val small = card(retry, support).text()
        val large = card(retry, support, fontScale = 2f).text()
        assertTrue("${small.textSize} ${large.textSize}", large.textSize > small.textSize * 1.5f)
        assertTrue(large.lineCount > small.lineCount)
        assertWhole(card(retry, support, fontScale = 2f))
    }

    @Test
    fun `long words are wrapped, and so are buttons`() {
        val card = card(*german, text = long)
        assertWhole(card)
        val rows = german.map { card.button(it.label).place().top }
        assertTrue("$rows", rows.distinct().size > 1 && rows == rows.sorted())
    }

    @Test
    fun `all at once, on a small phone`() {
        val card = card(*german, text = long, size = "w240dp-h320dp-ldpi", fontScale = 2f)
        assertWhole(card)
        assertTrue("what does not fit is scrolled", card.all().any { it.canScrollVertically(1) })
        assertTrue("${card.place()}", Rect(0, 0, card.rootView.width, card.rootView.height).contains(card.place()))
    }

    @Test
    fun `from right to left everything is on the other side`() {
        val words = "ليلى، هذا يستغرق وقتًا أطول من اللازم. نعتذر عن ذلك، ونحن نتحقق من الأمر."

        fun places(isArabic: Boolean) = card(retry, support, text = words, isArabic = isArabic).let { card ->
            assertWhole(card)
            val signs = card.all().filterIsInstance<android.widget.ImageView>() + card.button("Try again")
            signs.map { it.place().apply { offset(-card.left, 0) } to card.width }
        }
        val mirrored = places(isArabic = false).map { (at, width) -> width - at.right to width - at.left }
        assertEquals(mirrored, places(isArabic = true).map { (at, _) -> at.left to at.right })
        assertEquals(View.LAYOUT_DIRECTION_RTL, card(text = words, isArabic = true).text().layoutDirection)
    }

    @Test
    fun `what is tapped is large enough`() {
        for (fontScale in listOf(0.85f, 1f, 2f)) {
            val card = card(retry.copy(label = "Ja"), fontScale = fontScale)
            val targets = card.all().filter { it.isClickable }
            assertEquals(2, targets.size)
            for (target in targets) assertTrue("${target.place()}", target.width >= 48 && target.height >= 48)
        }
    }

    @Test
    fun `signs are at the height of the first line, however large it is`() {
        for (fontScale in listOf(1f, 1.3f, 2f)) {
            val card = card(retry, fontScale = fontScale)
            val text = card.text()
            val line = Rect().also { text.layout.getLineBounds(0, it) }
            val middle = text.place().top + text.totalPaddingTop + (line.top + line.bottom) / 2f
            for (sign in card.all().filterIsInstance<android.widget.ImageView>()) {
                assertEquals(middle, sign.place().exactCenterY(), 2f)
            }
        }
    }

    @Test
    fun `without buttons it is no higher than it has to be`() {
        val (without, with) = card(text = "Sorry.").height to card(retry, text = "Sorry.").height
        assertTrue("$without", without in 48..60)
        assertTrue("$with", with in without + 36..without + 56)
    }
}
