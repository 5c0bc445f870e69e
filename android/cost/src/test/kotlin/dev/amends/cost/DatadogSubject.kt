package dev.amends.cost

import android.app.Application
import com.datadog.android.Datadog
import com.datadog.android.core.configuration.Configuration
import com.datadog.android.event.EventMapper
import com.datadog.android.privacy.TrackingConsent
import com.datadog.android.rum.Rum
import com.datadog.android.rum.RumConfiguration
import com.datadog.android.rum.model.ActionEvent
import org.junit.Assert.assertTrue
import java.util.concurrent.atomic.AtomicInteger

/** Datadog RUM as its guide for Android sets it up, with the tracking of what the person does. */
internal class DatadogSubject : Subject {
    override val name = "datadog"
    private val actions = AtomicInteger()

    override fun start(application: Application) {
        val configuration = Configuration.Builder("token", "cost").build()
        Datadog.initialize(application, configuration, TrackingConsent.GRANTED)
        val rum = RumConfiguration.Builder("application")
            .trackUserInteractions()
            .setActionEventMapper(
                object : EventMapper<ActionEvent> {
                    // On its own thread.
                    override fun map(event: ActionEvent) = event.also { actions.incrementAndGet() }
                },
            )
            .build()
        Rum.enable(rum)
    }

    override fun checkItSaw(taps: Int) {
        // It makes one action of all taps within 100 ms, by the clock on the wall.
        assertTrue("its actions", actions.get() > 0)
    }

    override fun stop(): Unit = Datadog.stopInstance()
}
