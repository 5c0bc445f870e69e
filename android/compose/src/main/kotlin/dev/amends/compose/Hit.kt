package dev.amends.compose

import androidx.compose.ui.InternalComposeUiApi
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.graphics.Outline
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.Shape
import androidx.compose.ui.node.InteroperableComposeUiNode
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsOwner
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.unit.dp
import androidx.compose.ui.unit.toSize
import dev.amends.Role
import dev.amends.hooks.SurfaceElement

/** Which element of a composition is under a finger at [x], [y]. */
internal class Hit(x: Float, y: Float) {
    private val spot = Offset(x, y)
    private var isOnView = false
    private val near = ArrayList<SurfaceElement>()

    fun on(owner: SemanticsOwner): SurfaceElement? {
        val root = owner.unmergedRootSemanticsNode
        // As Compose does: what is exactly there goes before what is small, near, and made larger for fingers.
        val found = topmost(root, Way())
        if (isOnView) return null
        if (found.role != Role.PLAIN) return found
        findNear(root, Way())
        // Of several Compose takes the nearest, and some of them nobody can see.
        return near.singleOrNull()?.takeIf { it.role != Role.PLAIN } ?: found
    }

    private fun topmost(node: SemanticsNode, above: Way): SurfaceElement {
        val way = above.into(node)
        val children = node.children // the last of them is drawn on top
        var plain: SurfaceElement? = null
        for (index in children.indices.reversed()) {
            val child = children[index]
            if (!child.layoutInfo.isPlaced || !isUnder(child)) continue
            val found = topmost(child, way)
            if (isOnView || found.role != Role.PLAIN) return found
            plain = plain ?: found
            if (covers(child)) break
        }
        if (isView(node)) isOnView = true
        return way.element ?: plain ?: SurfaceElement(node.id.toLong(), Role.PLAIN)
    }

    private fun findNear(node: SemanticsNode, above: Way) {
        val way = above.into(node)
        val children = node.children
        for (index in children.indices.reversed()) {
            val child = children[index]
            if (!child.layoutInfo.isPlaced || !isNear(child)) continue
            findNear(child, way)
            if (isUnder(child) && covers(child)) break
        }
        val element = if (isView(node)) SurfaceElement(node.id.toLong(), Role.PLAIN) else way.element
        if (element != null && element !== above.element) near += element
    }

    /** What has parts of its own covers what is below it; a text or a picture lets the finger through. */
    private fun covers(node: SemanticsNode): Boolean = node.children.isNotEmpty()

    private fun isUnder(node: SemanticsNode): Boolean = spot in node.boundsInRoot && isInShape(node)

    private fun isNear(node: SemanticsNode): Boolean {
        val reach = if (isView(node)) enlarged(node) else node.touchBoundsInRoot
        return if (reach == node.boundsInRoot) isUnder(node) else spot in reach
    }

    /** Compose reaches for small Views as well, and does not say so. */
    private fun enlarged(node: SemanticsNode): Rect {
        val bounds = node.boundsInRoot
        val least = with(node.layoutInfo.density) { LEAST_TARGET.toPx() }
        val (x, y) = (least - bounds.width).coerceAtLeast(0f) / 2 to (least - bounds.height).coerceAtLeast(0f) / 2
        return Rect(bounds.left - x, bounds.top - y, bounds.right + x, bounds.bottom + y)
    }

    /** What is cut to a shape is not touched at the corners that it lacks. */
    private fun isInShape(node: SemanticsNode): Boolean {
        // Not by its key, which is newer than the oldest Compose that this runs with.
        for ((_, value) in node.config) {
            val shape = value as? Shape ?: continue
            val info = node.layoutInfo
            val outline = shape.createOutline(node.size.toSize(), info.layoutDirection, info.density)
            if (!outline.holds(spot - node.positionInRoot)) return false
        }
        return true
    }

    private fun Outline.holds(place: Offset): Boolean = when (this) {
        is Outline.Rectangle -> true
        is Outline.Rounded -> place in roundRect
        is Outline.Generic -> !Path().apply { addRect(Rect(place, NEARLY_A_POINT)) }.and(path).isEmpty
    }

    /** Whether this is an Android View that Compose embeds. */
    @OptIn(InternalComposeUiApi::class)
    private fun isView(node: SemanticsNode): Boolean =
        (node.layoutInfo as? InteroperableComposeUiNode)?.getInteropView() != null

    /** What holds on the way from the root down to an element. */
    private class Way(
        val isIgnored: Boolean = false,
        val role: Role? = null,
        val element: SurfaceElement? = null,
    ) {
        fun into(node: SemanticsNode): Way {
            val config = node.config
            val isIgnored = isIgnored || config.getOrNull(IgnoredKey) == true
            val given = config.getOrNull(RoleKey) ?: role
            val own = roleOf(config)
            val element = when {
                isIgnored -> SurfaceElement(idOf(node, config), Role.IGNORED)

                own != null -> SurfaceElement(
                    idOf(node, config),
                    given ?: own,
                    isEnabled = SemanticsProperties.Disabled !in config,
                )

                given != null -> SurfaceElement(idOf(node, config), given)

                else -> element
            }
            return Way(isIgnored, given, element)
        }
    }

    private companion object {
        const val NEARLY_A_POINT = 0.005f

        /** As Android's guidelines want it, and Compose's defaults have it. */
        val LEAST_TARGET = 48.dp
    }
}
