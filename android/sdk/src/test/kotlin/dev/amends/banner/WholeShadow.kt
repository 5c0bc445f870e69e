package dev.amends.banner

import android.graphics.Outline
import android.view.View
import android.view.ViewOutlineProvider

/** Without a graphics processor the shadow of what is opaque is torn at its corners. */
internal object WholeShadow : ViewOutlineProvider() {
    override fun getOutline(view: View, outline: Outline) {
        BACKGROUND.getOutline(view, outline)
        outline.alpha = 0.99f
    }
}
