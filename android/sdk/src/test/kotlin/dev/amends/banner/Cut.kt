package dev.amends.banner

import android.graphics.Rect
import android.view.View
import android.view.ViewGroup
import android.widget.ScrollView
import android.widget.TextView

/**
 * What of the texts and buttons of this view cannot be read or reached: cut off by an edge, too high for its place, ended
 * by dots, or on top of something else. What a scroll view holds back can be reached.
 */
fun View.cutOff(): List<String> {
    val leaves = all().filter { it.isShown && (it !is ViewGroup) }
    return leaves.flatMap { it.cutOffEdges(this) + ((it as? TextView)?.cutOffWords().orEmpty()) } + overlaps(leaves)
}

private fun View.cutOffEdges(within: View): List<String> {
    val scroll = generateSequence(parent) { it.parent }.firstOrNull { it is ScrollView || it === within } as View
    val room = if (scroll is ScrollView) scroll.getChildAt(0).place() else within.place()
    return if (room.contains(place())) emptyList() else listOf("$this at ${place()} is not in $room")
}

private fun TextView.cutOffWords(): List<String> {
    val lines = checkNotNull(layout) { "$text is not laid out" }
    val inner = Rect(0, 0, width - totalPaddingLeft - totalPaddingRight, height - totalPaddingTop - totalPaddingBottom)
    return (0 until lines.lineCount).filter { line ->
        lines.getEllipsisCount(line) > 0 || lines.getLineMax(line) > inner.width() + 1
    }.map { "line $it of '$text' is wider than ${inner.width()}" } +
        listOfNotNull("'$text' is higher than its ${inner.height()}".takeIf { lines.height > inner.height() })
}

private fun overlaps(leaves: List<View>): List<String> = leaves.flatMapIndexed { index, one ->
    leaves.drop(index + 1).filter { Rect.intersects(one.place(), it.place()) && !(one.isSign() && it.isSign()) }
        .map { "$one and $it are on top of each other" }
}

private fun View.isSign() = this !is TextView
