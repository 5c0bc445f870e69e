package dev.amends.screens

import android.widget.Magnifier
import dev.amends.robolectric.Picture
import org.junit.Assert.assertEquals
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.ParameterizedRobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import kotlin.random.Random

/**
 * Reference screens, touched at random: what reacts is never found dead, and what is dead is found. With
 * `-Dscreens.seeds=200` for long, with `-Dscreens.only=WORD -Dscreens.first=17` to see one again.
 */
@RunWith(ParameterizedRobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi", shadows = [NoMagnifier::class])
@GraphicsMode(GraphicsMode.Mode.NATIVE)
internal abstract class ScreensTest(private val screen: Screen) {
    @get:Rule
    val folder = TemporaryFolder()

    private val missed = ArrayList<String>()

    @Test
    fun whatReactsIsNeverFoundDead() {
        val first = Integer.getInteger("screens.first", 1)
        val seeds = Integer.getInteger("screens.seeds", SEEDS)
        val phone = Phone()
        val wrong = ArrayList<String>()
        for (seed in first until first + seeds) {
            phone.show(screen, folder.newFolder()) { engine ->
                if (seed == first && System.getProperty("screens.pictures") != null) {
                    Picture.of(phone.top).save("$screen".replace(Regex("\\W+"), "-"))
                }
                use(phone, engine, seed)
                engine.found.filterNot { it.isTrue }.mapTo(wrong) { told(it, seed, engine) }
            }
        }
        Table.print()
        if (System.getProperty("screens.missed") != null) missed.forEach(::println)
        assertEquals(wrong.take(3).joinToString("\n"), 0, wrong.size)
    }

    private fun use(phone: Phone, engine: Engine, seed: Int) {
        val hand = Hand(phone, engine, Random("$screen $seed".hashCode()))
        var (acts, found) = 0 to 0
        repeat(ROUNDS) {
            val isAlone = hand.act()
            val round = Round(
                engine.acts.drop(acts),
                engine.found.drop(found),
                isAlone && phone.hasHeard(engine.acts.lastOrNull()),
            )
            Table.of(screen.family).add(screen, round)
            if (round.isMissed) {
                missed +=
                    "MISSED in $screen, seed $seed: ${round.dead?.element}\n" +
                    engine.timeline.takeLast(6).joinToString("\n")
            }
            acts = engine.acts.size
            found = engine.found.size
        }
    }

    private fun told(found: Found, seed: Int, engine: Engine): String {
        val upTo = engine.timeline.indexOfFirst { it.trim().startsWith("${found.atMs} ") && "FOUND" in it }
        val lines = engine.timeline.subList((upTo - 25).coerceAtLeast(0), upTo + 1)
        return "$screen, seed $seed: ${found.kind} on ${found.act?.element}\n" + lines.joinToString("\n")
    }

    companion object {
        private const val SEEDS = 3
        private const val ROUNDS = 10

        /** For a runner of parameterised tests. */
        fun of(families: List<Family>): List<Array<Any>> {
            val only = System.getProperty("screens.only").orEmpty()
            return families.flatMap { it.screens }.filter { only in it.toString() }.map { arrayOf(it) }
        }
    }
}

/** A magnifier's surface is not there. */
@Implements(Magnifier::class)
internal class NoMagnifier {
    @Implementation
    @Suppress("UnusedParameter")
    fun show(x: Float, y: Float, magnifierX: Float, magnifierY: Float) = Unit

    @Implementation
    fun update() = Unit

    @Implementation
    fun dismiss() = Unit
}
