package dev.amends.banner

import android.widget.FrameLayout
import android.widget.TextView
import dev.amends.OperationStatus
import org.junit.After
import org.junit.Before
import org.robolectric.util.ReflectionHelpers

/** An app with an [OperationStatusView] on screen. Only from Android 9 on has Robolectric windows that are seen. */
open class OperationBench : BannerBench() {
    val activity = open<ShopActivity>().get()
    val frame = FrameLayout(activity)
    var now = Orders.NOW
    var asked = 0
        private set
    val view = OperationStatusView(activity).also { it.now = { now.also { asked++ } } }

    @Before
    fun onScreen() {
        // As in a new process.
        ReflectionHelpers.setField(OperationBoard, "list", null)
        activity.setContentView(frame)
        frame.addView(view)
        settle()
    }

    @After
    fun gone(): Unit = frame.removeAllViews()

    fun say(vararg list: OperationStatus) {
        renderer.operations(list.toList())
        settle()
    }

    /** What can be seen, in the order in which it is read. */
    fun OperationStatusView.lines() = all().filter {
        it.isShown && it is TextView
    }.map { (it as TextView).text.toString() }
}
