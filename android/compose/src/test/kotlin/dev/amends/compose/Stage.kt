package dev.amends.compose

import android.app.Dialog
import android.view.View
import android.view.ViewGroup
import androidx.activity.ComponentActivity
import androidx.activity.compose.setContent
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.node.RootForTest
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import dev.amends.hooks.SurfaceElement
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import org.robolectric.Robolectric
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowDialog

/** An activity with this content, and its reader: what the hooks do with it. */
internal class Stage(content: @Composable () -> Unit) : AutoCloseable {
    private val controller: ActivityController<ComponentActivity> = Robolectric.buildActivity(
        ComponentActivity::class.java,
    )
    val activity: ComponentActivity = controller.get()
    val reader = ComposeReader()

    init {
        steadyFrames()
        controller.setup()
        activity.setContent { MaterialTheme { Surface { content() } } }
        idle(100)
    }

    val decor: View get() = activity.window.decorView
    val surface: View get() = surfaceIn(decor)

    /** The dialog that is open. */
    val dialog: Dialog get() = ShadowDialog.getLatestDialog()

    fun surfaceIn(root: View): View = all(root).first { reader.reads(it) }

    fun node(tag: String, surface: View = this.surface): SemanticsNode {
        val root = (surface as RootForTest).semanticsOwner.unmergedRootSemanticsNode
        return all(root).first { it.config.getOrNull(SemanticsProperties.TestTag) == tag }
    }

    /** The element under a finger in the middle of what has this tag. */
    fun element(tag: String, surface: View = this.surface): SurfaceElement? {
        val middle = node(tag, surface).boundsInRoot.center
        return reader.elementAt(surface, middle.x, middle.y)
    }

    /** Taps it, watched as the hooks do it, and says whether the screen changed within 3 s. */
    fun tap(tag: String, root: View = decor, heldMs: Long = 60): Boolean {
        var hasChanged = false
        val surface = surfaceIn(root)
        val middle = node(tag, surface).boundsInRoot.center
        val at = IntArray(2).also { surface.getLocationInWindow(it) }
        val finger = Finger(root)
        reader.watch(surface) { hasChanged = true }.use { watch ->
            finger.down(at[0] + middle.x, at[1] + middle.y)
            idle(heldMs)
            watch.lifting()
            finger.up(at[0] + middle.x, at[1] + middle.y)
            watch.lifted()
            idle(3_000)
        }
        return hasChanged
    }

    override fun close() {
        controller.pause().stop().destroy()
        // Compose's dispatcher outlives the test, the looper's messages do not: one that waits for a lost message is stuck.
        idle(100)
    }

    private fun all(view: View): Sequence<View> = sequence {
        yield(view)
        if (view is ViewGroup) for (index in 0 until view.childCount) yieldAll(all(view.getChildAt(index)))
    }

    private fun all(node: SemanticsNode): Sequence<SemanticsNode> = sequence {
        yield(node)
        for (child in node.children) yieldAll(all(child))
    }
}
