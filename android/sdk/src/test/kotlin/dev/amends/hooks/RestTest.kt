package dev.amends.hooks

import android.app.Dialog
import android.content.res.ColorStateList
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import android.widget.PopupWindow
import android.widget.TextView
import dev.amends.Reaction
import dev.amends.robolectric.Finger
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode

/** After an answered tap the windows are read as soon as they rest, so that the next touch does not wait for it. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class RestTest {
    private val phone = steadyFrames().let { Phone() } // else what is invalidated draws no frame
    private val activity = phone.activity
    private val finger = phone.finger
    private var reads = 0

    /** Counts how often it is looked at. */
    private inner class Counted : View(activity) {
        // Nothing but the hooks asks for it.
        override fun getBackgroundTintList(): ColorStateList? = super.getBackgroundTintList().also { reads++ }
    }

    private val text = phone.show(TextView(activity).apply { text = "0" })
    private val works = button { text.text = "${text.text.toString().toInt() + 1}" }
    private val dead = button { }

    init {
        phone.show(Counted()).layoutParams = LinearLayout.LayoutParams(10, 10)
        idle(1_000)
    }

    /** Without a ripple, which goes on for most of a second. */
    private fun button(then: () -> Unit) = phone.show(
        TextView(activity).apply {
            text = "Tap"
            setOnClickListener { then() }
        },
    )

    private fun readsOf(act: () -> Unit): Int {
        val before = reads
        act()
        return reads - before
    }

    /** A tap that is answered, and what follows until all is quiet. */
    private fun answered() {
        finger.tap(works)
        idle(2_000)
    }

    @Test
    fun `the next touch reads nothing, and it is seen all the same what comes of it`() {
        answered()
        assertEquals(0, readsOf { finger.down(works) })
        val said = phone.after { finger.up(works) }
        assertEquals(listOf(Reaction.FRAME), said.reactions)
        assertEquals(0, readsOf { finger.down(dead) })
        assertEquals(emptyList<Reaction>(), phone.after { finger.up(dead) }.reactions)
    }

    @Test
    fun `it is read once for each answer, and not at all when nobody taps`() {
        finger.tap(works)
        idle(100)
        assertEquals(1, readsOf { idle(60_000) })
        assertEquals(0, readsOf { idle(60_000) })
    }

    @Test
    fun `what is touched is looked at before anything else`() {
        val itself = button { }
        itself.setOnClickListener { itself.text = "Tapped" }
        answered()
        assertEquals(0, readsOf { finger.tap(itself) })
        assertEquals("an answer", 1, readsOf { idle(2_000) })
    }

    @Test
    fun `an answer that no frame shows is followed by a rest as well`() {
        val quiet = button { text.tag = "nothing" }
        val popup = PopupWindow(TextView(activity), 50, 50)
        val shows = button { popup.showAtLocation(text, 0, 0, 0) }
        answered()
        finger.tap(shows)
        idle(2_000)
        popup.dismiss()
        idle(2_000)
        assertEquals(emptyList<Reaction>(), phone.after { finger.tap(quiet) }.reactions)
    }

    @Test
    fun `the first touch reads`() {
        assertEquals(1, readsOf { finger.down(works) })
    }

    @Test
    fun `what changes by itself after it is no answer to the next tap`() {
        answered()
        text.text = "7"
        idle(100)
        assertEquals(emptyList<Reaction>(), phone.after { finger.tap(dead) }.reactions)
    }

    @Test
    fun `what is scrolled by itself after it is no answer to the next tap`() {
        answered()
        activity.column.scrollTo(0, 3)
        idle(100)
        assertEquals(emptyList<Reaction>(), phone.after { finger.tap(dead) }.reactions)
    }

    @Test
    fun `what the app does under a long finger is seen`() {
        finger.tap(works)
        idle(250)
        finger.down(works)
        idle(2_000) // it would be read now if no finger were there
        finger.up(works)
        // A long press is no tap; the next tap is judged as ever.
        idle(2_000)
        assertEquals(listOf(Reaction.FRAME), phone.after { finger.tap(works) }.reactions)
        assertEquals(emptyList<Reaction>(), phone.after { finger.tap(dead) }.reactions)
    }

    @Test
    fun `a finger that is down when it would be read is judged`() {
        finger.tap(works)
        idle(250)
        finger.down(works)
        idle(150)
        val said = phone.after { finger.up(works) }
        assertEquals(1, said.taps.size)
        assertEquals(listOf(Reaction.FRAME), said.reactions)
    }

    @Test
    fun `where the screen never rests it is given up`() {
        val bar = phone.show(View(activity)).apply { layoutParams = LinearLayout.LayoutParams(10, 10) }
        val moving = object : Runnable {
            override fun run() {
                bar.requestLayout()
                bar.postDelayed(this, 16)
            }
        }
        moving.run()
        finger.tap(works)
        idle(2_000)
        assertEquals(0, readsOf { idle(60_000) })
        assertEquals(listOf(Reaction.FRAME), phone.after { finger.tap(works) }.reactions)
        bar.removeCallbacks(moving)
    }

    @Test
    fun `a dialog's button is compared with what the dialog showed`() {
        lateinit var dialog: Dialog
        val opens = button { dialog.show() }
        answered()
        val label = TextView(activity).apply { text = "Sure?" }
        val yes = Button(activity).apply { setOnClickListener { label.text = "Yes" } }
        val no = Button(activity).apply { setOnClickListener { } }
        dialog = Dialog(activity).apply {
            setContentView(
                LinearLayout(activity).apply {
                    orientation = LinearLayout.VERTICAL
                    addView(label)
                    addView(yes)
                    addView(no)
                },
            )
        }
        finger.tap(opens)
        idle(500)
        val inDialog = Finger(dialog.window!!.decorView)
        assertEquals(listOf(Reaction.FRAME), phone.after { inDialog.tap(yes) }.reactions)
        assertEquals(emptyList<Reaction>(), phone.after { inDialog.tap(no) }.reactions)
    }
}
