package dev.amends.screens.compose

import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.AssistChip
import androidx.compose.material3.Checkbox
import androidx.compose.material3.FilterChip
import androidx.compose.material3.IconToggleButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.PrimaryTabRow
import androidx.compose.material3.RadioButton
import androidx.compose.material3.Slider
import androidx.compose.material3.Switch
import androidx.compose.material3.Tab
import androidx.compose.material3.Text
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.unit.dp

internal object Choices : ComposeFamily("switches, sliders, tabs, fields (Compose)") {
    init {
        composed("switches, boxes and radio buttons") {
            var isOn by remember { mutableStateOf(false) }
            var isGift by remember { mutableStateOf(true) }
            var size by remember { mutableIntStateOf(0) }
            Stacked {
                Switch(isOn, { isOn = it }, Modifier.reacts("switch"))
                Checkbox(isGift, { isGift = it }, Modifier.reacts("box"))
                Row { for (one in 0..2) RadioButton(size == one, { size = one }, Modifier.reacts("radio $one")) }
                Switch(false, { nothing() }, Modifier.dead("stubborn switch"))
                DeadButton("Save")
            }
        }
        composed("sliders") {
            var volume by remember { mutableFloatStateOf(0.3f) }
            Stacked {
                Text("${(volume * 100).toInt()}")
                Slider(volume, { volume = it }, Modifier.padding(20.dp).reacts("slider"))
                LiveButton("Mute") { volume = if (volume == 0f) 0.5f else 0f }
                DeadButton("Test the sound")
            }
        }
        composed("tabs") {
            var tab by remember { mutableIntStateOf(0) }
            Stacked {
                PrimaryTabRow(tab) {
                    for (one in 0..2) {
                        Tab(tab == one, {
                            tab = one
                        }, Modifier.reacts("tab $one")) { Text("tab $one", Modifier.padding(16.dp)) }
                    }
                }
                Text("page $tab")
                DeadButton("Edit")
            }
        }
        composed("chips") {
            var tags by remember { mutableStateOf(setOf<Int>()) }
            var isLoved by remember { mutableStateOf(false) }
            Stacked {
                Row {
                    for (tag in 0..2) {
                        FilterChip(tag in tags, {
                            tags = if (tag in
                                tags
                            ) {
                                tags - tag
                            } else {
                                tags + tag
                            }
                        }, { Text("tag $tag") }, Modifier.reacts("tag"))
                    }
                }
                AssistChip(::nothing, { Text("Help") }, Modifier.dead("help"))
                IconToggleButton(isLoved, { isLoved = it }, Modifier.reacts("love")) { Text(if (isLoved) "♥" else "♡") }
            }
        }
        composed("fields") {
            var name by remember { mutableStateOf("") }
            var hits by remember { mutableIntStateOf(0) }
            Stacked {
                OutlinedTextField(
                    name,
                    { name = it },
                    Modifier.reacts("search"),
                    keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
                    keyboardActions = KeyboardActions(onSearch = { hits++ }),
                    singleLine = true,
                )
                Text("$hits hits")
                LiveButton("Clear") { name = if (name.isEmpty()) "again" else "" }
                DeadButton("Filter")
            }
        }
    }
}
