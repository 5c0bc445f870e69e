package dev.amends.cost

/** What a subject came to: nanoseconds of the main thread on a processor, and bytes that it allocated. */
internal data class Figures(
    val subject: String,
    /** The first start in this JVM: the classes are loaded in it. */
    val coldStartNs: Long,
    /** The median of later starts. */
    val warmStartNs: Long,
    /** Of a tap, down and up: until the window has handed it on. */
    val dispatch: Sample,
    /** Of what the main looper does after it: the click itself, layout, and what was posted. */
    val after: Sample,
)

/** Of one tap on average; the medians of some blocks. */
internal data class Sample(val ns: Double, val bytes: Double)

internal fun medianOf(samples: List<Sample>): Sample =
    Sample(median(samples.map { it.ns }), median(samples.map { it.bytes }))

internal fun median(values: List<Double>): Double = values.sorted()[values.size / 2]
