package dev.amends.network

import dev.amends.Amends
import dev.amends.Decision
import dev.amends.Role
import dev.amends.StandingClock
import mockwebserver3.MockResponse
import mockwebserver3.MockWebServer
import okhttp3.OkHttpClient
import okhttp3.Request
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.concurrent.TimeUnit

/** From a tap over OkHttp to a decision of the real engine, at a time that stands still unless it is moved. */
@Timeout(30)
class RealEngineTest {
    @TempDir
    lateinit var dir: File
    private val server = MockWebServer()
    private val time = StandingClock()
    private lateinit var amends: Amends
    private lateinit var client: OkHttpClient

    @BeforeEach
    fun start() {
        server.start()
        amends = Amends.startAlone {
            serviceName = "requests"
            endpoint = "http://127.0.0.1:9"
            directory = dir
            holdout = 0.0
            clock = time
        }
        client = OkHttpClient.Builder()
            .addInterceptor(AmendsInterceptor { amends })
            .eventListenerFactory(AmendsEventListener.Factory(null) { amends })
            .build()
        amends.foreground()
        amends.screen("Checkout")
    }

    @AfterEach
    fun stop() {
        amends.stop()
        server.close()
    }

    private fun tapAndOrder(vararg answers: Int) {
        amends.tapped(7, Role.BUTTON)
        for (status in answers) {
            time.monotonicMs += 10
            server.enqueue(MockResponse(code = status))
            client.newCall(Request.Builder().url(server.url("/orders/1042")).build()).execute().close()
        }
    }

    private fun decisions(): List<Decision> {
        repeat(5) {
            // It fails, then there is nobody to draw the message; a question may overtake either.
            time.monotonicMs += 100
            amends.screen("Checkout")
            amends.lastDecisions().get(10, TimeUnit.SECONDS)
        }
        return amends.lastDecisions().get(10, TimeUnit.SECONDS)
    }

    @Test
    fun `a tap whose request fails is an error`() {
        tapAndOrder(503)
        assertEquals(listOf("error" to "Checkout"), decisions().map { it.kind to it.screen })
    }

    @Test
    fun `one that the app tries again at once, and that works then, has recovered`() {
        tapAndOrder(503, 200)
        assertEquals(listOf("error" to "recovered"), decisions().map { it.kind to it.outcome })
    }

    @Test
    fun `what is not there, and what works, is no error`() {
        tapAndOrder(404)
        time.monotonicMs += 1_000
        tapAndOrder(200)
        assertEquals(emptyList<Decision>(), decisions())
    }
}
