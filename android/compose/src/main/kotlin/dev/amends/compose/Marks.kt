package dev.amends.compose

import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.SemanticsPropertyKey
import androidx.compose.ui.semantics.semantics
import dev.amends.Role

internal val IgnoredKey = SemanticsPropertyKey<Boolean>("AmendsIgnored", { parent, _ -> parent })
internal val NameKey = SemanticsPropertyKey<String>("AmendsName", { parent, _ -> parent })
internal val RoleKey = SemanticsPropertyKey<Role>("AmendsRole", { parent, _ -> parent })

/** Taps on this element, and on all in it, are never judged: one that reacts where nobody sees it, a game's board. */
public fun Modifier.amendsIgnore(): Modifier = semantics { this[IgnoredKey] = true }

/**
 * Names this element, so that it is the same one over launches, and "that's fixed now" can be said of it at the next. A
 * name from the code, never one with personal data; it stays on the device. Without it the test tag is the name.
 */
public fun Modifier.amendsName(name: String): Modifier = semantics { this[NameKey] = name }

/**
 * What sort of element this is, where Compose has no word for it: the plus of a stepper ([Role.STEPPER], many quick taps are
 * its purpose), a canvas ([Role.SURFACE]), a wheel ([Role.PICKER]). Holds for all in it.
 */
public fun Modifier.amendsRole(role: Role): Modifier = semantics { this[RoleKey] = role }
