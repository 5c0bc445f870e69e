package dev.amends.screens.compose

import androidx.compose.animation.animateColorAsState
import androidx.compose.animation.core.Animatable
import androidx.compose.animation.core.animateFloat
import androidx.compose.animation.core.animateFloatAsState
import androidx.compose.animation.core.infiniteRepeatable
import androidx.compose.animation.core.rememberInfiniteTransition
import androidx.compose.animation.core.tween
import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.gestures.Orientation
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.gestures.draggable
import androidx.compose.foundation.gestures.rememberDraggableState
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.interaction.collectIsPressedAsState
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Button
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.material3.Text
import androidx.compose.runtime.collectAsState
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.unit.IntOffset
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.launch
import kotlin.math.roundToInt

internal object Own : ComposeFamily("drawn, dragged, slow and small answers (Compose)") {
    init {
        composed("board that the app draws") {
            val spots = remember { mutableStateListOf<Offset>() }
            Column {
                Canvas(
                    Modifier.fillMaxWidth().height(300.dp).reacts("board").pointerInput(Unit) {
                        detectTapGestures {
                            spots +=
                                it
                        }
                    },
                ) {
                    for (spot in spots) drawCircle(Color.Red, 20f, spot)
                }
                LiveButton("Draw") { spots += Offset(spots.size * 9f, 40f) }
                DeadButton("Hint")
            }
        }
        composed("things that are dragged") {
            var x by remember { mutableFloatStateOf(0f) }
            var times by remember { mutableIntStateOf(0) }
            Column {
                Box(
                    Modifier.offset { IntOffset(x.roundToInt(), 0) }.size(120.dp).background(Color.Cyan).reacts("thing")
                        .draggable(rememberDraggableState { x += it }, Orientation.Horizontal).clickable { times++ },
                ) { Text("dragged, $times") }
                DeadButton("Undo")
            }
        }
        composed("answers that come late") {
            var said by remember { mutableIntStateOf(0) }
            val scope = rememberCoroutineScope()
            Column {
                Text("$said")
                for (ms in listOf(100L, 900, 1_900, 2_600)) {
                    val after = {
                        later(ms) { said++ }
                    }
                    Button(after, Modifier.reactsLate("after $ms ms")) { Text("after $ms ms") }
                }
                val flow = remember { MutableStateFlow(0) }
                val count by flow.collectAsState()
                Button({
                    scope.launch {
                        delay(700)
                        flow.value++
                    }
                }, Modifier.reactsLate("flow")) { Text("flow $count") }
                DeadButton("never")
            }
        }
        composed("colour, light and a turn") {
            var isRed by remember { mutableStateOf(false) }
            var isFaint by remember { mutableStateOf(false) }
            var turns by remember { mutableIntStateOf(0) }
            val flash = remember { Animatable(1f) }
            val scope = rememberCoroutineScope()
            val alpha by animateFloatAsState(if (isFaint) 0.3f else 1f)
            val angle by animateFloatAsState(turns * 90f)
            Column {
                Box(
                    Modifier.size(80.dp).background(if (isRed) Color.Red else Color.Blue).reacts("colour").clickable {
                        isRed =
                            !isRed
                    },
                )
                Box(
                    Modifier.size(80.dp).graphicsLayer {
                        this.alpha = alpha
                    }.background(Color.Blue).reacts("fade").clickable {
                        isFaint =
                            !isFaint
                    },
                )
                Box(
                    Modifier.size(80.dp).graphicsLayer {
                        rotationZ = angle
                    }.background(Color.Green).reacts("turn").clickable { turns++ },
                )
                Box(
                    Modifier.size(80.dp).graphicsLayer {
                        this.alpha = flash.value
                    }.background(Color.Gray).reacts("flash").clickable {
                        scope.launch {
                            flash.animateTo(0.2f, tween(300))
                            flash.animateTo(1f, tween(300))
                        }
                    },
                )
                DeadButton("Nothing")
            }
        }
        composed("looks of a pressed button") {
            var times by remember { mutableIntStateOf(0) }
            Column {
                Text("$times")
                for (isDead in listOf(false, true)) {
                    val source = remember { MutableInteractionSource() }
                    val isPressed by source.collectIsPressedAsState()
                    val scale by animateFloatAsState(if (isPressed) 0.9f else 1f)
                    val colour by animateColorAsState(if (isPressed) Color.Red else Color.Blue)
                    val mark = if (isDead) Modifier.dead("dead") else Modifier.reacts("alive")
                    Box(
                        mark.size(100.dp).graphicsLayer {
                            scaleX = scale
                            scaleY = scale
                        }.background(colour).clickable(source, indication = null) {
                            if (isDead) nothing() else times++
                        },
                    )
                }
            }
        }
        composed("something that always moves") {
            val shimmer by rememberInfiniteTransition().animateFloat(0f, 1f, infiniteRepeatable(tween(700)))
            var times by remember { mutableIntStateOf(0) }
            Column {
                CircularProgressIndicator()
                Box(Modifier.size(60.dp).graphicsLayer { this.alpha = shimmer }.background(Color.Gray))
                Text("$times")
                LiveButton("Do") { times++ }
                DeadButton("Stop")
            }
        }
        composed("two answers to one hasty finger") {
            var paid by remember { mutableIntStateOf(0) }
            var count by remember { mutableIntStateOf(0) }
            var isBusy by remember { mutableStateOf(false) }
            Column {
                Text("paid $paid, $count")
                LiveButton("Pay") {
                    if (isBusy) return@LiveButton
                    isBusy = true
                    paid++
                    later(700) { isBusy = false }
                }
                LiveButton("+") { count++ }
                val flow = remember { MutableStateFlow(0) }
                val flown by flow.collectAsState()
                Text("in a model: $flown")
                LiveButton("+ in a model") { flow.value++ }
                DeadButton("Refund")
            }
        }
        composed("requests that nobody sees") {
            var sent by remember { mutableIntStateOf(0) }
            Column {
                Text("sent $sent")
                Button({ request(4_000) { sent++ } }, Modifier.reactsLate("send")) { Text("Send") }
                DeadButton("Undo")
            }
        }
    }
}
