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

/** A release with a fault of every kind: one apology in this session, by name, and every failure counted. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "en-w411dp-h891dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class BrokenShopTest {
    @get:Rule
    val bench = ShopBench(Release.BROKEN)

    @Test
    fun `the first failure is apologised for, all are counted`() {
        val person = Person(bench.shop)
        bench.shop.amends.person("Jackie")
        person.visits { step ->
            when (step) {
                "the app is open" -> {
                    assertNull(person.apology)
                }

                "search with Enter" -> {
                    val words = "Jackie, something's wrong. Sorry about that, we are taking a look."
                    assertEquals("${person.decisions()}", words, person.apology)
                    person.picture("storefront-apology")
                }

                else -> {
                    assertNull("$step: one apology a session: ${person.decisions()}", person.apology)
                }
            }
        }
        person.leaves()
        person.waitsFor("the failures at the canary") {
            bench.canary.totals("android-storefront").getInt("failures") >= 6
        }
        val totals = bench.canary.totals("android-storefront")
        val kinds = totals.getJSONObject("by_kind")
        val failures = kinds.keys().asSequence().associateWith { kinds.getJSONObject(it).getInt("failures") }
        val expected =
            mapOf(
                "dead_input" to 1,
                "dead_tap" to 2, // once, and in the burst
                "rage_tap" to 1,
                "slow_load" to 1,
                "error" to 1,
                "poor_content" to 2, // the picture, and the film
            )
        assertEquals("${person.decisions()}", expected, failures.filterValues { it > 0 })
        assertEquals("$totals", 1, totals.getInt("apologies"))
        assertEquals("$totals", 1, totals.getInt("failed_sessions"))
        val screens =
            totals
                .getJSONObject("by_screen")
                .keys()
                .asSequence()
                .toSet()
        assertTrue("$screens", screens.containsAll(setOf("Home", "Catalogue", "Lamp", "Basket")))
        assertEquals(
            setOf("2.5.0"),
            totals
                .getJSONObject("by_release")
                .keys()
                .asSequence()
                .toSet(),
        )
    }
}
