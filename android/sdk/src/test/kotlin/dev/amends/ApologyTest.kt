package dev.amends

import dev.amends.core.Pace
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.net.HttpURLConnection
import java.net.URL
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread

/** The product, once through: a slow shop, a real engine on real time, a person who is told, a canary that counts. */
class ApologyTest {
    private val drawn = CountDownLatch(1)
    private val loadEnded = AtomicBoolean()
    private val said = CompletableFuture<Said>()

    private class Said(val text: String, val kind: String, val loadWasOpen: Boolean)

    private val screen = object : MessageRenderer {
        override fun show(message: Message) {
            said.complete(Said(message.text, message.kind, loadWasOpen = !loadEnded.get()))
            message.shown()
            drawn.countDown()
        }

        override fun hide(id: Long) = Unit
    }

    @TempDir
    lateinit var dir: Path

    @Test
    @Timeout(60)
    fun `a slow load is apologised for while it runs, by name, and counted once`() {
        Canary.start(dir.resolve("canary")).use { canary ->
            // Answers only after the person has read the apology: so it must have come while the load was open.
            Server { if (drawn.await(30, TimeUnit.SECONDS)) it.answer(204) else it.answer(504) }.use { shop ->
                val amends = Amends.start {
                    serviceName = APP
                    release = "1.2.0"
                    endpoint = canary.url
                    directory = dir.resolve("device").toFile()
                    holdout = 0.0
                    renderer = screen
                    pace = Pace(failureWithinMs = 500u, atMostEveryMs = 1_000u)
                }
                assertSame(amends, Amends.start { serviceName = "another" }, "the second start is the first one's")
                amends.foreground()
                amends.person("Jackie")
                amends.screen("Catalogue")

                val status = amends.load("${shop.url}/catalogue")

                val said = said.get(10, TimeUnit.SECONDS)
                assertTrue(said.text.matches(Regex("Jackie, .+ Sorry about that, we are taking a look\\.")), said.text)
                assertEquals("slow_load", said.kind)
                assertTrue(said.loadWasOpen, "it came while the person waited")
                assertEquals(204, status.get(10, TimeUnit.SECONDS), "the shop answered after it")

                val totals = canary.totalsWithFailures(APP, withinS = 20)
                assertEquals(1, totals["failures"].asInt)
                assertEquals(1, totals["apologies"].asInt)
                assertEquals(1, totals["failed_sessions"].asInt)
                assertEquals("{\"shown\":1}", totals["by_outcome"].toString())
                assertEquals(1, totals.getAsJsonObject("by_kind").getAsJsonObject("slow_load")["failures"].asInt)
                assertEquals(setOf("1.2.0"), totals.getAsJsonObject("by_release").keySet())
                assertEquals(setOf("Catalogue"), totals.getAsJsonObject("by_screen").keySet())

                val decision = amends.lastDecisions().get(5, TimeUnit.SECONDS).single()
                assertEquals("slow_load" to "shown", decision.kind to decision.outcome)
                assertFalse("Jackie" in amends.whatWeSend().get(5, TimeUnit.SECONDS))
                amends.stop()
            }
        }
    }

    /** As an app's own code would: the load is open from the request's start till its answer is there. */
    private fun Amends.load(url: String): CompletableFuture<Int> {
        val answer = CompletableFuture<Int>()
        val load = loadStarted(operation = "catalogue")
        val request = request()
        thread(isDaemon = true) {
            val status = (URL(url).openConnection() as HttpURLConnection).responseCode
            loadEnded.set(true)
            request.answered(status)
            load.succeeded()
            answer.complete(status)
        }
        return answer
    }

    private companion object {
        const val APP = "kotlin-apology"
    }
}
