package dev.amends.hooks

import android.app.AlertDialog
import android.content.Context
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import android.widget.ArrayAdapter
import android.widget.Button
import android.widget.CheckBox
import android.widget.Checkable
import android.widget.EditText
import android.widget.FrameLayout
import android.widget.ImageButton
import android.widget.LinearLayout
import android.widget.ListView
import android.widget.NumberPicker
import android.widget.PopupMenu
import android.widget.SeekBar
import android.widget.TextView
import dev.amends.OwnView
import dev.amends.Reaction
import dev.amends.Role
import dev.amends.amendsIgnore
import dev.amends.amendsName
import dev.amends.robolectric.Finger
import dev.amends.robolectric.Picture
import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import java.util.concurrent.TimeUnit

/** Taps on true widgets, and what is seen of the app's answer. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], qualifiers = "w360dp-h640dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class TapsTest {
    private val phone = Phone()
    private val activity = phone.activity

    private fun button(then: () -> Unit = {}) = phone.show(
        Button(activity).apply {
            text = "Pay"
            setOnClickListener { then() }
        },
    )

    @Test
    fun `a dead button is tapped and nothing is seen, whatever its ripple does`() {
        val dead = button()
        val said = phone.after { phone.finger.tap(dead) }
        assertEquals(listOf(Role.BUTTON to true), said.taps.map { it.role to it.enabled })
        assertEquals(emptyList<Reaction>(), said.reactions)
    }

    @Test
    fun `a tap that nothing answers is heard in 300 ms, and a second one at once`() {
        val dead = button()
        idle(1_000)
        phone.finger.tap(dead)
        assertEquals(1, phone.recorder.waiting)
        idle(310)
        assertEquals(0, phone.recorder.waiting)
        idle(400)
        phone.finger.tap(dead)
        assertEquals(0, phone.recorder.waiting)
    }

    @Test
    fun `for a tap that is answered the main thread wakes nobody, as the watch for hangs is awake`() {
        val text = phone.show(TextView(activity).apply { text = "one" })
        val works = button { text.text = "two" }
        idle(1_000)
        phone.finger.tap(works)
        idle(1_000)
        assertEquals("the tap, and what came of it", 2, phone.recorder.waiting)
        phone.recorder.flushedByWatch.drainPermits()
        assertTrue(phone.recorder.flushedByWatch.tryAcquire(20, TimeUnit.SECONDS))
    }

    @Test
    fun `the app gets each touch once`() {
        var clicks = 0
        val pay = button { clicks++ }
        phone.after { phone.finger.tap(pay) }
        assertEquals(1, clicks)
    }

    private fun assertSeen(reaction: Reaction = Reaction.FRAME, then: () -> Unit) {
        val pay = button(then)
        val said = phone.after { phone.finger.tap(pay) }
        assertEquals(1, said.taps.size)
        assertEquals(listOf(reaction), said.reactions)
        assertTrue("after the tap", said.events.indexOfFirst { it is dev.amends.core.Event.Reacted } > 0)
    }

    @Test
    fun `a text that changes`() {
        val text = phone.show(TextView(activity).apply { text = "one" })
        assertSeen { text.text = "two" }
    }

    @Test
    fun `a text that changes without a layout`() {
        val text = phone.show(TextView(activity).apply { text = "one" })
        text.layoutParams = LinearLayout.LayoutParams(300, 60)
        idle(100)
        assertSeen { text.text = "two" }
    }

    @Test
    fun `what is moved, scaled or turned at once, with no frame in between`() {
        val arrow = phone.show(View(activity))
        arrow.layoutParams = LinearLayout.LayoutParams(100, 100)
        idle(100)
        assertSeen { arrow.translationX = 3f }
        assertSeen { arrow.scaleY = 0.5f }
        assertSeen { arrow.rotation = 180f }
        assertSeen { arrow.rotationY = 180f }
        assertSeen { arrow.scaleX = -1f }
        assertSeen { arrow.alpha = 0.5f }
    }

    @Test
    fun `what is ticked without a picture of its own`() {
        class Ticked : View(activity), Checkable {
            private var isTicked = false

            override fun setChecked(checked: Boolean) {
                isTicked = checked
            }

            override fun isChecked() = isTicked

            override fun toggle() = Unit
        }
        val box = phone.show(Ticked())
        box.layoutParams = LinearLayout.LayoutParams(100, 100)
        assertSeen {
            box.isChecked = true
            box.invalidate()
        }
    }

    @Test
    fun `something that comes`() = assertSeen { activity.column.addView(TextView(activity).apply { text = "Paid" }) }

    @Test
    fun `something that goes`() {
        val text = phone.show(TextView(activity).apply { text = "one" })
        assertSeen { text.visibility = View.GONE }
    }

    @Test
    fun `a colour alone`() {
        val box = phone.show(FrameLayout(activity).apply { setBackgroundColor(Color.RED) })
        box.layoutParams = LinearLayout.LayoutParams(100, 100)
        idle(100)
        assertSeen { box.setBackgroundColor(Color.BLUE) }
    }

    @Test
    fun `an animation without a layout`() {
        val box = phone.show(View(activity).apply { setBackgroundColor(Color.RED) })
        box.layoutParams = LinearLayout.LayoutParams(100, 100)
        idle(100)
        assertSeen { box.animate().translationX(200f).setDuration(200).start() }
    }

    @Test
    fun `a view that paints by itself, elsewhere`() {
        val chart = phone.show(Chart(activity))
        chart.layoutParams = LinearLayout.LayoutParams(200, 200)
        idle(100)
        drawFrame()
        assertEquals("it stands still", emptyList<Reaction>(), phone.after { phone.finger.tap(button()) }.reactions)
        drawFrame()
        assertSeen {
            chart.value = 7
            chart.invalidate()
        }
    }

    /** Robolectric's windows draw when they are asked to. */
    private fun drawFrame() {
        Picture.of(activity.window.decorView)
    }

    class Chart(context: Context) : View(context) {
        var value = 1
        private val paint = Paint()

        override fun onDraw(canvas: Canvas) = canvas.drawText("$value", 10f, 50f, paint)
    }

    @Test
    fun `what comes late is seen late`() {
        val text = phone.show(TextView(activity).apply { text = "one" })
        val pay = button { text.postDelayed({ text.text = "two" }, 2_000) }
        drawFrame()
        phone.recorder.clear()
        phone.finger.tap(pay)
        idle(1_800)
        assertEquals(emptyList<Reaction>(), phone.recorder.reactions)
        idle(400)
        assertEquals(listOf(Reaction.FRAME), phone.recorder.reactions)
    }

    @Test
    fun `a second tap within a second belongs to the first, also when another element was tapped in between`() {
        val text = phone.show(TextView(activity).apply { text = "0" })
        var paid = 0
        val pay = button { if (paid++ == 0) text.text = "paid" }
        val plus = button { text.text = "${text.text}+" }
        phone.recorder.clear()
        for (button in listOf(pay, plus, pay)) phone.finger.tap(button)
        idle(3_500)
        assertEquals(listOf(Role.BUTTON, Role.BUTTON, Role.SEGMENTED), phone.recorder.taps.map { it.role })
        assertEquals(listOf(Role.BUTTON), phone.after { phone.finger.tap(pay) }.taps.map { it.role })
    }

    @Test
    fun `a tap after one with two fingers is not judged, since the app may have answered that one`() {
        val pay = button { }
        val corner = IntArray(2).also(pay::getLocationInWindow)
        val (x, y) = corner.map { it + 20f }
        val both = listOf(x to y, x + 5 to y + 5)
        val second = 1 shl MotionEvent.ACTION_POINTER_INDEX_SHIFT
        phone.recorder.clear()
        phone.finger.down(x, y)
        phone.finger.touch(MotionEvent.ACTION_POINTER_DOWN or second, both)
        phone.finger.touch(MotionEvent.ACTION_POINTER_UP or second, both)
        phone.finger.up(x, y)
        idle(100)
        phone.finger.tap(pay)
        assertEquals(listOf(2, 1), phone.recorder.taps.map { it.fingers.toInt() })
        assertEquals(Role.SEGMENTED, phone.recorder.taps.last().role)
    }

    @Test
    fun `a tap after a long press or a small drag is not judged, since the button was clicked by it`() {
        var clicks = 0
        val pay = button { clicks++ }
        val corner = IntArray(2).also(pay::getLocationInWindow)
        val (x, y) = corner.map { it + 20f }
        phone.finger.tap(x, y, heldMs = 800)
        idle(100)
        phone.recorder.clear()
        phone.finger.tap(pay)
        idle(2_000)
        phone.finger.drag(x, y, x + 40, y)
        phone.finger.tap(pay)
        assertEquals(4, clicks)
        assertEquals(listOf(Role.SEGMENTED, Role.SEGMENTED), phone.recorder.taps.map { it.role })
    }

    @Test
    fun `a switch shows it by itself`() {
        val box = phone.show(CheckBox(activity).apply { text = "Gift" })
        val said = phone.after { phone.finger.tap(box) }
        assertEquals(listOf(Role.TOGGLE), said.taps.map { it.role })
        assertEquals(listOf(Reaction.FRAME), said.reactions)
    }

    @Test
    fun `a dialog is an answer, and its own buttons are seen`() {
        val dialogs = ArrayList<AlertDialog>()
        val said = phone.after {
            phone.finger.tap(
                button {
                    dialogs +=
                        AlertDialog.Builder(activity).setMessage("Sure?").setPositiveButton("Yes", null).show()
                },
            )
        }
        assertTrue(said.reactions.toString(), said.reactions.isNotEmpty())
        val yes = dialogs.single().getButton(AlertDialog.BUTTON_POSITIVE)
        val then = phone.after { Finger(dialogs.single().window!!.decorView).tap(yes) }
        assertEquals(listOf(Role.BUTTON), then.taps.map { it.role })
        assertTrue("it goes: $then", then.reactions.isNotEmpty())
    }

    @Test
    fun `a menu is an answer`() {
        lateinit var anchor: Button
        anchor = button { PopupMenu(activity, anchor).apply { menu.add("One") }.show() }
        val said = phone.after { phone.finger.tap(anchor) }
        assertTrue(said.reactions.toString(), said.reactions.isNotEmpty())
    }

    @Test
    fun `what is never judged has its role`() {
        val roles = mapOf(
            EditText(activity) to Role.TEXT_FIELD,
            SeekBar(activity) to Role.SLIDER,
            NumberPicker(activity) to Role.STEPPER,
            TextView(activity).apply { text = "plain" } to Role.PLAIN,
            Button(activity).apply { amendsIgnore() } to Role.IGNORED,
            FrameLayout(activity).apply { isClickable = true } to Role.PLAIN,
        )
        for ((view, role) in roles) {
            activity.column.removeAllViews()
            activity.column.addView(view, LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, 200))
            idle(100)
            val said = phone.after { phone.finger.tap(view) }
            assertEquals(view.javaClass.simpleName, listOf(role), said.taps.map { it.role })
        }
    }

    @Test
    fun `a drag and a long press are no taps`() {
        val pay = button()
        val at = IntArray(2).also { pay.getLocationInWindow(it) }
        val (x, y) = at[0] + 30f to at[1] + 30f
        assertEquals(0, phone.after { phone.finger.drag(x, y, x, y + 300) }.taps.size)
        assertEquals(0, phone.after { phone.finger.tap(x, y, heldMs = 700) }.taps.size)
        assertEquals(1, phone.after { phone.finger.tap(x, y, heldMs = 60) }.taps.size)
    }

    @Test
    fun `elements have numbers of their own that last`() {
        val first = button()
        val second = phone.show(ImageButton(activity).apply { setOnClickListener { } })

        fun numberOf(view: View) = phone.after { phone.finger.tap(view) }.taps.single().target
        assertEquals(numberOf(first), numberOf(first))
        assertNotEquals(numberOf(first), numberOf(second))
        second.amendsName("pay")
        val named = numberOf(second)
        activity.column.removeView(first)
        idle(100)
        assertEquals("wherever it moves", named, numberOf(second))
    }

    @Test
    fun `rows of a list are elements, and react when the list does`() {
        var chosen = -1
        val list = ListView(activity).apply {
            adapter = ArrayAdapter(activity, android.R.layout.simple_list_item_1, List(20) { "row $it" })
            setOnItemClickListener { _, _, position, _ -> chosen = position }
        }
        phone.show(list)
        val said = phone.after {
            phone.finger.tap(list.getChildAt(1))
            phone.finger.tap(list.getChildAt(2))
        }
        assertEquals(2, chosen)
        assertEquals(listOf(Role.BUTTON, Role.BUTTON), said.taps.map { it.role })
        assertEquals(2, said.taps.map { it.target }.toSet().size)
    }

    @Test
    fun `what the SDK draws is no affair of the app's`() {
        class Ours : OwnView(activity)
        val ours = Ours().apply { addView(Button(activity).apply { setOnClickListener { } }) }
        phone.show(ours)
        assertEquals(0, phone.after { phone.finger.tap(ours.getChildAt(0)) }.taps.size)
        activity.column.removeView(ours)
        val said = phone.after { phone.finger.tap(button { (activity.window.decorView as ViewGroup).addView(ours) }) }
        assertEquals("a message is no answer", emptyList<Reaction>(), said.reactions)
    }

    @Test
    fun `a message that leaves is no answer`() {
        class Ours : OwnView(activity)
        steadyFrames()
        val dead = button()
        val decor = activity.window.decorView as ViewGroup
        val ours = Ours().apply { setBackgroundColor(Color.RED) }
        decor.addView(ours, FrameLayout.LayoutParams(200, 200))
        idle(500)
        val said = phone.after {
            phone.finger.tap(dead)
            idle(1_000)
            decor.removeView(ours)
        }
        assertEquals(1, said.taps.size)
        assertEquals(emptyList<Reaction>(), said.reactions)
    }

    @Test
    fun `where nothing is seen any more nothing is judged`() {
        class Broken : View(activity) {
            var isBroken = false

            override fun getBackgroundTintList() = if (isBroken) error("not now") else super.getBackgroundTintList()
        }
        val broken = phone.show(Broken())
        broken.layoutParams = LinearLayout.LayoutParams(10, 10)
        val pay = button { broken.isBroken = true }
        val said = phone.after { phone.finger.tap(pay) }
        assertEquals(1, phone.lines.size)
        assertTrue("the act is forgotten: ${said.events}", said.events.last() is dev.amends.core.Event.QueueDropped)
        assertEquals(0, phone.after { phone.finger.tap(pay) }.events.size)
    }

    @Test
    fun `a dialog that is shown again says each tap once`() {
        lateinit var dialog: AlertDialog
        val opens = button { dialog.show() }
        dialog = AlertDialog.Builder(activity).setMessage("Sure?").setPositiveButton("Yes", null).create()
        repeat(3) {
            phone.after { phone.finger.tap(opens) }
            val yes = dialog.getButton(AlertDialog.BUTTON_POSITIVE)
            assertEquals(1, phone.after { Finger(dialog.window!!.decorView).tap(yes) }.taps.size)
        }
    }

    @Test
    fun `nothing is looked at while nobody listens`() {
        phone.recorder.isOn = false
        assertEquals(0, phone.after { phone.finger.tap(button()) }.events.size)
    }

    @Test
    fun `a piece that throws is off, and the app goes on`() {
        var clicks = 0
        val broken = object : Button(activity) {
            override fun isClickable(): Boolean = if (Throwable().stackTrace.any {
                    "TapTarget" in it.className
                }
            ) {
                error("broken")
            } else {
                super.isClickable()
            }
        }
        broken.setOnClickListener { clicks++ }
        phone.show(broken)
        phone.after { repeat(2) { phone.finger.tap(broken) } }
        assertEquals(2, clicks)
        assertEquals(phone.lines.toString(), 1, phone.lines.size)
    }
}
