package dev.amends.compose

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsConfiguration
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import dev.amends.Role

/** What sort of element this is; `null` if a tap on it does nothing by itself. */
internal fun roleOf(config: SemanticsConfiguration): Role? = when {
    SemanticsActions.SetText in config || SemanticsProperties.EditableText in config -> Role.TEXT_FIELD
    SemanticsActions.SetProgress in config -> Role.SLIDER
    SemanticsActions.OnClick !in config -> null
    SemanticsProperties.LinkTestMarker in config -> Role.LINK
    else -> clickable(config)
}

private fun clickable(config: SemanticsConfiguration): Role {
    val isSelected = config.getOrNull(SemanticsProperties.Selected)
    // The tab that one is on, the radio button that is chosen: a further tap has nothing to do.
    if (isSelected == true) return Role.SEGMENTED
    // By their names: some are newer than the oldest Compose that this runs with.
    return when (config.getOrNull(SemanticsProperties.Role)?.toString()) {
        "Checkbox", "Switch", "RadioButton" -> Role.TOGGLE
        "Tab" -> Role.TAB
        "ValuePicker" -> Role.PICKER
        else -> if (SemanticsProperties.ToggleableState in config) Role.TOGGLE else Role.BUTTON
    }
}

/** The element's number: of its name, or else that which Compose gave it. */
internal fun idOf(node: SemanticsNode, config: SemanticsConfiguration): Long {
    val name = config.getOrNull(NameKey) ?: config.getOrNull(SemanticsProperties.TestTag) ?: return node.id.toLong()
    var hash = -0x340d631b7bdddcdbL // FNV-1a, so that two names rarely meet
    for (letter in name) hash = (hash xor letter.code.toLong()) * 0x100000001b3L
    return hash
}
