package dev.amends.hooks

import android.os.Build
import android.view.View
import android.view.Window
import android.view.inspector.WindowInspector
import dev.amends.NewerAndroid
import java.lang.reflect.Field

/**
 * The roots of all views of this process. From Android 10 on a public call; before, and for the window of a root, a look
 * at fields that every Android had so far. Where one is not there, dialogs are not seen, and nothing else happens.
 */
internal class Roots {
    private var views: Field? = null
    private var global: Any? = null
    private var window: Field? = null
    private var isBlind = false

    fun all(): List<View> = guarded {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.Q) inspected() else reflected()
    } ?: emptyList()

    /** The window whose decor view this is. */
    fun windowOf(root: View): Window? {
        if (root.javaClass.simpleName != "DecorView") return null
        return guarded {
            val field = window?.takeIf { it.declaringClass == root.javaClass }
                ?: root.javaClass.getDeclaredField("mWindow").apply { isAccessible = true }.also { window = it }
            field.get(root) as? Window
        }
    }

    @NewerAndroid(Build.VERSION_CODES.Q)
    private fun inspected(): List<View> = WindowInspector.getGlobalWindowViews()

    private fun reflected(): List<View> {
        if (global == null) {
            val manager = Class.forName("android.view.WindowManagerGlobal")
            views = manager.getDeclaredField("mViews").apply { isAccessible = true }
            global = manager.getMethod("getInstance").invoke(null)
        }
        return (views?.get(global) as? List<*>)?.filterIsInstance<View>() ?: emptyList()
    }

    private inline fun <T> guarded(look: () -> T?): T? {
        if (isBlind) return null
        return try {
            look()
        } catch (_: Exception) {
            isBlind = true
            null
        } catch (_: LinkageError) {
            isBlind = true
            null
        }
    }
}
