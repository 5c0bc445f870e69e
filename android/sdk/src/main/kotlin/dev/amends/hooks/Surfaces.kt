package dev.amends.hooks

import android.view.View
import java.util.concurrent.CopyOnWriteArrayList

/** The readers of surfaces that this app has. */
public object Surfaces {
    // By name, so that nothing has to be called and nothing depends on it; its rules for shrinkers keep the name.
    private val known = listOf("dev.amends.compose.ComposeReader")
    private val readers = CopyOnWriteArrayList<SurfaceReader>()

    /** From now on this reads what it knows. The one that was added last is asked first. Any thread. */
    @JvmStatic
    public fun add(reader: SurfaceReader): Unit = readers.add(0, reader)

    /** Adds the readers of the other artifacts that the app contains. Loads classes: not for the main thread. */
    internal fun find() {
        for (name in known) {
            val reader = try {
                Class.forName(name).getDeclaredConstructor().newInstance() as SurfaceReader
            } catch (_: ReflectiveOperationException) {
                continue
            } catch (_: LinkageError) {
                continue // with another release of Compose than the one it was built for
            }
            if (readers.none { it.javaClass == reader.javaClass }) readers.add(reader)
        }
    }

    /** The one that reads this View; `null` if it is a View like others, or nobody does. */
    internal fun readerOf(view: View): SurfaceReader? {
        for (index in readers.indices) {
            val reader = readers.getOrNull(index) ?: break
            if (reader.reads(view)) return reader
        }
        return null
    }
}
