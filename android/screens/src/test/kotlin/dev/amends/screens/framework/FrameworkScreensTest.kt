package dev.amends.screens.framework

import dev.amends.screens.Screen
import dev.amends.screens.ScreensTest
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters

/** Screens of Android's own views. */
internal class FrameworkScreensTest(screen: Screen) : ScreensTest(screen) {
    companion object {
        @JvmStatic
        @Parameters(name = "{0}")
        fun screens(): List<Array<Any>> = of(listOf(Lists, Controls, Dialogs, Drawn, Gestures, Answers))
    }
}
