package dev.amends.cost

import android.app.Application
import io.sentry.Sentry
import io.sentry.android.core.SentryAndroid
import org.junit.Assert.assertEquals

/** Sentry as `SentryAndroid.init` gives it: breadcrumbs for taps, sessions, the watchdog for hangs. */
internal class SentrySubject : Subject {
    override val name = "sentry"

    override fun start(application: Application): Unit = SentryAndroid.init(application) { options ->
        options.dsn = "http://key@127.0.0.1:9/1"
    }

    override fun checkItSaw(taps: Int) {
        var clicks = 0
        Sentry.configureScope { scope -> clicks = scope.breadcrumbs.count { it.category == "ui.click" } }
        assertEquals("as many as it keeps", KEPT, clicks)
    }

    override fun stop(): Unit = Sentry.close()

    private companion object {
        const val KEPT = 100
    }
}
