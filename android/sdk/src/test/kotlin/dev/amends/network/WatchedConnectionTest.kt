package dev.amends.network

import mockwebserver3.SocketEffect
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.io.FileNotFoundException
import java.io.IOException
import java.net.ConnectException
import java.net.HttpURLConnection
import java.net.SocketTimeoutException

/**
 * On the JVM's `HttpURLConnection`. Once an answer without a body is there, it says that it is not connected, as Android's
 * never does: all answers here have one.
 */
class WatchedConnectionTest : NetworkBench() {
    private fun open(path: String) = (server.url(path).toUrl().openConnection() as HttpURLConnection).apply {
        readTimeout = 5_000 // one that asks when it should not fails, and does not hang
    }

    private fun <T> HttpURLConnection.seen(exchange: HttpURLConnection.() -> T): T =
        watched({ amends }, exchange = exchange)

    @Test
    fun `what it asks for and the status it ends with, whoever asked for that`() {
        answer(200) { body("a list") }
        answer(202) { body("soon") }
        answer(503) { body("busy") }
        assertEquals("a list", open("/orders?customer=7").seen { inputStream.use { it.readBytes().decodeToString() } })
        assertEquals(202, open("/orders/1042").seen { responseCode })
        assertEquals(503, open("/").seen { responseCode })
        assertEquals(listOf("1 GET /orders", "1 200", "2 GET /orders/{id}", "2 202", "3 GET /", "3 503"), told())
    }

    @Test
    fun `an answer that the platform makes an exception of is an answer`() {
        for ((at, status) in listOf(404, 500, 503, 410).withIndex()) {
            answer(status) { body("no") }
            val failure = assertThrows(IOException::class.java) { open("/orders").seen { inputStream.close() } }
            assertEquals(status == 404 || status == 410, failure is FileNotFoundException)
            assertEquals(listOf("${at + 1} GET /orders", "${at + 1} $status"), told())
        }
        assertEquals(4, server.requestCount)
    }

    @Test
    fun `what is sent makes a POST of it, unless it says otherwise`() {
        repeat(2) { answer(201) { body("1042") } }

        fun send(connection: HttpURLConnection) = connection.seen {
            outputStream.use { it.write(1) }
            responseCode
        }
        assertEquals(201, send(open("/orders").apply { doOutput = true }))
        val put = open("/orders").apply {
            requestMethod = "PUT"
            doOutput = true
        }
        assertEquals(201, send(put))
        assertEquals(listOf("1 POST /orders", "1 201", "2 PUT /orders", "2 201"), told())
    }

    @Test
    fun `one that was disconnected is not asked all over again`() {
        answer(200) { body("x".repeat(100_000)) }
        val first = open("/orders").seen {
            try {
                inputStream.read()
            } finally {
                disconnect()
            }
        }
        assertEquals('x'.code, first)
        open("/orders").seen { setRequestProperty("Accept", "text/plain") } // and never asked
        assertEquals(1, server.requestCount)
        assertEquals(listOf("1 GET /orders", "1 cancelled", "2 GET /orders", "2 cancelled"), told())
    }

    @Test
    fun `a file of the app's that cannot be read sends nothing`() {
        assertThrows(FileNotFoundException::class.java) {
            open("/upload").apply { doOutput = true }.seen {
                outputStream.write(1)
                throw FileNotFoundException("/sdcard/picture.jpg")
            }
        }
        assertEquals(0, server.requestCount)
        assertEquals(listOf("1 POST /upload", "1 unreachable"), told())
    }

    @Test
    fun `a server that says nothing, one that breaks off, and one that is away`() {
        answer(200) { onResponseStart(SocketEffect.Stall) }
        assertThrows(SocketTimeoutException::class.java) {
            open("/orders").apply { readTimeout = 100 }.seen { responseCode }
        }
        answer(200) {
            chunkedBody("x".repeat(100_000), 1_000)
            onResponseBody(SocketEffect.CloseSocket())
        }
        assertThrows(IOException::class.java) { open("/orders").seen { inputStream.readBytes() } }
        val away = open("/orders")
        server.close()
        assertThrows(ConnectException::class.java) { away.seen { connect() } }
        val ends = listOf("timed out", "unreachable", "unreachable")
        assertEquals(ends.flatMapIndexed { at, end -> listOf("${at + 1} GET /orders", "${at + 1} $end") }, told())
    }

    @Test
    fun `a fault of the app's reaches the app`() {
        val fault = IllegalStateException("the app's")
        assertEquals(fault, runCatching { open("/orders").seen { throw fault } }.exceptionOrNull())
        assertEquals(listOf("1 GET /orders", "1 cancelled"), told())
    }

    @Test
    fun `before the start, for the SDK's own upload, and when we break, only the exchange itself is done`() {
        repeat(4) { answer(200) }
        assertEquals(200, open("/orders").watched { responseCode })
        assertEquals(200, open("/orders").watched({ error("ours") }) { responseCode })
        transport = dev.amends.Transport { batch, receipt ->
            val connection = java.net.URL(batch.url).openConnection() as HttpURLConnection
            receipt.answered(connection.seen { responseCode })
        }
        uploads()
        assertEquals(3, server.requestCount)
        assertEquals(emptyList<String>(), told())
    }
}
