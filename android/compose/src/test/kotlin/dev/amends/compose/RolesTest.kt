package dev.amends.compose

import android.widget.TextView
import androidx.compose.foundation.Canvas
import androidx.compose.foundation.clickable
import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.CutCornerShape
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Button
import androidx.compose.material3.Card
import androidx.compose.material3.Checkbox
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.ListItem
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.PrimaryTabRow
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Slider
import androidx.compose.material3.Surface
import androidx.compose.material3.Switch
import androidx.compose.material3.Tab
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.text.LinkAnnotation
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.withLink
import androidx.compose.ui.unit.dp
import androidx.compose.ui.viewinterop.AndroidView
import dev.amends.Role
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** Which element a tap would set off, and what sort it is. */
internal class RolesTest : OnPhone() {
    private fun roleOf(content: @Composable (Modifier) -> Unit): Role? =
        Stage { content(Modifier.testTag("it")) }.use { it.element("it")?.role }

    @Test
    fun whatActsWhenTappedIsAButton() {
        assertEquals(Role.BUTTON, roleOf { Button({}, it) { Text("Pay") } })
        assertEquals(Role.BUTTON, roleOf { Card({}, it) { Text("A card") } })
        assertEquals(Role.BUTTON, roleOf { ListItem({ Text("A row") }, it.clickable {}) })
        assertEquals(Role.BUTTON, roleOf { Box(it.size(80.dp).combinedClickable(onLongClick = {}) {}) })
    }

    @Test
    fun aTextInAButtonIsTheButton() = Stage {
        Column { Button({}, Modifier.testTag("button")) { Text("Pay", Modifier.testTag("text")) } }
    }.use {
        assertEquals(it.element("button")?.id, it.element("text")?.id)
    }

    @Test
    fun togglesAreToggles() {
        assertEquals(Role.TOGGLE, roleOf { Switch(false, {}, it) })
        assertEquals(Role.TOGGLE, roleOf { Checkbox(true, {}, it) })
        assertEquals(Role.TOGGLE, roleOf { RadioButton(false, {}, it) })
    }

    @Test
    fun whatIsChosenAlreadyIsNotJudged() {
        assertEquals(Role.SEGMENTED, roleOf { RadioButton(true, {}, it) })
        assertEquals(Role.SEGMENTED, roleOf { PrimaryTabRow(0) { Tab(true, {}, it) { Text("One") } } })
        assertEquals(Role.TAB, roleOf { PrimaryTabRow(0) { Tab(false, {}, it) { Text("One") } } })
    }

    @Test
    fun fieldsAndSlidersAreNamedSo() {
        assertEquals(Role.TEXT_FIELD, roleOf { OutlinedTextField("typed", {}, it) })
        assertEquals(Role.SLIDER, roleOf { Slider(0.4f, {}, it) })
    }

    @Test
    fun linksInTextAreLinks() = Stage {
        Text(
            buildAnnotatedString {
                withLink(LinkAnnotation.Clickable("terms") {}) { append("Terms of use") }
            },
            Modifier.testTag("it"),
        )
    }.use {
        assertEquals(Role.LINK, it.element("it")?.role)
    }

    @Test
    fun whatDoesNothingIsPlain() {
        assertEquals(Role.PLAIN, roleOf { Text("A label", it) })
        assertEquals(Role.PLAIN, roleOf { CircularProgressIndicator(it) })
        assertEquals(Role.PLAIN, roleOf { LazyColumn(it) { items(50) { Text("row") } } })
        assertEquals(Role.PLAIN, roleOf { Canvas(it.size(200.dp).pointerInput(Unit) { detectTapGestures {} }) {} })
        assertEquals(Role.PLAIN, roleOf { Box(it) { Button({}, Modifier.clearAndSetSemantics {}) { Text("Hidden") } } })
    }

    @Test
    fun disabledIsSaid() {
        Stage { Button({}, Modifier.testTag("it"), enabled = false) { Text("Pay") } }.use {
            assertEquals(Role.BUTTON, it.element("it")?.role)
            assertFalse(it.element("it")!!.isEnabled)
        }
        Stage { Button({}, Modifier.testTag("it")) { Text("Pay") } }.use { assertTrue(it.element("it")!!.isEnabled) }
    }

    @Test
    fun ignoredHoldsForAllInside() {
        assertEquals(Role.IGNORED, roleOf { Button({}, it.amendsIgnore()) { Text("Pay") } })
        assertEquals(Role.IGNORED, roleOf { Box(Modifier.amendsIgnore()) { Button({}, it) { Text("Pay") } } })
    }

