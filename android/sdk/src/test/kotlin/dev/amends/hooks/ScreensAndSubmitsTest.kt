package dev.amends.hooks

import android.text.InputType
import android.view.KeyEvent
import android.view.inputmethod.EditorInfo
import android.widget.EditText
import android.widget.TextView
import dev.amends.LoadKind
import dev.amends.Reaction
import dev.amends.SubmitVia
import dev.amends.core.Event
import dev.amends.core.LoadEnd
import dev.amends.robolectric.idle
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class ScreensAndSubmitsTest {
    private val phone = Phone()
    private val activity = phone.activity
    private val search = phone.show(
        EditText(activity).apply {
            inputType = InputType.TYPE_CLASS_TEXT
            imeOptions = EditorInfo.IME_ACTION_SEARCH
        },
    )

    private fun focus() {
        search.requestFocus()
        idle(100)
        search.append("shoes")
        idle(100)
    }

    private fun enter() {
        for (action in intArrayOf(KeyEvent.ACTION_DOWN, KeyEvent.ACTION_UP)) {
            activity.window.decorView.dispatchKeyEvent(KeyEvent(action, KeyEvent.KEYCODE_ENTER))
        }
    }

    @Test
    fun `a dead search - Enter, and nothing is seen, the cursor may blink`() {
        focus()
        val said = phone.after { enter() }
        assertEquals(listOf(SubmitVia.ENTER), said.submits.map { it.via })
        assertEquals(emptyList<Reaction>(), said.reactions)
    }

    @Test
    fun `the keyboard's action is heard, the app's own listener is called, and what it shows is seen`() {
        val results = phone.show(TextView(activity).apply { text = "none" })
        var actions = 0
        search.setOnEditorActionListener { _, action, _ ->
            actions += action
            results.text = "found"
            true
        }
        focus()
        val said = phone.after { search.onEditorAction(EditorInfo.IME_ACTION_SEARCH) }
        assertEquals(EditorInfo.IME_ACTION_SEARCH, actions)
        assertEquals(listOf(SubmitVia.EDITOR_ACTION), said.submits.map { it.via })
        assertEquals(listOf(Reaction.FRAME), said.reactions)
    }

    @Test
    fun `typing on is no answer`() {
        focus()
        val said = phone.after {
            enter()
            idle(500)
            search.append(" red")
        }
        assertEquals(emptyList<Reaction>(), said.reactions)
    }

    @Test
    fun `Enter in a text of many lines submits nothing`() {
        search.inputType = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_MULTI_LINE
        focus()
        assertEquals(0, phone.after { enter() }.submits.size)
    }

    @Test
    fun `Done where nobody listens puts the keyboard away and submits nothing, by Enter or by its key`() {
        search.imeOptions = EditorInfo.IME_ACTION_DONE
        focus()
        assertEquals(0, phone.after { enter() }.submits.size)
        assertEquals(0, phone.after { search.onEditorAction(EditorInfo.IME_ACTION_DONE) }.submits.size)
    }

    @Test
    fun `Done where the app listens is a submit like any other`() {
        search.imeOptions = EditorInfo.IME_ACTION_DONE
        search.setOnEditorActionListener { _, _, _ -> true }
        focus()
        assertEquals(listOf(SubmitVia.ENTER), phone.after { enter() }.submits.map { it.via })
        val action = phone.after { search.onEditorAction(EditorInfo.IME_ACTION_DONE) }
        assertEquals(listOf(SubmitVia.EDITOR_ACTION), action.submits.map { it.via })
    }

    @Test
    fun `the app comes up, its screen has a name, and it leaves`() {
        val events = phone.recorder.events.toList()
        val launch = events.filterIsInstance<Event.LoadStarted>().single()
        assertTrue("$launch", launch.kind == LoadKind.COLD_LAUNCH || launch.kind == LoadKind.WARM_LAUNCH)
        val end = events.filterIsInstance<Event.LoadEnded>().single()
        assertEquals(launch.load to LoadEnd.SUCCEEDED, end.load to end.end)
        assertEquals(listOf(Event.Screen("Shop")), events.filterIsInstance<Event.Screen>())
        assertEquals(1, events.count { it is Event.Foreground })

        phone.recorder.clear()
        phone.controller.pause().stop()
        idle(100)
        assertEquals(listOf<Event>(Event.Background), phone.recorder.events)
        phone.recorder.clear()
        phone.controller.restart().start().resume().windowFocusChanged(true)
        idle(100)
        val again = phone.recorder.events.filterIsInstance<Event.LoadStarted>().single()
        assertEquals(LoadKind.HOT_LAUNCH, again.kind)
        val there = phone.recorder.events.filterIsInstance<Event.LoadEnded>().single()
        assertEquals(again.load to LoadEnd.SUCCEEDED, there.load to there.end)
    }

    @Test
    fun `a turned phone has not left`() {
        phone.recorder.clear()
        phone.controller.configurationChange()
        idle(100)
        assertEquals(0, phone.recorder.events.count { it is Event.Background || it is Event.LoadStarted })
    }
}
