package dev.amends

import android.content.Context
import android.widget.FrameLayout

/**
 * The root of what the SDK itself draws into a window of the app. What happens in and to such a view is no evidence of
 * what the app does: hooks leave it alone, its touches, layout and frames. It covers no more than what is seen of it.
 *
 * A class, since each view of a window is asked whether it is one: for an interface that takes ten times as long.
 */
internal abstract class OwnView(context: Context) : FrameLayout(context)
