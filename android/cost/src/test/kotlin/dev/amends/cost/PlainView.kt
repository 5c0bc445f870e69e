package dev.amends.cost

import android.view.View
import org.robolectric.annotation.Implements

/**
 * Leaves `View` as Android has it. Robolectric's stand-in for it allocates where a phone reads a field (`getScrollX`: 76
 * bytes each time), and there would be more of that in what is measured than of anything else.
 */
@Implements(View::class)
internal class PlainView
