package dev.amends.network

import okhttp3.Interceptor
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.Response
import okhttp3.ResponseBody.Companion.toResponseBody
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import java.io.IOException

/** Among the interceptors of the app. */
class AmendsInterceptorTest : NetworkBench() {
    private val ours = AmendsInterceptor { amends }

    /** Answers in the server's place. */
    private val stand = Interceptor { chain ->
        Response.Builder().request(chain.request()).protocol(Protocol.HTTP_1_1).code(200).message("OK")
            .body("stored".toResponseBody()).build()
    }

    /** Tries twice. */
    private val persistent = Interceptor { chain ->
        val first = chain.proceed(chain.request())
        if (first.isSuccessful) return@Interceptor first
        first.close()
        chain.proceed(chain.request())
    }

    /** Makes exceptions of answers. */
    private val strict = Interceptor { chain ->
        val response = chain.proceed(chain.request())
        if (response.isSuccessful) return@Interceptor response
        response.close()
        throw IOException("not found")
    }

    private val listener = AmendsEventListener.Factory(null) { amends }

    @Test
    fun `request and response pass as they are`() {
        val requests = ArrayList<Request>()
        val responses = ArrayList<Response>()
        val spy = Interceptor { chain ->
            requests += chain.request()
            chain.proceed(chain.request()).also { responses += it }
        }
        answer(200) { body("a list") }
        val client = OkHttpClient.Builder().addInterceptor(spy).addInterceptor(ours).addInterceptor(spy).build()
        assertEquals(200 to "a list", client.get("/orders"))
        assertSame(requests[0], requests[1])
        assertSame(responses[0], responses[1])
    }

    @Test
    fun `an answer in the server's place is known to it, and to nobody else`() {
        val seen = OkHttpClient.Builder().addInterceptor(ours).addInterceptor(stand)
        assertEquals(200 to "stored", seen.build().get("/orders"))
        assertEquals(200 to "stored", seen.eventListenerFactory(listener).build().get("/orders"))
        val unseen = OkHttpClient.Builder().addInterceptor(stand).eventListenerFactory(listener).build()
        assertEquals(200 to "stored", unseen.get("/orders"))
        val name = "GET /orders"
        assertEquals(listOf("1 $name", "1 200", "2 $name", "2 200", "3 $name", "3 cancelled"), told())
    }

    @Test
    fun `what the app tries again is one request to those before it and to a listener, two to those after it`() {
        fun twice(client: OkHttpClient.Builder) {
            answer(503)
            answer(200)
            assertEquals(200, client.build().get("/orders").first)
        }
        val one = listOf("GET /orders", "200")
        twice(OkHttpClient.Builder().addInterceptor(ours).addInterceptor(persistent))
        assertEquals(one.map { "1 $it" }, told())
        twice(OkHttpClient.Builder().addInterceptor(persistent).addInterceptor(ours).eventListenerFactory(listener))
        assertEquals(one.map { "2 $it" }, told())
        twice(OkHttpClient.Builder().addInterceptor(persistent).addInterceptor(ours))
        assertEquals(listOf("3 GET /orders", "3 503") + one.map { "4 $it" }, told())
    }

    @Test
    fun `an answer that the app makes an exception of is what the server said`() {
        for (client in listOf(
            OkHttpClient.Builder().addInterceptor(strict).addInterceptor(ours),
            OkHttpClient.Builder().addInterceptor(strict).eventListenerFactory(listener),
            OkHttpClient.Builder().addInterceptor(ours).addInterceptor(strict).eventListenerFactory(listener),
        )) {
            answer(404)
            val failure = runCatching { client.build().get("/orders") }.exceptionOrNull()
            assertEquals("not found", failure?.message)
        }
        assertEquals((1..3).flatMap { listOf("$it GET /orders", "$it 404") }, told())
    }

    @Test
    fun `added twice it tells once`() {
        answer(200)
        OkHttpClient.Builder().addInterceptor(ours).addInterceptor(AmendsInterceptor { amends }).build().get("/orders")
        assertEquals(listOf("1 GET /orders", "1 200"), told())
    }
}
