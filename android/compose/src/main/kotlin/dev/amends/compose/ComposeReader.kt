package dev.amends.compose

import android.view.View
import androidx.compose.ui.node.RootForTest
import dev.amends.hooks.SurfaceElement
import dev.amends.hooks.SurfaceReader

/**
 * Reads Compose by its semantics, as screen readers and tests do. The SDK finds it by its name when it starts: there is
 * nothing to call.
 */
public class ComposeReader : SurfaceReader {
    private val content = Content()

    override fun reads(view: View): Boolean = view is RootForTest

    override fun elementAt(view: View, x: Float, y: Float): SurfaceElement? =
        (view as? RootForTest)?.let { Hit(x, y).on(it.semanticsOwner) }

    override fun fingerprint(view: View): Long = (view as? RootForTest)?.let { content.of(it.semanticsOwner) } ?: 0

    override fun watch(view: View, changed: () -> Unit): SurfaceReader.Watch = ComposeWatch({
        fingerprint(view)
    }, changed)
}
