package dev.amends

import com.sun.net.httpserver.Headers
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger

@Timeout(30)
class HttpTransportTest {
    private val body = byteArrayOf(31, -117, 8, 0, 1, 2, 3)
    private val headers = mapOf("Content-Type" to "application/json", "Idempotency-Key" to "00ff")

    /** Status and Retry-After; nulls: unreachable. */
    private fun send(url: String, transport: Transport = HttpTransport()): Pair<Int?, String?> {
        val answer = CompletableFuture<Pair<Int?, String?>>()
        transport.send(Batch("$url/v1/metrics", headers, body), Receipt { s, after -> answer.complete(s to after) })
        return answer.get(20, TimeUnit.SECONDS)
    }

    @Test
    fun `bytes and headers arrive as they are, and nothing names the phone`() {
        var seen = Headers()
        var got = byteArrayOf()
        Server {
            seen = it.requestHeaders
            got = it.requestBody.readBytes()
            it.answer(200)
        }.use { assertEquals(200 to null, send(it.url)) }
        assertArrayEquals(body, got)
        assertEquals("00ff", seen.getFirst("Idempotency-Key"))
        assertEquals("application/json", seen.getFirst("Content-Type"))
        assertEquals("amends", seen.getFirst("User-Agent"))
    }

    @Test
    fun `a busy server's Retry-After comes along`() =
        Server { it.answer(503, "Retry-After" to "7") }.use { assertEquals(503 to "7", send(it.url)) }

    @Test
    fun `a wrong key is an answer, also when the server would like another one`() =
        Server { it.answer(401, "WWW-Authenticate" to "Bearer") }.use { assertEquals(401, send(it.url).first) }

    @Test
    fun `a redirect is not followed`() {
        val elsewhere = AtomicInteger()
        Server { elsewhere.incrementAndGet() }.use { other ->
            Server { it.answer(307, "Location" to other.url) }.use { assertEquals(307, send(it.url).first) }
        }
        assertEquals(0, elsewhere.get())
    }

    @Test
    fun `no server, no answer, half an answer, no URL`() {
        val gone = Server { it.answer(200) }.apply { close() }
        assertNull(send(gone.url).first)
        val over = CountDownLatch(1)
        Server { over.await() }.use { assertNull(send(it.url, HttpTransport(500, 300)).first) }
        over.countDown()
        val tries = AtomicInteger()
        Server { tries.incrementAndGet() }.use { assertNull(send(it.url).first) }
        assertEquals(1, tries.get(), "the stack does not repeat a POST by itself")
        assertNull(send("nonsense:").first)
        assertNull(send("file:///etc").first)
    }
}
