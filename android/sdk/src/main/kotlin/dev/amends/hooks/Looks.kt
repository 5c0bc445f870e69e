package dev.amends.hooks

import android.content.res.ColorStateList
import android.graphics.Matrix
import android.graphics.drawable.Animatable
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.text.Editable
import android.text.Spanned
import android.view.View
import android.view.animation.Animation
import android.widget.Checkable
import android.widget.ImageView
import android.widget.ProgressBar
import android.widget.TextView

/** Reduces what one view shows, without what is in it, to a number. Nothing of how it looks because it is pressed. */
internal class Looks {
    private val matrix = FloatArray(MATRIX_SIZE)

    /** Whether a picture that moves by itself was met: some do so without a frame that anybody hears of. */
    var hasRunning = false

    private val checkable = Trait.type(Checkable::class.java)
    private val animatable = Trait.type(Animatable::class.java)

    fun of(view: View): Long = fold(withoutScale(view), pack(view.scaleX, view.scaleY))

    /** All but how it is scaled. */
    fun withoutScale(view: View): Long {
        var print = fold(SEED, pack(view.left, view.top))
        print = fold(print, pack(view.right, view.bottom))
        print = fold(print, pack(view.scrollX + stateOf(view), view.scrollY))
        print = fold(print, pack(view.translationX, view.translationY))
        print = fold(print, pack(view.rotation, view.alpha))
        print = fold(print, pack(view.rotationX, view.rotationY))
        print = fold(print, pack(hashOf(view.background), hashOf(view.backgroundTintList)))
        print = addAnimation(print, view.animation)
        return when (view) {
            is TextView -> addText(print, view)
            is ImageView -> addImage(print, view)
            is ProgressBar -> fold(print, pack(view.progress, if (view.isIndeterminate) 1 else 0))
            else -> print
        }
    }

    /** The old sort moves nothing but pixels. One without end is there already, and tells nothing. */
    private fun addAnimation(number: Long, animation: Animation?): Long {
        if (animation == null || animation.repeatCount == Animation.INFINITE) return number
        return fold(fold(number, System.identityHashCode(animation).toLong()), animation.startTime)
    }

    private fun addText(number: Long, view: TextView): Long {
        // A field under the fingers: whether there is anything in it. Sending a line empties it, typing changes nothing.
        if (view.isFocused && view.onCheckIsTextEditor()) return fold(number, if (view.length() == 0) 0 else 1)
        var print = fold(number, pack(hashOf(view.text), view.textColors.defaultColor))
        print = fold(print, pack(view.paintFlags, System.identityHashCode(view.typeface)))
        print = fold(print, view.textSize.toRawBits().toLong())
        if (hasIcons(view)) {
            for (icon in view.compoundDrawables) print = fold(print, hashOf(icon).toLong())
        }
        if (view.hint != null) print = fold(print, hashOf(view.hint).toLong())
        return if (view.error == null) print else fold(print, hashOf(view.error).toLong())
    }

    /** Asked so, since to ask for the icons makes an array for each text. Those at its start and end are among the four. */
    private fun hasIcons(view: TextView): Boolean =
        view.compoundPaddingLeft != view.paddingLeft || view.compoundPaddingRight != view.paddingRight ||
            view.compoundPaddingTop != view.paddingTop || view.compoundPaddingBottom != view.paddingBottom

    private fun addImage(number: Long, view: ImageView): Long {
        var print = fold(number, pack(hashOf(view.drawable), view.imageAlpha))
        print = fold(print, pack(System.identityHashCode(view.colorFilter), hashOf(view.imageTintList)))
        val matrix: Matrix = view.imageMatrix ?: return print
        matrix.getValues(this.matrix)
        for (value in this.matrix) print = fold(print, value.toRawBits().toLong())
        return print
    }

    /** A string knows its hash; what is edited is read up to a length that fits any name. */
    private fun hashOf(text: CharSequence?): Int {
        if (text == null) return 0
        if (text is String) return text.hashCode()
        // Marked words, colours: set anew, it is another one.
        if (text is Spanned && text !is Editable) return System.identityHashCode(text)
        var hash = text.length
        for (index in 0 until minOf(text.length, MOST_LETTERS)) hash = hash * 31 + text[index].code
        return hash
    }

    private fun stateOf(view: View): Int {
        var state = 0
        if (view.isEnabled) state = state or (1 shl 28)
        if (view.isSelected) state = state or (1 shl 29)
        if (view.isActivated) state = state or (1 shl 30)
        if (checkable.isOf(view) && (view as Checkable).isChecked) state = state or (1 shl 31)
        return state
    }

    private fun hashOf(drawable: Drawable?): Int = when (drawable) {
        null -> 0
        is ColorDrawable -> drawable.color
        is GradientDrawable -> System.identityHashCode(drawable) + (drawable.color?.defaultColor ?: 0)
        else -> System.identityHashCode(drawable) * 31 + phaseOf(drawable)
    }

    private fun phaseOf(drawable: Drawable): Int {
        if (!animatable.isOf(drawable)) return drawable.level
        if (!(drawable as Animatable).isRunning) return 0
        hasRunning = true
        return 1
    }

    private fun hashOf(tint: ColorStateList?): Int = tint?.defaultColor ?: 0

    private fun pack(high: Int, low: Int): Long = (high.toLong() shl 32) xor (low.toLong() and 0xffffffffL)

    private fun pack(high: Float, low: Float): Long = pack(high.toRawBits(), low.toRawBits())

    /** Whichever of the two changes alone, the outcome does: so it is less than [mix], and much faster (as FxHash). */
    private fun fold(number: Long, value: Long): Long = (number.rotateLeft(5) xor value) * ODD

    private companion object {
        const val SEED = 1L

        /** 2⁶⁴ by the golden ratio. */
        const val ODD = -0x61c8864680b583ebL
        const val MOST_LETTERS = 256
        const val MATRIX_SIZE = 9
    }
}
