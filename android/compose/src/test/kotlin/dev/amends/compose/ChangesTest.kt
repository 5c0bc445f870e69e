package dev.amends.compose

import androidx.compose.animation.animateColorAsState
import androidx.compose.animation.core.Animatable
import androidx.compose.animation.core.animateFloat
import androidx.compose.animation.core.animateFloatAsState
import androidx.compose.animation.core.infiniteRepeatable
import androidx.compose.animation.core.rememberInfiniteTransition
import androidx.compose.animation.core.tween
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsPressedAsState
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.Button
import androidx.compose.material3.Card
import androidx.compose.material3.Checkbox
import androidx.compose.material3.ElevatedButton
import androidx.compose.material3.IconButton
import androidx.compose.material3.ListItem
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.unit.dp
import dev.amends.robolectric.idle
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

/** What counts as an answer to a tap, and what a finger does by itself. */
internal class ChangesTest : OnPhone() {
    private fun assertDead(content: @Composable (Modifier) -> Unit) {
        for (heldMs in listOf(20L, 60, 250)) {
            Stage { content(Modifier.testTag("it")) }.use {
                assertFalse("held for $heldMs ms", it.tap("it", heldMs = heldMs))
                assertFalse("again, held for $heldMs ms", it.tap("it", heldMs = heldMs))
            }
        }
    }

    private fun assertAnswers(content: @Composable (Modifier) -> Unit) {
        for (heldMs in listOf(20L, 60, 250)) {
            Stage { content(Modifier.testTag("it")) }.use {
                assertTrue("held for $heldMs ms", it.tap("it", heldMs = heldMs))
                assertTrue("again, held for $heldMs ms", it.tap("it", heldMs = heldMs))
            }
        }
    }

    @Composable
    private fun box(modifier: Modifier, colour: Color, onClick: () -> Unit) =
        Box(modifier.size(100.dp).background(colour).clickable(onClick = onClick))

    @Test
    fun ripplesAndPressedLooksAreNone() {
        assertDead { Button({}, it) { Text("Pay") } }
        assertDead { ElevatedButton({}, it) { Text("Pay") } }
        assertDead { IconButton({}, it) { Text("+") } }
        assertDead { Card({}, it) { Text("A card") } }
        assertDead { Box(it.size(80.dp).combinedClickable(onLongClick = {}) {}) }
        assertDead { Switch(false, {}, it) }
        assertDead { Checkbox(false, {}, it) }
    }

    @Test
    fun inAListThatWaitsForAScrollTheyAreNoneToo() {
        assertDead { tag -> LazyColumn { item { ElevatedButton({}, tag) { Text("Pay") } } } }
        assertDead { tag -> LazyColumn { item { ListItem({ Text("row") }, tag.clickable {}) } } }
    }

    @Test
    fun anOwnPressedLookIsNone() = assertDead {
        val source = remember { MutableInteractionSource() }
        val isPressed by source.collectIsPressedAsState()
        val colour by animateColorAsState(if (isPressed) Color.Red else Color.Blue)
        Box(it.size(100.dp).background(colour).clickable(source, indication = null) {})
    }

    @Test
    fun whatRunsByItselfIsNone() = assertDead {
        val shimmer by rememberInfiniteTransition().animateFloat(0f, 1f, infiniteRepeatable(tween(700)))
        Column {
            Box(Modifier.size(40.dp).graphicsLayer { alpha = shimmer })
            Button({}, it) { Text("Pay") }
        }
    }

    @Test
    fun aCursorThatBlinksIsNone() = Stage {
        var name by remember { mutableStateOf("") }
        Column {
            OutlinedTextField(name, { name = it }, Modifier.testTag("field"))
            Button({}, Modifier.testTag("it")) { Text("Pay") }
        }
    }.use {
        it.tap("field")
        // Some of these fall together with its coming or going.
        for (nth in 1..6) {
            idle(170)
            assertFalse("tap $nth", it.tap("it"))
        }
    }

    @Test
    fun textIsOne() = assertAnswers {
        var times by remember { mutableStateOf(0) }
        Button({ times++ }, it) { Text("paid $times times") }
    }

    @Test
    fun stateIsOne() {
        assertAnswers {
            var isOn by remember { mutableStateOf(false) }
            Switch(isOn, { isOn = it }, it)
        }
    }

    @Test
    fun anElementThatComesLateIsOne() = assertAnswers {
        var lines by remember { mutableStateOf(0) }
        val scope = rememberCoroutineScope()
        Column {
            Button({
                scope.launch {
                    delay(1_500)
                    lines++
                }
            }, it) { Text("More") }
            for (line in 1..lines) Text("line $line")
        }
    }

    @Test
    fun colourAloneIsOne() = assertAnswers {
        var isRed by remember { mutableStateOf(false) }
        box(it, if (isRed) Color.Red else Color.Blue) { isRed = !isRed }
    }

    @Test
    fun colourOutOfAFlowIsOne() = assertAnswers {
        val flow = remember { MutableStateFlow(false) }
        val isRed by flow.collectAsState()
        box(it, if (isRed) Color.Red else Color.Blue) { flow.value = !flow.value }
    }

    @Test
    fun colourThatChangesLateIsOne() = assertAnswers {
        var isRed by remember { mutableStateOf(false) }
        val scope = rememberCoroutineScope()
        box(it, if (isRed) Color.Red else Color.Blue) {
            scope.launch {
                delay(2_000)
                isRed = !isRed
            }
        }
    }

    @Test
    fun aFlashIsOne() = assertAnswers {
        val light = remember { Animatable(1f) }
        val scope = rememberCoroutineScope()
        Box(
            it.size(100.dp).graphicsLayer { alpha = light.value }.background(Color.Blue).clickable {
                scope.launch {
                    light.animateTo(0.2f, tween(300))
                    light.animateTo(1f, tween(300))
                }
            },
        )
    }

    @Test
    fun fadingIsOne() = assertAnswers {
        var isFaint by remember { mutableStateOf(false) }
        val alpha by animateFloatAsState(if (isFaint) 0.3f else 1f)
        Box(
            it.size(100.dp).graphicsLayer {
                this.alpha = alpha
            }.background(Color.Blue).clickable { isFaint = !isFaint },
        )
    }

    @Test
    fun anAnswerInAListIsOne() = assertAnswers { tag ->
        var chosen by remember { mutableStateOf(-1) }
        LazyColumn {
            items(30) { row ->
                val colour = if (row == chosen) Color.Red else Color.White
                val modifier = if (row == 2) tag else Modifier
                Box(modifier.size(60.dp).background(colour).clickable { chosen = if (chosen == row) -1 else row })
            }
        }
    }

    @Test
    fun aDialogsButtonIsWatchedInItsWindow() {
        for (isDead in listOf(true, false)) {
            Stage {
                var times by remember { mutableStateOf(0) }
                val act = { if (!isDead) times++ }
                AlertDialog({}, { Button(act, Modifier.testTag("yes")) { Text("Yes $times") } })
            }.use {
                val changed = it.tap("yes", it.dialog.window!!.decorView)
                if (isDead) assertFalse(changed) else assertTrue(changed)
            }
        }
    }

    @Test
    fun aWatchThatIsClosedIsSilent() = Stage {
        var times by remember { mutableStateOf(0) }
        Button({ times++ }, Modifier.testTag("it")) { Text("paid $times times") }
    }.use {
        var changes = 0
        it.reader.watch(it.surface) { changes++ }.close()
        it.tap("it")
        assertTrue("told $changes times", changes == 0)
    }
}
