package dev.amends.hooks

import android.inputmethodservice.KeyboardView
import android.text.method.LinkMovementMethod
import android.view.SurfaceView
import android.view.TextureView
import android.view.View
import android.webkit.WebView
import android.widget.AbsSeekBar
import android.widget.AdapterView
import android.widget.Button
import android.widget.CalendarView
import android.widget.Checkable
import android.widget.DatePicker
import android.widget.ImageButton
import android.widget.NumberPicker
import android.widget.RadioButton
import android.widget.Spinner
import android.widget.TabWidget
import android.widget.TextView
import android.widget.TimePicker
import dev.amends.OwnView
import dev.amends.Role
import dev.amends.ViewMarks

/** What sort of element a view is. Widgets of androidx and Material are known by the names of their classes. */
internal class Roles {
    private val byClass = HashMap<Class<*>, Named>()

    /** Of the last view on the way from the root: a stepper's button is a stepper, all in an ignored view is ignored. */
    @Suppress("DEPRECATION") // an app's own keyboard, still in use
    fun of(path: Array<View?>, levels: Int): Role {
        for (level in levels - 1 downTo 0) {
            val view = path[level] ?: continue
            if (view is OwnView || ViewMarks.isIgnored(view)) return Role.IGNORED
        }
        var within: Role? = null
        for (level in levels - 1 downTo 0) {
            val view = path[level] ?: continue
            within = when {
                view is NumberPicker -> Role.STEPPER

                view is DatePicker || view is TimePicker || view is CalendarView -> Role.PICKER

                view is KeyboardView -> Role.KEYBOARD

                view is TabWidget -> Role.TAB

                // In one that can be read there may be views, which are what they are.
                isSurface(view) && (level == levels - 1 || Surfaces.readerOf(view) == null) -> Role.SURFACE

                else -> named(view).role
            }
            if (within != null) break
        }
        val view = path[levels - 1] ?: return Role.PLAIN
        val role = if (within != null && within != Role.TAB) within else itself(view, within)
        return if (isChosen(view, role, path, levels)) Role.SEGMENTED else role
    }

    /** The tab that one is on, the choice that was made: a further tap has nothing to do. */
    private fun isChosen(view: View, role: Role, path: Array<View?>, levels: Int): Boolean = when (role) {
        Role.TAB -> {
            view.isSelected
        }

        Role.TOGGLE -> {
            view is Checkable && view.isChecked &&
                (view is RadioButton || (levels > 1 && path[levels - 2]?.let(::named) == Named.CHOICES))
        }

        else -> {
            false
        }
    }

    /** What draws by itself and shows nothing of it to us: video, map, game, web page. */
    fun isSurface(view: View): Boolean =
        view is WebView || view is SurfaceView || view is TextureView || named(view) == Named.SURFACE ||
            Surfaces.readerOf(view) != null

    /** What takes touches and is not clickable. */
    fun takesTouches(view: View): Boolean = view is AbsSeekBar || isSurface(view) || named(view).takesTouches

    private fun itself(view: View, within: Role?): Role = when {
        view.onCheckIsTextEditor() -> Role.TEXT_FIELD

        view is AbsSeekBar -> Role.SLIDER

        view is TextView && view.isTextSelectable -> Role.TEXT_FIELD

        within != null -> within

        view is TextView && view.movementMethod is LinkMovementMethod -> Role.LINK

        view is Checkable -> Role.TOGGLE

        view is Spinner || view is Button || view is ImageButton -> Role.BUTTON

        view is AdapterView<*> -> if (view.onItemClickListener != null) Role.BUTTON else Role.PLAIN

        // Clickable and nobody listens: it only keeps touches from what is below.
        view.hasOnClickListeners() -> Role.BUTTON

        else -> Role.PLAIN
    }

    private fun named(view: View): Named = byClass.getOrPut(view.javaClass) { Named.of(view.javaClass) }

    private enum class Named(val role: Role?, vararg val names: String) {
        SLIDER(Role.SLIDER, "com.google.android.material.slider.BaseSlider"),
        SEGMENTED(Role.SEGMENTED, "com.google.android.material.button.MaterialButtonToggleGroup"),
        TAB(
            Role.TAB,
            "com.google.android.material.tabs.TabLayout\$TabView",
            "com.google.android.material.navigation.NavigationBarItemView",
        ),
        PICKER(
            Role.PICKER,
            "com.google.android.material.timepicker.TimePickerView",
            "com.google.android.material.datepicker.MaterialCalendarGridView",
        ),
        SURFACE(
            Role.SURFACE,
            "com.google.android.gms.maps.MapView",
            "org.osmdroid.views.MapView",
            "com.mapbox.maps.MapView",
            "androidx.media3.ui.PlayerView",
            "com.google.android.exoplayer2.ui.StyledPlayerView",
            "com.google.android.exoplayer2.ui.PlayerView",
        ),
        CHOICES(null, "com.google.android.material.chip.ChipGroup"),
        NONE(null),
        ;

        val takesTouches: Boolean get() = this != NONE && this != CHOICES

        companion object {
            fun of(view: Class<*>): Named {
                var type: Class<*>? = view
                while (type != null && type != View::class.java) {
                    val name = type.name
                    for (one in entries) if (name in one.names) return one
                    type = type.superclass
                }
                return NONE
            }
        }
    }
}
