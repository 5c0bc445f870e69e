package dev.amends

/** Something that the person set going, as a status view shows it. It stays on the device. */
public data class OperationStatus(
    /** The app's name for it, as in [Amends.operation]. */
    val id: String,
    /** What the person calls it. */
    val title: String?,
    /** How far it is. */
    val progress: OperationProgress,
    /** That in words, in the person's language. */
    val progressText: String,
    /** Each step and when it was reached, oldest first. */
    val steps: List<OperationStep>,
    /** When it is expected to be over, in milliseconds since 1970. */
    val expectedByUnixMs: Long?,
    /** Where the questions about it are answered: always `https`. */
    val faqUrl: String?,
    /** What the link to it says, in the person's language. */
    val faqText: String,
)

/** A step of an operation. */
public data class OperationStep(
    /** What was reached. */
    val progress: OperationProgress,
    /** That in words, in the person's language. */
    val progressText: String,
    /** When, in milliseconds since 1970. */
    val unixMs: Long,
)

internal fun dev.amends.core.OperationStatus.toHost(): OperationStatus = OperationStatus(
    id = id,
    title = title,
    progress = progress,
    progressText = progressText,
    steps = steps.map { OperationStep(it.progress, it.progressText, it.unixMs.orForever()) },
    expectedByUnixMs = expectedByUnixMs?.orForever(),
    faqUrl = faqUrl,
    faqText = faqText,
)
