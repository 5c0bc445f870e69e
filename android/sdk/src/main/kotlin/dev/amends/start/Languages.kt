package dev.amends.start

import android.app.Application
import android.content.ComponentCallbacks
import android.content.res.Configuration
import dev.amends.Driver
import dev.amends.core.Event

/** The languages of the app's resources, unless the app says others; and when they change. */
internal class Languages(
    private val application: Application,
    private val given: List<String>?,
    private val driver: Driver,
) : ComponentCallbacks {
    private var said = now(application.resources.configuration)

    /** As they are at the start, before anything else is said. Any thread. */
    fun sayFirst(): Unit = driver.sendFirst(Event.Languages(said))

    /** Main thread. */
    fun listen() {
        if (given != null) return
        application.registerComponentCallbacks(this)
        onConfigurationChanged(application.resources.configuration)
    }

    override fun onConfigurationChanged(configuration: Configuration) {
        val tags = now(configuration)
        if (tags == said) return
        said = tags
        driver.send(Event.Languages(tags))
    }

    @Deprecated("by Android, which does not call it any more")
    override fun onLowMemory() = Unit

    private fun now(configuration: Configuration): List<String> =
        given ?: List(configuration.locales.size()) { configuration.locales[it].toLanguageTag() }
}
