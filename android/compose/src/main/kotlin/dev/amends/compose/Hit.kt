package dev.amends.compose

import androidx.compose.ui.InternalComposeUiApi
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.node.InteroperableComposeUiNode
import androidx.compose.ui.semantics.SemanticsConfiguration
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsOwner
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import dev.amends.Role
import dev.amends.hooks.SurfaceElement

/** Which element of a composition is under a finger at [x], [y]. */
internal class Hit(x: Float, y: Float) {
    private val spot = Offset(x, y)
    private var isOnView = false

    fun on(owner: SemanticsOwner): SurfaceElement? {
        val root = owner.unmergedRootSemanticsNode
        // As Compose does: what is exactly there goes before what is small, near, and made larger for fingers.
        val found = topmost(root, Way(), isExact = true)
        if (isOnView) return null
        if (found != null && found.role != Role.PLAIN) return found
        return topmost(root, Way(), isExact = false)?.takeIf { it.role != Role.PLAIN } ?: found
    }

    private fun topmost(node: SemanticsNode, above: Way, isExact: Boolean): SurfaceElement? {
        val config = node.config
        val way = above.into(node, config)
        val children = node.children // the last of them is drawn on top
        var plain: SurfaceElement? = null
        for (index in children.indices.reversed()) {
            val child = children[index]
            if (!child.layoutInfo.isPlaced || !isUnder(child, isExact)) continue
            val found = topmost(child, way, isExact)
            if (isOnView) return null
            if (found == null) continue
            if (found.role != Role.PLAIN) return found
            plain = plain ?: found
            // What has parts of its own covers what is below it; a text or a picture lets the finger through.
            if (child.children.isNotEmpty() && (isExact || isUnder(child, isExact = true))) break
        }
        if (isExact && isView(node)) isOnView = true
        return way.element ?: plain ?: SurfaceElement(node.id.toLong(), Role.PLAIN)
    }

    private fun isUnder(node: SemanticsNode, isExact: Boolean): Boolean =
        spot in (if (isExact) node.boundsInRoot else node.touchBoundsInRoot)

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
        fun into(node: SemanticsNode, config: SemanticsConfiguration): Way {
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
}
