package dev.amends.hooks

import android.view.KeyEvent
import android.view.View
import android.view.inspector.WindowInspector
import android.widget.Button
import android.widget.EditText
import dev.amends.Role
import dev.amends.core.Event
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements

/** Where nobody says which windows there are, the answer to a tap may be in one that nobody looks at: nothing is judged. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], shadows = [NoInspector::class])
class NoRootsTest {
    private val phone = Phone()

    @Test
    fun `no tap is judged`() {
        val dead = phone.show(Button(phone.activity).apply { setOnClickListener { } })
        assertEquals(listOf(Role.SURFACE), phone.after { phone.finger.tap(dead) }.taps.map { it.role })
    }

    @Test
    fun `no submit is judged`() {
        val field = phone.show(EditText(phone.activity).apply { setSingleLine() })
        field.requestFocus()
        val said = phone.after {
            phone.activity.window.decorView.dispatchKeyEvent(KeyEvent(KeyEvent.ACTION_DOWN, KeyEvent.KEYCODE_ENTER))
        }
        assertEquals(emptyList<Event.Submit>(), said.submits)
    }
}

/** An Android that was built without it. */
@Implements(WindowInspector::class)
internal object NoInspector {
    @JvmStatic
    @Implementation
    fun getGlobalWindowViews(): List<View> = throw NoSuchMethodError("getGlobalWindowViews")
}
