package dev.amends.cost

import com.google.gson.Gson
import com.google.gson.GsonBuilder
import java.io.File
import java.time.LocalDate
import java.util.Locale

/** Puts together what was measured: in the folder of the build, with our AAR, of these versions. */
fun main(arguments: Array<String>) {
    val (target, aar) = arguments
    val (amends, sentry, datadog) = arguments.drop(2)
    val figures = listOf("amends", "sentry", "datadog").map { name ->
        Gson().fromJson(File(target, "figures/$name.json").readText(), Figures::class.java)
    }
    val shipped = shipped(File(target), File(aar), sentry, datadog)
    val names = listOf("the app alone", "Amends $amends", "Sentry $sentry", "Datadog RUM $datadog")
    val report = Report(LocalDate.now().toString(), machine(), names, figures, shipped)
    File(target, "cost.json").writeText(GsonBuilder().setPrettyPrinting().create().toJson(report))
    val table = report.table()
    File(target, "cost.md").writeText(table)
    println(table)
}

private fun shipped(target: File, aar: File, sentry: String, datadog: String): List<Int> {
    val libraries = File(target, "libraries")
    val weighed = File(target, "weighed")
    return listOf(
        Shipped(aar, File(weighed, "jna.aar")),
        Shipped(File(libraries, "sentry-android-core-$sentry.aar"), File(weighed, "sentry.jar")),
        Shipped(
            File(libraries, "dd-sdk-android-core-$datadog.aar"),
            File(libraries, "dd-sdk-android-internal-$datadog.aar"),
            File(libraries, "dd-sdk-android-rum-$datadog.aar"),
            File(libraries, "dd-sdk-android-rum-internal-$datadog.aar"),
        ),
    ).map { it.bytes }
}

private fun machine(): String {
    val processor = File("/proc/cpuinfo").takeIf { it.exists() }?.readLines().orEmpty()
        .firstOrNull { it.startsWith("model name") }?.substringAfter(": ") ?: System.getProperty("os.arch")
    return "$processor, ${Runtime.getRuntime().availableProcessors()} processors, Java ${System.getProperty(
        "java.version",
    )}"
}

/** All of it. The lists are in one order: Amends, Sentry, Datadog; the names begin with the app alone, which ships nothing. */
internal class Report(
    private val date: String,
    private val machine: String,
    private val names: List<String>,
    private val figures: List<Figures>,
    private val shipped: List<Int>,
) {
    fun table(): String = buildString {
        appendLine("$date, $machine.").appendLine()
        appendLine(names.joinToString(" | ", "| | ", " | wanted | |"))
        appendLine("|---|--:|--:|--:|--:|---|---|")
        row("a tap, µs", "%.1f", overOwn { it.dispatch.ns / 1e3 }, "1/5 of Sentry", SHARE_OF_A_TAP)
        row("a tap, bytes", "%,.0f", overOwn { it.dispatch.bytes }, "1/5 of Sentry", SHARE_OF_A_TAP)
        row("with its frame, µs", "%.1f", overOwn { it.all.ns / 1e3 }, "1/5 of Sentry", SHARE_OF_A_TAP)
        row("with its frame, bytes", "%,.0f", overOwn { it.all.bytes }, "1/5 of Sentry", SHARE_OF_A_TAP)
        row("first start, ms", "%.1f", withoutOwn { it.coldStartNs / 1e6 }, "1/20 of Sentry", SHARE_OF_A_START)
        row("later start, ms", "%.2f", withoutOwn { it.warmStartNs / 1e6 }, "1 ms", most = MOST_MS)
        row("shipped, KB", "%,.0f", listOf(0.0) + shipped.map { it / 1e3 }, "600 KB", most = MOST_KB)
    }

    private fun StringBuilder.row(
        what: String,
        format: String,
        values: List<Double>,
        wanted: String,
        share: Double = 0.0,
        most: Double = values[SENTRY] * share,
    ) {
        val cells = values.map { String.format(Locale.ROOT, format, it) }
        val verdict = if (values[AMENDS] <= most) "met" else "**not met**"
        appendLine((listOf(what) + cells + "at most $wanted" + verdict).joinToString(" | ", "| ", " |"))
    }

    /** The app's own (a little different in each JVM: the median), and what each adds to it. */
    private fun overOwn(figure: (Tap) -> Double): List<Double> =
        listOf(median(figures.map { figure(it.own) })) + figures.map { figure(it.added) }

    private fun withoutOwn(figure: (Figures) -> Double): List<Double> = listOf(0.0) + figures.map(figure)

    private companion object {
        const val AMENDS = 1
        const val SENTRY = 2
        const val SHARE_OF_A_TAP = 1.0 / 5
        const val SHARE_OF_A_START = 1.0 / 20
        const val MOST_MS = 1.0
        const val MOST_KB = 600.0
    }
}
