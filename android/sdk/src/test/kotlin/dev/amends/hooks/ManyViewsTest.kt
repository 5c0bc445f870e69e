package dev.amends.hooks

import android.widget.Button
import android.widget.LinearLayout
import android.widget.TextView
import dev.amends.Role
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config

/** Of very many views only the first are read: where the answer may be among the others, no tap is judged. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35])
class ManyViewsTest {
    private val phone = Phone()
    private val button = phone.show(Button(phone.activity).apply { setOnClickListener { } })

    private fun roleAmong(views: Int): Role {
        val column = LinearLayout(phone.activity)
        repeat(views) { column.addView(TextView(phone.activity)) }
        phone.show(column)
        return phone.after { phone.finger.tap(button) }.taps.single().role
    }

    @Test
    fun `more than are read`(): Unit = assertEquals(Role.SURFACE, roleAmong(600))

    @Test
    fun `as many as are read`(): Unit = assertEquals(Role.BUTTON, roleAmong(500))
}
