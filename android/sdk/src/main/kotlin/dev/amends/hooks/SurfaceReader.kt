package dev.amends.hooks

import android.view.View
import dev.amends.Role

/**
 * Reads a View that draws its elements by itself, so that the hooks, which know Views, can judge a tap on one of them:
 * Compose is such a toolkit, and `amends-compose` brings its reader. An app with a toolkit of its own may [add][Surfaces.add]
 * one; a surface that nobody reads is `Role.SURFACE`, and a tap on it is never judged.
 *
 * All is called on the main thread, only around taps and never for each frame. What throws is not asked again.
 */
public interface SurfaceReader {
    /** Whether this View is one. Asked for the Views under a finger: a look at its class, no more. */
    public fun reads(view: View): Boolean

    /**
     * The element that a tap at [x], [y] (pixels of the [view]) would set off: the topmost of those that can be tapped, or
     * what is there otherwise, as `Role.PLAIN`. `null` if nothing is, or if a View inside of the [view] is: that one
     * is judged as Views are.
     */
    public fun elementAt(view: View, x: Float, y: Float): SurfaceElement?

    /**
     * A number that differs once the surface shows anything else: text, state, elements that came, went or moved. What
     * a finger does by itself (ripple, pressed state) leaves it as it is. Colours and pictures are not in it: [watch] sees
     * them.
     */
    public fun fingerprint(view: View): Long

    /**
     * Calls [changed] on the main thread, once at most, when the surface shows anything else than at this moment, by its
     * [fingerprint] or by what that does not hold. To be called before the finger's down reaches the surface. [Watch.lifting]
     * and [Watch.lifted] embrace its up; closed as soon as the tap has its answer or is given up.
     */
    public fun watch(view: View, changed: () -> Unit): Watch

    /** A surface that is being watched, from a finger's down on. */
    public interface Watch : AutoCloseable {
        /** The up is about to be dispatched to the window. */
        public fun lifting() {}

        /** It was: what the app did at once, it has done. */
        public fun lifted() {}

        /** Another finger comes down: until it is [lifted] again, what looks pressed is not the app's answer. */
        public fun disturbed() {}

        /** Whether anything else is shown by now. Asked when the person goes on before a change was told. */
        public fun hasChanged(): Boolean = false

        /** Not watched any more. More than once is harmless. */
        override fun close()
    }
}

/**
 * An element of a surface. The [id] stays the same while it lives, and over launches if it has a name; [role] is
 * `Role.IGNORED` if the app asked to leave it alone; [isEnabled] says whether it can be tapped now.
 */
public class SurfaceElement(public val id: Long, public val role: Role, public val isEnabled: Boolean = true)
