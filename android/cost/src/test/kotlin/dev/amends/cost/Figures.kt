package dev.amends.cost

/** What a subject came to: nanoseconds of the main thread on a processor, and bytes that it allocated. */
internal data class Figures(
    val subject: String,
    /** The first start in this JVM: the classes are loaded in it. */
    val coldStartNs: Long,
    /** The median of later starts. */
    val warmStartNs: Long,
    /** The same taps without the SDK at the window, in the same JVM. */
    val own: Tap,
    /** What it adds: the median of what each block with it came to more than the one without it just before. */
    val added: Tap,
)

/** A tap, down and up. */
internal data class Tap(
    /** Until the window has handed it on. */
    val dispatch: Sample,
    /** Of what the main looper does after it: the click itself, layout, and what was posted. */
    val after: Sample,
) {
    val all: Sample get() = dispatch + after

    operator fun minus(other: Tap): Tap = Tap(dispatch - other.dispatch, after - other.after)
}

/** Of one tap on average. */
internal data class Sample(val ns: Double, val bytes: Double) {
    operator fun plus(other: Sample): Sample = Sample(ns + other.ns, bytes + other.bytes)

    operator fun minus(other: Sample): Sample = Sample(ns - other.ns, bytes - other.bytes)
}

internal fun medianOf(taps: List<Tap>): Tap =
    Tap(medianOfSamples(taps.map { it.dispatch }), medianOfSamples(taps.map { it.after }))

private fun medianOfSamples(samples: List<Sample>): Sample =
    Sample(median(samples.map { it.ns }), median(samples.map { it.bytes }))

internal fun median(values: List<Double>): Double = values.sorted()[values.size / 2]