    @Test
    fun aGivenRoleGoesBeforeComposes() {
        assertEquals(Role.STEPPER, roleOf { Button({}, it.amendsRole(Role.STEPPER)) { Text("+") } })
        assertEquals(Role.SURFACE, roleOf { Canvas(it.size(200.dp).amendsRole(Role.SURFACE)) {} })
        assertEquals(Role.STEPPER, roleOf { Box(Modifier.amendsRole(Role.STEPPER)) { Button({}, it) { Text("+") } } })
    }

    @Test
    fun aNameOutlivesTheElement() {
        fun id(
            name: String,
        ) = Stage { Button({}, Modifier.amendsName(name).testTag("it")) { Text("Pay") } }.use { it.element("it")?.id }
        assertEquals(id("pay"), id("pay"))
        assertNotEquals(id("pay"), id("pai"))
    }

    @Test
    fun whatIsOnTopIsTapped() = Stage {
        Box {
            Button({}, Modifier.testTag("below")) { Text("Pay") }
            Surface(Modifier.fillMaxSize()) { Text("A page of its own") }
        }
    }.use {
        assertEquals(Role.PLAIN, it.element("below")?.role)
    }

    @Test
    fun aLabelLaidOverAnElementLetsTheFingerThrough() = Stage {
        Box(Modifier.size(200.dp)) {
            Box(Modifier.matchParentSize().testTag("it").clickable {})
            Text("Tap here")
        }
    }.use {
        assertEquals(Role.BUTTON, it.element("it")?.role)
    }

    @Test
    fun aSmallElementIsLargerForFingers() = Stage {
        Box(Modifier.size(100.dp)) { Box(Modifier.size(20.dp).testTag("it").clickable {}) }
    }.use {
        val bounds = it.node("it").boundsInRoot
        assertEquals(Role.BUTTON, it.reader.elementAt(it.surface, bounds.right + 8, bounds.center.y)?.role)
        assertNotEquals(Role.BUTTON, it.reader.elementAt(it.surface, bounds.right + 80, bounds.center.y)?.role)
    }

    /** Whether the reader says of no place that it is one to tap where Compose does not take a tap for a click. */
    private fun assertTappedWhereSaid(content: @Composable (Modifier, () -> Unit) -> Unit) {
        var clicks = 0
        Stage { Box(Modifier.padding(40.dp)) { content(Modifier.testTag("it")) { clicks++ } } }.use {
            val reach = it.node("it").touchBoundsInRoot.inflate(6f)
            val finger = Finger(it.decor)
            for (row in 0..10) {
                for (column in 0..10) {
                    val x = reach.left + reach.width * column / 10
                    val y = reach.top + reach.height * row / 10
                    val isSaid = it.reader.elementAt(it.surface, x, y)?.role == Role.BUTTON
                    val before = clicks
                    finger.down(x, y)
                    idle(20)
                    finger.up(x, y)
                    idle(1)
                    assertFalse("said at $x, $y of $reach", isSaid && clicks == before)
                }
            }
            assertTrue("only $clicks clicks", clicks > 40)
        }
    }

    @Test
    fun whatIsRoundOrSmallIsTappedAsComposeDoesIt() {
        assertTappedWhereSaid { modifier, act -> Button(act, modifier) { Text("Pay") } }
        assertTappedWhereSaid { modifier, act -> Box(modifier.size(60.dp).clip(CircleShape).clickable(onClick = act)) }
        assertTappedWhereSaid {
            modifier,
            act,
            ->
            Box(modifier.size(60.dp).clip(CutCornerShape(20.dp)).clickable(onClick = act))
        }
        assertTappedWhereSaid { modifier, act -> Box(modifier.size(20.dp).clip(CircleShape).clickable(onClick = act)) }
    }

    @Test
    fun rowsOfAListAreElementsOfTheirOwn() = Stage {
        LazyColumn { items(50) { ListItem({ Text("row $it") }, Modifier.testTag("row$it").clickable {}) } }
    }.use {
        assertEquals(Role.BUTTON, it.element("row3")?.role)
        assertNotEquals(it.element("row3")?.id, it.element("row4")?.id)
    }

    @Test
    fun viewsInsideAreLeftToTheHooks() = Stage {
        Column {
            AndroidView({ TextView(it).apply { text = "a View" } }, Modifier.testTag("view").size(100.dp))
            Button({}, Modifier.testTag("button")) { Text("Pay") }
        }
    }.use {
        assertNull(it.element("view"))
        assertEquals(Role.BUTTON, it.element("button")?.role)
    }

    @Test
    fun dialogsAreReadInTheirOwnWindow() = Stage {
        AlertDialog({}, { Button({}, Modifier.testTag("yes")) { Text("Yes") } }, title = { Text("Sure?") })
    }.use {
        val surface = it.surfaceIn(it.dialog.window!!.decorView)
        assertEquals(Role.BUTTON, it.element("yes", surface)?.role)
    }
}
