package dev.amends

import com.sun.net.httpserver.HttpExchange
import dev.amends.core.Pace
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.net.HttpURLConnection
import java.net.URL
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** A canary that is away, then counts but cannot say so, then answers. */
class RetryTest {
    private class Try(val at: Long, val key: String, val body: ByteArray)

    private val tries = LinkedBlockingQueue<Try>()

    @Volatile
    private var away = true

    @Volatile
    private var unheard = true

    @TempDir
    lateinit var dir: Path

    @Test
    @Timeout(60)
    fun `a canary that was away gets the same batch again, byte for byte, and counts it once`() {
        Canary.start(dir.resolve("canary")).use { canary ->
            Server { gate(it, canary) }.use { gate ->
                val amends = Amends.startAlone {
                    serviceName = APP
                    release = "1"
                    endpoint = gate.url
                    directory = dir.resolve("device").toFile()
                    holdout = 0.0
                    pace = Pace(failureWithinMs = 0u, atMostEveryMs = 0u)
                }
                amends.foreground()
                amends.loadStarted(kind = LoadKind.HOT_LAUNCH) // slow after 1.5 s, and nobody can draw a message

                val (away, unheard, heard) = List(3) { tries.poll(20, TimeUnit.SECONDS) ?: error("no try ${it + 1}") }

                assertTrue(unheard.at - away.at >= TimeUnit.SECONDS.toNanos(1), "Retry-After: 1 was honoured")
                for (again in listOf(unheard, heard)) {
                    assertEquals(away.key, again.key)
                    assertArrayEquals(away.body, again.body)
                }
                assertTrue(Regex("[0-9a-f]{32}").matches(away.key), away.key)
                val totals = canary.totalsWithFailures(APP, withinS = 10)
                assertEquals(1, totals["failures"].asInt, "counted once")
                assertEquals("{\"suppressed\":1}", totals["by_outcome"].toString())
                amends.stop()
            }
        }
    }

    private fun gate(exchange: HttpExchange, canary: Canary) {
        val headers = exchange.requestHeaders.mapValues { it.value.first() }
        val seen = Try(System.nanoTime(), headers.getValue("Idempotency-key"), exchange.requestBody.readBytes())
        tries += seen
        if (away) {
            away = false
            exchange.answer(503, "Retry-After" to "1")
            return
        }
        val status = forward(canary, headers, seen.body)
        if (unheard) {
            unheard = false
            return // counted, but the connection breaks before the answer
        }
        exchange.answer(status)
    }

    private fun forward(canary: Canary, headers: Map<String, String>, body: ByteArray): Int {
        val connection = URL("${canary.url}/v1/metrics").openConnection() as HttpURLConnection
        connection.requestMethod = "POST"
        connection.doOutput = true
        for (name in listOf("Content-type", "Content-encoding", "Idempotency-key")) {
            connection.setRequestProperty(name, headers.getValue(name))
        }
        connection.outputStream.use { it.write(body) }
        return connection.responseCode
    }

    private companion object {
        const val APP = "kotlin-retry"
    }
}
