package dev.amends.compose

import androidx.compose.ui.semantics.ScrollAxisRange
import androidx.compose.ui.semantics.SemanticsConfiguration
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsOwner
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull

/**
 * A number for what a composition shows: its elements with their places, texts and states. Focus and selected text are
 * not in it, since a finger moves them by itself. Nothing is kept of what was read.
 */
internal class Content {
    private var left = 0

    /** Of all elements; of very many, the first [MOST_ELEMENTS]. */
    fun of(owner: SemanticsOwner): Long {
        left = MOST_ELEMENTS
        return add(1, owner.unmergedRootSemanticsNode)
    }

    private fun add(number: Long, node: SemanticsNode): Long {
        if (left-- <= 0) return number
        // What is composed ahead of time for a list that may be scrolled is not shown.
        if (!node.isRoot && !node.layoutInfo.isPlaced) return number
        val place = node.positionInRoot
        val size = node.size
        var print = mix(number, node.id)
        print = mix(mix(print, place.x.toRawBits()), place.y.toRawBits())
        print = mix(mix(print, size.width), size.height)
        print = addConfig(print, node.config)
        val children = node.children
        for (index in children.indices) print = add(print, children[index])
        return mix(print, -1)
    }

    private fun addConfig(number: Long, config: SemanticsConfiguration): Long {
        var print = number
        for (key in compared) print = mix(print, config.getOrNull(key).hashCode())
        print = addScroll(print, config.getOrNull(SemanticsProperties.VerticalScrollAxisRange))
        return addScroll(print, config.getOrNull(SemanticsProperties.HorizontalScrollAxisRange))
    }

    private fun addScroll(number: Long, range: ScrollAxisRange?): Long =
        if (range == null) number else mix(number, range.value().toRawBits())

    private fun mix(number: Long, part: Int): Long = (number xor part.toLong()) * PRIME

    private companion object {
        const val MOST_ELEMENTS = 600
        const val PRIME = 0x100000001b3L // FNV-1a's

        val compared = arrayOf(
            SemanticsProperties.Text,
            SemanticsProperties.ContentDescription,
            SemanticsProperties.StateDescription,
            SemanticsProperties.EditableText,
            SemanticsProperties.Selected,
            SemanticsProperties.ToggleableState,
            SemanticsProperties.ProgressBarRangeInfo,
            SemanticsProperties.Disabled,
            SemanticsProperties.Error,
            SemanticsProperties.PaneTitle,
            SemanticsProperties.Role,
        )
    }
}
