package dev.amends.recipes

import dev.amends.Amends
import dev.amends.Role
import dev.amends.StandingClock
import io.sentry.Sentry
import io.sentry.SentryEvent
import io.sentry.SentryLevel
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** The recipe of docs/crash-reporters.md, with the real engine and the real Sentry, which is kept from sending. */
@Timeout(30)
class SentryTest {
    @TempDir
    lateinit var dir: File
    private val sent = LinkedBlockingQueue<SentryEvent>()
    private val time = StandingClock()

    @AfterEach
    fun close() = Sentry.close()

    @Test
    fun `a crash brings along what was noticed before it`() {
        val asOnAndroid = true // one scope for all threads
        Sentry.init({ options ->
            options.dsn = "http://key@127.0.0.1:9/1"
            options.setBeforeSend { event, _ ->
                sent += event
                null
            }
        }, asOnAndroid)
        val amends = Amends.startAlone {
            serviceName = "recipe"
            endpoint = "http://127.0.0.1:9"
            directory = dir
            holdout = 0.0
            clock = time
            breadcrumbs = toSentry
        }
        amends.foreground()
        amends.person("Jackie")
        amends.screen("Checkout")
        amends.tapped(7, Role.BUTTON)
        time.monotonicMs += 3_001 // nothing came of it
        amends.screen("Checkout")
        val decided = generateSequence { amends.lastDecisions().get(10, TimeUnit.SECONDS) }.take(100)
        assertTrue(decided.any { it.isNotEmpty() }, "and there was nobody to draw the message")

        Sentry.captureException(IllegalStateException("the app's"))

        val event = sent.poll(10, TimeUnit.SECONDS) ?: error("nothing was sent")
        val crumb = event.breadcrumbs.orEmpty().single()
        assertEquals(listOf("amends.failure", "dead_tap on Checkout"), listOf(crumb.category, crumb.message))
        assertEquals(SentryLevel.WARNING, crumb.level)
        assertEquals(setOf("kind", "screen", "outcome", "reason"), crumb.data.keys)
        assertEquals("dead_tap", crumb.getData("kind"))
        assertTrue(crumb.timestamp.time in time.unixMs - 3_001..time.unixMs, "${crumb.timestamp}")
        assertFalse("Jackie" in "${crumb.message} ${crumb.data}")
        amends.stop()
    }

    @Test
    fun `the document has the recipe that is run here`() {
        val recipe = File("src/test/kotlin/dev/amends/recipes/Sentry.kt").readText().substringAfter("\n\n")
        assertTrue(recipe in File("../../docs/crash-reporters.md").readText(), recipe)
    }
}
