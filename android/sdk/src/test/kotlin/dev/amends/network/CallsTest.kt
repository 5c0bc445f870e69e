package dev.amends.network

import mockwebserver3.SocketEffect
import okhttp3.OkHttpClient
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.io.IOException
import java.net.ConnectException
import java.net.SocketTimeoutException
import java.util.concurrent.TimeUnit

/** What is told of a call, whichever way the app lets it be watched: once, and the same. */
class CallsTest : NetworkBench() {
    private fun client(
        watching: Watching,
        nanoTime: () -> Long = System::nanoTime,
        configure: OkHttpClient.Builder.() -> Unit = {},
    ): OkHttpClient = with(watching) { OkHttpClient.Builder().watched({ amends }, nanoTime).apply(configure).build() }

    @ParameterizedTest
    @EnumSource
    fun `what it asks for and the status it ends with`(watching: Watching) {
        val client = client(watching)
        answer(200) { body("a list") }
        answer(404)
        answer(503) { body("busy") }
        assertEquals(200 to "a list", client.get("/orders?customer=7"))
        assertEquals(404 to "", client.get("/orders/1042"))
        assertEquals(503 to "busy", client.get("/"))
        val expected = listOf("1 GET /orders", "1 200", "2 GET /orders/{id}", "2 404", "3 GET /", "3 503")
        assertEquals(expected, told())
    }

    @ParameterizedTest
    @EnumSource
    fun `redirects and OkHttp's own retries are one request`(watching: Watching) {
        answer(302) { addHeader("Location", "/elsewhere") }
        answer(503) { addHeader("Retry-After", 0) }
        answer(200) { body("there") }
        assertEquals(200 to "there", client(watching).get("/here"))
        assertEquals(3, server.requestCount)
        assertEquals(listOf("1 GET /here", "1 200"), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `a server that is away`(watching: Watching) {
        val call = client(watching).call("/orders")
        server.close()
        assertThrows(ConnectException::class.java) { call.execute() }
        assertEquals(listOf("1 GET /orders", "1 unreachable"), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `one that is away once the client was sent there`(watching: Watching) {
        answer(302) { addHeader("Location", "http://127.0.0.1:1/elsewhere") } // nobody listens
        assertThrows(ConnectException::class.java) { client(watching).get("/here") }
        assertEquals(listOf("1 GET /here", "1 unreachable"), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `a server that says nothing`(watching: Watching) {
        answer(200) { onResponseStart(SocketEffect.Stall) }
        val client = client(watching) { readTimeout(100, TimeUnit.MILLISECONDS) }
        assertThrows(SocketTimeoutException::class.java) { client.get("/orders") }
        assertEquals(listOf("1 GET /orders", "1 timed out"), told())
    }

    /** OkHttp ends such a call by cancelling it. */
    @ParameterizedTest
    @EnumSource
    fun `a call whose time is over was not cancelled`(watching: Watching) {
        answer(200) { onResponseStart(SocketEffect.Stall) }
        var now = 0L
        val client = client(watching, { now.also { now += 200_000_000 } }) { callTimeout(200, TimeUnit.MILLISECONDS) }
        val failure = assertThrows(IOException::class.java) { client.get("/orders") }
        assertEquals("timeout", failure.message)
        assertEquals(listOf("1 GET /orders", "1 timed out"), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `one that the app cancels was`(watching: Watching) {
        answer(200) { onResponseStart(SocketEffect.Stall) }
        var now = 0L
        val client = client(watching, { now.also { now += 50_000_000_000 } }) { callTimeout(60, TimeUnit.SECONDS) }
        val call = client.call("/orders")
        val over = call.inBackground { it.code }
        takeRequest()
        call.cancel()
        assertTrue(over.get(10, TimeUnit.SECONDS).isFailure)
        assertEquals(listOf("1 GET /orders", "1 cancelled"), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `what an interceptor of the app's throws reaches the app, and is no matter of the network`(watching: Watching) {
        val client = client(watching) { addInterceptor { error("a fault of the app's") } }
        val failure = assertThrows(IllegalStateException::class.java) { client.get("/orders") }
        assertEquals("a fault of the app's", failure.message)
        assertEquals(listOf("1 GET /orders", "1 cancelled"), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `before the SDK is started nothing is done`(watching: Watching) {
        answer(200) { body("a list") }
        val client = with(watching) { OkHttpClient.Builder().watched({ null }).build() }
        assertEquals(200 to "a list", client.get("/orders"))
        assertEquals(emptyList<String>(), told())
    }

    @ParameterizedTest
    @EnumSource
    fun `what breaks in us is one line, and the app's calls go on`(watching: Watching) {
        repeat(2) { answer(200) { body("a list") } }
        var asked = 0
        val client = with(watching) {
            OkHttpClient.Builder().watched({ if (asked++ % 2 == 0) error("ours") else amends }).build()
        }
        repeat(2) { assertEquals(200 to "a list", client.get("/orders")) }
        assertEquals(emptyList<String>(), told())
        val ways = listOf(watching.intercepts, watching.listens).count { it }
        assertEquals(ways, lines.size, "$lines")
        assertTrue(lines.all { "without seeing requests" in it && "ours" in it }, "$lines")
    }

    @ParameterizedTest
    @EnumSource
    fun `the SDK's own uploads are none of the app's requests, also through the app's client`(watching: Watching) {
        val client = client(watching)
        answer(200)
        transport = OkHttpTransport { client }
        uploads()
        assertEquals("POST", takeRequest().method)
        answer(200)
        transport = dev.amends.Transport { batch, receipt ->
            receipt.answered(client.newCall(okhttp3.Request.Builder().url(batch.url).build()).execute().use { it.code })
        }
        uploads()
        takeRequest()
        assertEquals(emptyList<String>(), told())
    }
}
