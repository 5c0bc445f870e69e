package dev.amends.banner

import dev.amends.OperationProgress
import dev.amends.OperationStatus
import dev.amends.OperationStep

/** Orders of somebody who waits, on 29 November 2026 at 14:05 in London. */
object Orders {
    const val NOW = 1_795_961_100_000L
    const val MINUTE = 60_000L

    fun words(progress: OperationProgress): String = progress.name.lowercase().replaceFirstChar { it.uppercase() }

    fun order(
        number: String,
        progress: OperationProgress,
        vararg steps: Pair<OperationProgress, Long> = arrayOf(progress to 2L),
        expectedIn: Long? = null,
        faq: String? = null,
    ): OperationStatus = OperationStatus(
        id = number,
        title = "Order $number",
        progress = progress,
        progressText = words(progress),
        steps = steps.map { (step, ago) -> OperationStep(step, words(step), NOW - ago * MINUTE) },
        expectedByUnixMs = expectedIn?.let { NOW + it * MINUTE },
        faqUrl = faq,
        faqText = "Questions and answers",
    )

    fun late(number: String): OperationStatus = order(
        number,
        OperationProgress.DELAYED,
        OperationProgress.SCHEDULED to 50L,
        OperationProgress.PROCESSING to 42L,
        OperationProgress.DELAYED to 2L,
        expectedIn = 35,
        faq = "https://help.example.com/orders",
    )
}
