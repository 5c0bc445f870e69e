package dev.amends.banner

import dev.amends.OperationProgress
import dev.amends.robolectric.Picture
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import java.util.TimeZone

/** The pictures of the list of orders in docs/messages-on-android.md, and that nothing on them is cut off. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class StatusPicturesTest : PictureBench() {
    private val zone = TimeZone.getDefault()
    private val orders = listOf(
        Orders.late("1042"),
        Orders.order("1041", OperationProgress.PROCESSING, OperationProgress.PROCESSING to 10L, expectedIn = 20),
        Orders.order(
            "1039",
            OperationProgress.SENT,
            OperationProgress.PROCESSING to 1_480L,
            OperationProgress.SENT to 1_440L,
        ),
        Orders.order("1037", OperationProgress.FAILED, OperationProgress.FAILED to 3_000L),
    )

    @Before
    fun inLondon(): Unit = TimeZone.setDefault(TimeZone.getTimeZone("Europe/London"))

    @After
    fun asItWas(): Unit = TimeZone.setDefault(zone)

    private fun list(of: StoreActivity): OperationStatusView {
        val list = OperationStatusView(of)
        list.now = { Orders.NOW }
        of.showOrders(list)
        list.show(orders)
        of.window.cover(of.bars)
        assertEquals(emptyList<String>(), list.cutOff())
        return list
    }

    private fun picture(name: String, night: String) {
        val store = store("en-rGB", night = night)
        list(store)
        Picture.of(store.window).draw { systemBars(store) }.keep(name)
    }

    @Test
    fun `by day`() = picture("status-light", "notnight")

    @Test
    fun `by night`() = picture("status-dark", "night")

    @Test
    fun `with large letters, on a small phone`() {
        RuntimeEnvironment.setFontScale(2f)
        list(store(size = "w320dp-h640dp"))
    }

    @Test
    fun `from right to left the signs and the line are on the right`() {
        fun rows(language: String) = list(store(language)).let { list ->
            list.all().filter { it.background is Rail } to list
        }
        val (english, left) = rows("en")
        val (arabic, right) = rows("ar")
        assertEquals(english.size, arabic.size)
        for ((one, other) in english.zip(arabic)) {
            assertTrue(one.paddingLeft > one.paddingRight)
            assertEquals(one.paddingLeft to one.paddingRight, other.paddingRight to other.paddingLeft)
        }
        assertTrue(dark(left, atLeft = true) > 0 && dark(left, atLeft = false) == 0)
        assertTrue(dark(right, atLeft = false) > 0 && dark(right, atLeft = true) == 0)
    }

    /** How many pixels of the first row with a stop are not the card's ground, within a sign's width from this side. */
    private fun dark(list: OperationStatusView, atLeft: Boolean): Int {
        val row = list.all().first { it.background is Rail }
        val ground = Look(list.context).colours.background
        val picture = Picture.of(list)
        val at = row.place().apply { offset(-list.place().left, -list.place().top) }
        val sign = (24 * list.resources.displayMetrics.density).toInt()
        val across = if (atLeft) at.left until at.left + sign else at.right - sign until at.right
        return across.sumOf { x -> (at.top until at.bottom).count { y -> picture.colour(x, y) != ground } }
    }
}
