package dev.amends.cost

import android.app.Activity
import android.os.Bundle
import android.widget.Button
import android.widget.LinearLayout

/** A window full of buttons, each of which shows something else when it is clicked. */
internal class WallActivity : Activity() {
    private val buttons = ArrayList<Button>(COUNT)

    /** How many clicks there were. */
    var clicks: Int = 0
        private set

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        val column = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }
        val ids = namedIds().iterator()
        repeat(COUNT / IN_A_ROW) {
            val row = LinearLayout(this)
            repeat(IN_A_ROW) { row.addView(button(ids.next()), shareOf(0, LinearLayout.LayoutParams.MATCH_PARENT)) }
            column.addView(row, shareOf(LinearLayout.LayoutParams.MATCH_PARENT, 0))
        }
        setContentView(column)
    }

    /** Where the middle of this button is, in pixels of the window. */
    fun middleOf(index: Int): Pair<Float, Float> {
        val at = IntArray(2)
        val button = buttons[index]
        button.getLocationInWindow(at)
        return Pair(at[0] + button.width / 2f, at[1] + button.height / 2f)
    }

    private fun button(itsId: Int) = Button(this).apply {
        id = itsId
        text = WORDS[0]
        setOnClickListener {
            text = WORDS[++clicks % WORDS.size]
            requestLayout() // no window draws here, and without it there would be no frame
        }
        buttons += this
    }

    private fun shareOf(width: Int, height: Int) = LinearLayout.LayoutParams(width, height, 1f)

    /** Numbers that have names: the others ask for them. */
    private fun namedIds(): List<Int> =
        android.R.id::class.java.fields.map { it.getInt(null) }.minus(android.R.id.content)

    companion object {
        const val COUNT = 50
        private const val IN_A_ROW = 5
        private val WORDS = Array(10) { "No $it" }
    }
}
