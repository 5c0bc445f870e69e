package dev.amends.hooks

import android.text.InputType
import android.view.KeyEvent
import android.view.View
import android.view.inputmethod.EditorInfo
import android.widget.NumberPicker
import android.widget.TextView
import dev.amends.Guard
import dev.amends.SubmitVia
import dev.amends.core.Event
import java.lang.reflect.Field

/**
 * Sees when a field is submitted: the Enter key, and the keyboard's own action (search, go, send, done).
 *
 * Android tells only a field's one listener of that action. It is kept, and called by ours; where it cannot be read (it is
 * in a field of the framework's), none is set, and the app says it itself with `Amends.submitted`.
 */
internal class Submits(private val sink: Sink, private val evidence: Evidence, private val guard: Guard) {
    private var canRead = true
    private var editor: Field? = null
    private var contentType: Field? = null
    private var listener: Field? = null

    /** The focus is on this view now. */
    fun focused(view: View?) {
        if (view !is TextView || !view.isOneLine() || !canRead) return
        try {
            val theirs = listenerOf(view)
            if (theirs !is Heard) view.setOnEditorActionListener(Heard(theirs))
        } catch (_: ReflectiveOperationException) {
            canRead = false
        } catch (_: RuntimeException) {
            canRead = false
        }
    }

    /** Before the app gets a key. */
    fun beforeKey(decor: View, event: KeyEvent) {
        if (event.action != KeyEvent.ACTION_DOWN || event.repeatCount != 0) return
        if (event.keyCode != KeyEvent.KEYCODE_ENTER && event.keyCode != KeyEvent.KEYCODE_NUMPAD_ENTER) return
        val field = decor.findFocus() as? TextView ?: return
        if (field.isOneLine() && !field.isJustDone()) submitted(field, SubmitVia.ENTER)
    }

    /** "Done" of a field that nobody listens to puts the keyboard away, and is meant to do no more. */
    private fun TextView.isJustDone(): Boolean {
        if (imeOptions and EditorInfo.IME_MASK_ACTION != EditorInfo.IME_ACTION_DONE) return false
        return !canRead || !isHeard()
    }

    private fun TextView.isHeard(): Boolean = try {
        val listener = listenerOf(this)
        if (listener is Heard) listener.isHeard else listener != null
    } catch (_: ReflectiveOperationException) {
        false
    }

    private fun submitted(field: TextView, via: SubmitVia) {
        if (!evidence.isOn) return
        evidence.touched()
        evidence.prepare(field.rootView, field)
        if (evidence.isBlind) return evidence.drop()
        val target = numberOf(field)
        sink.send(Event.Submit(target.toULong(), via))
        evidence.open(target)
    }

    private fun numberOf(field: View): Long {
        val number = if (field.id != View.NO_ID) field.id else System.identityHashCode(field)
        return mix(FIELD, number.toLong())
    }

    /** A wheel's number is no question to the app. */
    private fun TextView.isOneLine(): Boolean =
        onCheckIsTextEditor() && inputType and InputType.TYPE_TEXT_FLAG_MULTI_LINE == 0 && parent !is NumberPicker

    /** `TextView.mEditor.mInputContentType.onEditorActionListener`, in every Android from 7 to 15. */
    private fun listenerOf(view: TextView): TextView.OnEditorActionListener? {
        val editors = editor ?: TextView::class.java.reach("mEditor").also { editor = it }
        val itsEditor = editors.get(view) ?: return null
        val types = contentType ?: itsEditor.javaClass.reach("mInputContentType").also { contentType = it }
        val itsType = types.get(itsEditor) ?: return null
        val listeners = listener ?: itsType.javaClass.reach("onEditorActionListener").also { listener = it }
        return listeners.get(itsType) as TextView.OnEditorActionListener?
    }

    private fun Class<*>.reach(name: String): Field {
        var type: Class<*> = this
        while (true) {
            try {
                return type.getDeclaredField(name).apply { isAccessible = true }
            } catch (missing: NoSuchFieldException) {
                type = type.superclass ?: throw missing
            }
        }
    }

    /** Hears the action first, and leaves it to whom it belongs. */
    private inner class Heard(private val theirs: TextView.OnEditorActionListener?) : TextView.OnEditorActionListener {
        val isHeard: Boolean get() = theirs != null

        override fun onEditorAction(view: TextView?, action: Int, event: KeyEvent?): Boolean {
            // A key has been heard as a key.
            val isJustDone = action == EditorInfo.IME_ACTION_DONE && !isHeard
            if (view != null && event == null && action in SUBMITTING && !isJustDone) {
                guard.run { submitted(view, SubmitVia.EDITOR_ACTION) }
            }
            return theirs?.onEditorAction(view, action, event) ?: false
        }
    }

    private companion object {
        const val FIELD = 11L
        val SUBMITTING = setOf(
            EditorInfo.IME_ACTION_SEARCH,
            EditorInfo.IME_ACTION_GO,
            EditorInfo.IME_ACTION_SEND,
            EditorInfo.IME_ACTION_DONE,
        )
    }
}
