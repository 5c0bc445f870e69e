package dev.amends.compose

import androidx.compose.runtime.Composable
import androidx.lifecycle.compose.LifecycleResumeEffect
import dev.amends.Amends

/**
 * While this is composed, and each time it comes back to the front, the person is on the screen [name]: a stable name such as
 * "Checkout", never an id or a title with personal data. Of several in each other the innermost counts. Does nothing before
 * [Amends.start].
 */
@Composable
public fun TrackScreen(name: String) {
    LifecycleResumeEffect(name) {
        Amends.started?.screen(name)
        onPauseOrDispose {}
    }
}

/** [content] on a screen of this [name]: see [TrackScreen]. */
@Composable
public fun AmendsScreen(name: String, content: @Composable () -> Unit) {
    TrackScreen(name)
    content()
}
