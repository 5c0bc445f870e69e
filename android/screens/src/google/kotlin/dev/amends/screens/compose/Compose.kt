package dev.amends.screens.compose

import android.graphics.Rect
import android.os.Bundle
import android.view.View
import androidx.activity.ComponentActivity
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.node.RootForTest
import androidx.compose.ui.platform.ComposeView
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsPropertyKey
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.semantics.semantics
import dev.amends.screens.Element
import dev.amends.screens.Elements
import dev.amends.screens.Family
import dev.amends.screens.Page
import dev.amends.screens.Phone
import dev.amends.screens.Screen
import dev.amends.screens.ScreensTest
import dev.amends.screens.Seen
import dev.amends.screens.Truth
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters
import kotlin.math.roundToInt
import androidx.compose.ui.geometry.Rect as Bounds

/** Screens of Compose. */
internal class ComposeScreensTest(screen: Screen) : ScreensTest(screen) {
    init {
        Elements.inSurface = ::marked
    }

    companion object {
        @JvmStatic
        @Parameters(name = "{0}")
        fun screens(): List<Array<Any>> = of(listOf(Choices, Scrolling, Over, Own, Mixed))
    }
}

/** Shows a screen of Compose. */
internal class ComposeActivity : ComponentActivity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        Screen.shown?.let { setContentView(it.fill(Page(this))) }
    }
}

internal abstract class ComposeFamily(name: String) : Family(name, ComposeActivity::class.java) {
    protected fun composed(
        name: String,
        content: @Composable Page.() -> Unit,
    ): Unit = screen(name) { composed { content() } }
}

/** A View with this content. */
internal fun Page.composed(content: @Composable () -> Unit): ComposeView = ComposeView(activity).apply {
    setContent { MaterialTheme { Surface(Modifier.fillMaxSize()) { content() } } }
}

private val ElementKey = SemanticsPropertyKey<Element>("ReferenceElement", { parent, _ -> parent })

/** Says that this element reacts. */
internal fun Modifier.reacts(name: String): Modifier = semantics { this[ElementKey] = Element(name, Truth.REACTS) }

/** Says that it reacts, but not at once. */
internal fun Modifier.reactsLate(name: String): Modifier = semantics {
    this[ElementKey] =
        Element(name, Truth.REACTS_LATE)
}

/** Says that nothing comes of a tap on it; its handler is [nothing]. */
internal fun Modifier.dead(name: String): Modifier = semantics {
    this[ElementKey] =
        Element(name, Truth.DEAD, isHeard = true)
}

/** A handler that does nothing. */
internal fun nothing() {
    Phone.current?.hear()
}

/** A button whose handler does nothing. */
@Composable
internal fun DeadButton(name: String): Unit = Button(::nothing, Modifier.dead(name)) { Text(name) }

/** A button that counts in [said]. */
@Composable
internal fun LiveButton(name: String, act: () -> Unit): Unit = Button(act, Modifier.reacts(name)) { Text(name) }

@Composable
internal fun Stacked(content: @Composable () -> Unit): Unit = Column { content() }

private fun marked(view: View): List<Seen>? {
    val root = view as? RootForTest ?: return null
    return ArrayList<Seen>().also { collect(root.semanticsOwner.unmergedRootSemanticsNode, it) }
}

private fun collect(node: SemanticsNode, into: MutableList<Seen>) {
    if (!node.layoutInfo.isPlaced) return
    node.config.getOrNull(ElementKey)?.let { element ->
        val bounds = node.boundsInWindow
        val inWindow = bounds.topLeft - node.boundsInRoot.topLeft
        if (!bounds.isEmpty) {
            into +=
                Seen(element, bounds.rounded(), node.touchBoundsInRoot.translate(inWindow).rounded())
        }
    }
    for (child in node.children) collect(child, into)
}

private fun Bounds.rounded() = Rect(left.roundToInt(), top.roundToInt(), right.roundToInt(), bottom.roundToInt())
