package dev.amends.network

import mockwebserver3.SocketEffect
import okhttp3.Cache
import okhttp3.CacheControl
import okhttp3.Call
import okhttp3.Connection
import okhttp3.Dispatcher
import okhttp3.EventListener
import okhttp3.HttpUrl
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.Response
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.io.IOException
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.lang.reflect.Proxy
import java.net.InetSocketAddress
import java.util.concurrent.AbstractExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

/** What only a listener sees, and what it hands on. */
class AmendsEventListenerTest : NetworkBench() {
    private val factory = AmendsEventListener.Factory(null) { amends }

    /** Keeps what it is given till it is told to do it. */
    private class Later : AbstractExecutorService() {
        val tasks = ArrayList<Runnable>()

        override fun execute(command: Runnable) {
            tasks += command
        }

        override fun shutdown() = Unit

        override fun shutdownNow(): List<Runnable> = tasks

        override fun isShutdown() = false

        override fun isTerminated() = false

        override fun awaitTermination(timeout: Long, unit: TimeUnit) = true
    }

    private fun client(interceptor: Boolean, configure: OkHttpClient.Builder.() -> Unit = {}) =
        OkHttpClient.Builder().eventListenerFactory(factory).apply {
            if (interceptor) addInterceptor(AmendsInterceptor { amends })
            configure()
        }.build()

    @Test
    fun `a call begins when it is asked for, and ends when its answer is read`() {
        for ((number, interceptor) in listOf(1 to false, 2 to true)) {
            answer(200) { body("a list") }
            val later = Later()
            val over = client(interceptor) { dispatcher(Dispatcher(later)) }.call("/orders")
                .inBackground { response ->
                    assertEquals(emptyList<String>(), told(), "nothing new while it is read")
                    response.body.string()
                }
            assertEquals(listOf("$number GET /orders"), told())
            later.tasks.forEach(Runnable::run)
            assertEquals("a list", over.get(10, TimeUnit.SECONDS).getOrThrow())
            assertEquals(listOf("$number 200"), told())
        }
    }

    @Test
    fun `a call that no interceptor sees, and one that was cancelled while it waited`() {
        val later = Later()
        val client = client(interceptor = true) { dispatcher(Dispatcher(later)) }
        val waiting = client.call("/orders")
        val over = waiting.inBackground { }
        waiting.cancel()
        later.tasks.forEach(Runnable::run)
        assertTrue(over.get(10, TimeUnit.SECONDS).isFailure)

        val closed = Executors.newCachedThreadPool().apply { shutdown() }
        val refusing = client(interceptor = true) { dispatcher(Dispatcher(closed)) }
        assertTrue(refusing.call("/orders").inBackground { }.get(10, TimeUnit.SECONDS).isFailure)
        assertEquals(listOf("1 GET /orders", "1 cancelled", "2 GET /orders", "2 cancelled"), told())
    }

    @Test
    fun `an answer that breaks off`() {
        for (interceptor in listOf(false, true)) {
            answer(200) {
                body("x".repeat(100_000))
                onResponseBody(SocketEffect.CloseSocket())
            }
            assertThrows(IOException::class.java) { client(interceptor).get("/orders") }
        }
        assertEquals(listOf("1 GET /orders", "1 unreachable", "2 GET /orders", "2 unreachable"), told())
    }

    @Test
    fun `answers of the cache`(
        @TempDir dir: File,
    ) {
        Cache(dir, 1_000_000).use { cache ->
            val client = client(interceptor = false) { cache(cache) }
            answer(200) {
                body("a list")
                addHeader("ETag", "\"1\"")
                addHeader("Cache-Control", "max-age=0")
            }
            answer(304) { addHeader("Cache-Control", "max-age=600") }
            repeat(3) { assertEquals(200 to "a list", client.get("/orders")) } // fetched, asked about, stored
            assertEquals(2, server.requestCount)
            val stored = Request.Builder().url(server.url("/else")).cacheControl(CacheControl.FORCE_CACHE).build()
            assertEquals(504, client.newCall(stored).execute().use { it.code })
        }
        val ends = (1..3).flatMap { listOf("$it GET /orders", "$it 200") }
        assertEquals(ends + listOf("4 GET /else", "4 504"), told())
    }

    @Test
    fun `one within another tells once`() {
        answer(200)
        val both = AmendsEventListener.Factory(AmendsEventListener.Factory(null) { amends }) { amends }
        OkHttpClient.Builder().eventListenerFactory(both).build().get("/orders")
        assertEquals(listOf("1 GET /orders", "1 200"), told())
    }

    @Test
    fun `each method of a listener reaches the app's own`() {
        val app = NotingListener()
        val call = OkHttpClient().call("/orders")
        val ours = AmendsEventListener.Factory({ app }, { amends }).create(call)
        val methods = EventListener::class.java.declaredMethods
            .filterNot { Modifier.isStatic(it.modifiers) || Modifier.isFinal(it.modifiers) || it.isSynthetic }
        assertTrue(methods.size >= 33, "$methods")
        for (method in methods) {
            val own = ours.javaClass.getMethod(method.name, *method.parameterTypes)
            assertEquals(AmendsEventListener::class.java, own.declaringClass)
            val given = method.parameterTypes.map { sample(it, call) }
            app.noted.clear()
            method.invoke(ours, *given.toTypedArray())
            assertEquals(listOf(listOf<Any?>(method.name) + given), app.noted)
        }
    }

    private fun sample(type: Class<*>, call: Call): Any? = when (type) {
        Call::class.java -> {
            call
        }

        Dispatcher::class.java -> {
            Dispatcher()
        }

        HttpUrl::class.java -> {
            server.url("/orders")
        }

        String::class.java -> {
            "example.com"
        }

        List::class.java -> {
            listOf("one")
        }

        InetSocketAddress::class.java -> {
            InetSocketAddress.createUnresolved("example.com", 443)
        }

        java.net.Proxy::class.java -> {
            java.net.Proxy.NO_PROXY
        }

        Protocol::class.java -> {
            Protocol.HTTP_2
        }

        Connection::class.java -> {
            Proxy.newProxyInstance(type.classLoader, arrayOf(type)) { self, method: Method, given ->
                if (method.name == "equals") self === given[0] else null
            }
        }

        Request::class.java -> {
            call.request()
        }

        Response::class.java -> {
            Response.Builder().request(call.request()).protocol(Protocol.HTTP_2).code(200).message("OK").build()
        }

        IOException::class.java -> {
            IOException("broken")
        }

        Long::class.java -> {
            7L
        }

        Boolean::class.java -> {
            true
        }

        else -> {
            null
        } // a handshake, which may be missing
    }
}
