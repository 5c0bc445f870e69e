package dev.amends.network

import dev.amends.Batch
import dev.amends.Receipt
import mockwebserver3.SocketEffect
import okhttp3.Cookie
import okhttp3.CookieJar
import okhttp3.EventListener
import okhttp3.HttpUrl
import okhttp3.OkHttpClient
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit

/** Over a client of the app's to which the app has added all it could. */
class OkHttpTransportTest : NetworkBench() {
    @TempDir
    lateinit var dir: File

    /** What of the app's had a part in it. */
    private val took = CopyOnWriteArrayList<String>()

    private val cookies = object : CookieJar {
        override fun saveFromResponse(url: HttpUrl, cookies: List<Cookie>) {
            took += "cookies"
        }

        override fun loadForRequest(url: HttpUrl): List<Cookie> {
            took += "cookies"
            return listOf(Cookie.Builder().name("person").value("7").domain(url.host).build())
        }
    }

    private val app by lazy {
        OkHttpClient.Builder()
            .addInterceptor { chain ->
                took += "interceptor"
                chain.proceed(chain.request().newBuilder().header("Authorization", "the person's").build())
            }
            .addNetworkInterceptor { chain ->
                took += "network interceptor"
                chain.proceed(chain.request())
            }
            .eventListenerFactory {
                took += "listener"
                EventListener.NONE
            }
            .authenticator { _, response ->
                took += "authenticator"
                response.request.newBuilder().header("Authorization", "the person's").build()
            }
            .cookieJar(cookies)
            .cache(okhttp3.Cache(dir, 1_000_000))
            .build()
    }

    private val ours = OkHttpTransport { app }

    private val headers = mapOf(
        "Content-Type" to "application/json",
        "Content-Encoding" to "gzip",
        "Idempotency-Key" to "00ff",
    )

    /** Status and Retry-After; nulls: unreachable. */
    private fun send(url: String = "${server.url("/v1/metrics")}", by: OkHttpTransport = ours): Pair<Int?, String?> {
        val said = CompletableFuture<Pair<Int?, String?>>()
        by.send(Batch(url, headers, byteArrayOf(31, -117, 8, 0)), Receipt { s, after -> said.complete(s to after) })
        return said.get(20, TimeUnit.SECONDS)
    }

    @Test
    fun `bytes and headers arrive as they are, and nothing of the app's with them`() {
        answer(200) { addHeader("Set-Cookie", "a=b") }
        assertEquals(200 to null, send())
        val request = takeRequest()
        assertEquals("POST /v1/metrics", "${request.method} ${request.target}")
        assertEquals("1f8b0800", request.body?.hex())
        for ((name, value) in headers) assertEquals(value, request.headers[name])
        assertEquals("amends", request.headers["User-Agent"])
        val others = request.headers.names() - headers.keys - listOf("User-Agent", "Content-Length")
        assertEquals(setOf("Host", "Connection", "Accept-Encoding"), others)
        assertEquals(emptyList<String>(), took)
        assertEquals(0, app.cache?.writeSuccessCount())
    }

    @Test
    fun `each answer is the last word`() {
        for ((status, header) in listOf(
            401 to ("WWW-Authenticate" to "Basic"),
            307 to ("Location" to "/elsewhere"),
            408 to ("Retry-After" to "0"),
            503 to ("Retry-After" to "0"),
        )) {
            answer(status) { addHeader(header.first, header.second) }
            answer(200)
            assertEquals(status, send().first)
            assertEquals(200, send().first, "the next one's")
        }
        answer(503) { addHeader("Retry-After", 7) }
        assertEquals(503 to "7", send())
        assertEquals(emptyList<String>(), took)
    }

    @Test
    fun `what was sent once is not sent again`() {
        answer(200) { onResponseStart(SocketEffect.CloseSocket()) }
        answer(200)
        assertNull(send().first)
        assertEquals(1, server.requestCount)
    }

    @Test
    fun `no server, no URL, no client yet`() {
        val threads = CopyOnWriteArrayList<String>()
        val later = OkHttpTransport {
            threads += Thread.currentThread().name
            if (threads.size == 1) error("not yet") else app
        }
        assertNull(send(by = later).first)
        answer(200)
        answer(200)
        repeat(2) { assertEquals(200, send(by = later).first) }
        assertEquals(listOf("amends-upload", "amends-upload"), threads, "asked till there was one")
        assertNull(send("nonsense:").first)
        val url = "${server.url("/v1/metrics")}"
        server.close()
        assertNull(send(url).first)
    }

    @Test
    fun `the app's calls that are ended all at once do not end it`() {
        answer(200) { headersDelay(300, TimeUnit.MILLISECONDS) }
        val said = CompletableFuture<Int?>()
        ours.send(Batch("${server.url("/")}", headers, ByteArray(1)), Receipt { status, _ -> said.complete(status) })
        takeRequest()
        assertTrue(app.dispatcher.runningCalls().isEmpty())
        app.dispatcher.cancelAll()
        assertEquals(200, said.get(20, TimeUnit.SECONDS))
    }
}
