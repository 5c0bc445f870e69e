package dev.amends.screens

import java.io.File
import java.util.TreeMap

/** What was done in one go, and what was found of it. */
internal class Round(val acts: List<Act>, val found: List<Found>, isAlone: Boolean) {
    /** The one thing that was done, if nothing should have come of it and nothing else could be taken for its answer. */
    val dead: Act? = acts.singleOrNull()?.takeIf { isAlone && it.isDead }

    /** Whether that was not found. */
    val isMissed: Boolean = dead != null && found.none { it.act === dead }
}

/** What came of the taps in one family of screens. */
internal class Score {
    val screens = HashSet<String>()

    /** Taps and submits that were judged, on elements that react. */
    var alive = 0

    /** Failures that were found where nothing had failed. */
    var falselyFound = 0

    /** Failures that were found where one was. */
    var trulyFound = 0

    /** Taps and submits on dead elements, with nothing else going on that could be taken for an answer. */
    var dead = 0

    /** Those of them that were found. */
    var deadFound = 0

    fun add(screen: Screen, round: Round) {
        screens += screen.name
        alive += round.acts.count { it.isJudged && it.element?.truth in ALIVE }
        falselyFound += round.found.count { !it.isTrue }
        trulyFound += round.found.count { it.isTrue }
        if (round.dead == null) return
        dead++
        if (!round.isMissed) deadFound++
    }

    private companion object {
        val ALIVE = setOf(Truth.REACTS, Truth.REACTS_LATE)
    }

    fun plus(other: Score): Score = Score().also {
        for (one in listOf(this, other)) {
            it.alive += one.alive
            it.falselyFound += one.falselyFound
            it.trulyFound += one.trulyFound
            it.dead += one.dead
            it.deadFound += one.deadFound
        }
    }
}

/** The scores of all families that were run. */
internal object Table {
    private val families = TreeMap<String, Score>()

    fun of(family: String): Score = families.getOrPut(family, ::Score)

    /** As Markdown; also in `target/screens.md`. */
    fun print() {
        val all = families.values.fold(Score(), Score::plus)
        val lines = listOf(
            "| family | screens | taps on what reacts | false | precision | taps on what is dead | found | recall |",
            "|---|---|---|---|---|---|---|---|",
        ) + families.map { (family, score) -> line(family, score, score.screens.size) } +
            line("all", all, families.values.sumOf { it.screens.size })
        File("target/screens.md").writeText(lines.joinToString("\n", postfix = "\n"))
    }

    private fun line(name: String, score: Score, screens: Int): String = listOf(
        name,
        screens,
        score.alive,
        score.falselyFound,
        percent(score.trulyFound, score.trulyFound + score.falselyFound),
        score.dead,
        score.deadFound,
        percent(score.deadFound, score.dead),
    ).joinToString(" | ", prefix = "| ", postfix = " |")

    private fun percent(part: Int, whole: Int): String = if (whole == 0) "–" else "%.1f %%".format(100.0 * part / whole)
}
