package dev.amends.hooks

import android.view.KeyEvent
import android.view.MotionEvent
import android.view.Window
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import java.lang.reflect.Modifier
import java.lang.reflect.Proxy

@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class WindowCallbackTest {
    private val called = ArrayList<String>()
    private val app = Proxy.newProxyInstance(javaClass.classLoader, arrayOf(Window.Callback::class.java)) {
        _,
        method,
        _,
        ->
        called += method.toString()
        if (method.returnType == Boolean::class.java) true else null
    } as Window.Callback
    private val input = object : WindowInput {
        override fun beforeTouch(event: MotionEvent, action: Int) = Unit

        override fun afterTouch(action: Int) = Unit

        override fun beforeKey(event: KeyEvent) = Unit
    }

    @Test
    fun `each method of each Android reaches the app, with nothing in it, too`() {
        val callback = WindowCallback(app, input)
        val methods = Window.Callback::class.java.methods.filterNot { Modifier.isStatic(it.modifiers) }
        assertTrue("$methods", methods.size >= 24)
        for (method in methods) {
            called.clear()
            val nothing = method.parameterTypes.map<Class<*>, Any?> { type ->
                when (type) {
                    Int::class.java -> 0
                    Boolean::class.java -> false
                    else -> null
                }
            }
            val answer = method.invoke(callback, *nothing.toTypedArray<Any?>())
            assertEquals(listOf(method.toString()), called)
            if (method.returnType == Boolean::class.java) assertEquals(method.name, true, answer)
        }
    }
}
