package dev.amends.start

import android.app.Application
import android.content.ComponentCallbacks
import android.content.res.Configuration
import dev.amends.Amends

/** The languages of the app's resources, unless the app says others; and when they change. Main thread but [say]. */
internal class Languages(
    private val application: Application,
    private val given: List<String>?,
    private val amends: Amends,
) : ComponentCallbacks {
    private var said = emptyList<String>()

    fun say(): Unit = say(application.resources.configuration)

    fun listen() {
        if (given == null) application.registerComponentCallbacks(this)
    }

    override fun onConfigurationChanged(configuration: Configuration): Unit = say(configuration)

    @Deprecated("by Android, which does not call it any more")
    override fun onLowMemory() = Unit

    private fun say(configuration: Configuration) {
        val tags = given ?: List(configuration.locales.size()) { configuration.locales[it].toLanguageTag() }
        if (tags == said) return
        said = tags
        amends.languages(tags)
    }
}
