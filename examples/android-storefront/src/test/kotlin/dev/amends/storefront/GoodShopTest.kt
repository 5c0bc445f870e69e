package dev.amends.storefront

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** A release that works, a person who uses all of it, and silence. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "en-w411dp-h891dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class GoodShopTest {
    @get:Rule
    val bench = ShopBench(Release.GOOD)

    @Test
    fun `nothing is said, nothing is counted as failed`() {
        val person = Person(bench.shop)
        bench.shop.amends.person("Jackie")
        val answers =
            mapOf(
                "search with Enter" to "1 things",
                "wish" to "On your wish list",
                "catalogue" to "6 things",
                "lamp" to "Walnut desk lamp",
                "checkout" to "Thank you.",
            )
        person.visits { step ->
            answers[step]?.let { assertTrue("$step: $it", person.sees(it)) }
            assertNull("$step: ${person.decisions()}", person.apology)
        }
        assertEquals(emptyList<String>(), person.decisions())
        person.picture("storefront-good")
        person.leaves()
        person.waitsFor("the opportunities at the canary") {
            bench.canary.totals("android-storefront").getInt("opportunities") >= 10
        }
        val totals = bench.canary.totals("android-storefront")
        assertEquals("$totals", 0, totals.getInt("failures"))
        assertEquals("$totals", 0, totals.getInt("apologies"))
    }
}
