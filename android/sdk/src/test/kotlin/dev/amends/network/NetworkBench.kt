package dev.amends.network

import dev.amends.Amends
import dev.amends.Driver
import dev.amends.Effects
import dev.amends.Equipment
import dev.amends.FakeDevice
import dev.amends.JvmClock
import dev.amends.Log
import dev.amends.NoScreen
import dev.amends.Transport
import dev.amends.asking
import dev.amends.core.Effect
import dev.amends.core.Event
import dev.amends.core.RequestEnd
import dev.amends.core.Upload
import dev.amends.idle
import mockwebserver3.MockResponse
import mockwebserver3.MockWebServer
import okhttp3.Call
import okhttp3.Callback
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Timeout
import java.io.IOException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit

/** A real client and a real server on this machine, and an SDK whose device notes what it is told. */
@Timeout(30)
abstract class NetworkBench {
    protected val server = MockWebServer()
    protected val lines = CopyOnWriteArrayList<String>()
    protected var transport = Transport { _, receipt -> receipt.answered(200) }
    private val device = FakeDevice { if (Event.NewSession in it) asking(upload()) else idle() }
    private val heard = ArrayList<Event>()
    private val log = Log { lines += it }
    private val driver = Driver(JvmClock, log) {
        Equipment(device, Effects(NoScreen, { batch, receipt -> transport.send(batch, receipt) }, JvmClock, log))
    }
    internal val amends = Amends(driver)

    @BeforeEach
    fun start() {
        server.start()
        driver.start()
    }

    @AfterEach
    fun stop() {
        amends.stop()
        server.close()
    }

    /** What was told till now, each with the number of its request: `1 GET /orders`, `1 503`. */
    protected fun told(): List<String> {
        amends.foreground()
        heardTill { it is Event.Foreground }
        return heard.mapNotNull { it.asText() }.also { heard.clear() }
    }

    private fun heardTill(isIt: (Event) -> Boolean) {
        do heard += device.next() while (!isIt(heard.last()))
    }

    private fun Event.asText(): String? = when (this) {
        is Event.RequestStarted -> "$request $operation"
        is Event.RequestEnded -> "$request ${end.asText()}"
        else -> null
    }

    private fun RequestEnd.asText() = when (this) {
        is RequestEnd.Status -> "$code"
        RequestEnd.TimedOut -> "timed out"
        RequestEnd.Unreachable -> "unreachable"
        RequestEnd.Cancelled -> "cancelled"
    }

    /** The device sends a batch to the server, after [transport] was set. Waits for the answer. */
    protected fun uploads() {
        amends.newSession()
        heardTill { it is Event.Uploaded }
    }

    private fun upload(): Effect =
        Effect.Upload(
            Upload(1u, server.url("/v1/metrics").toString(), mapOf("Idempotency-Key" to "00ff"), ByteArray(3)),
        )

    protected fun answer(code: Int, change: MockResponse.Builder.() -> Unit = {}) =
        server.enqueue(MockResponse.Builder().code(code).apply(change).build())

    protected fun OkHttpClient.call(path: String): Call = newCall(Request.Builder().url(server.url(path)).build())

    /** Status and body. */
    protected fun OkHttpClient.get(path: String): Pair<Int, String> =
        call(path).execute().use { it.code to it.body.string() }

    protected fun takeRequest() = server.takeRequest(10, TimeUnit.SECONDS) ?: error("nothing came")
}

/** Done by OkHttp's dispatcher. */
internal fun <T> Call.inBackground(read: (Response) -> T): CompletableFuture<Result<T>> {
    val over = CompletableFuture<Result<T>>()
    enqueue(
        object : Callback {
            override fun onFailure(call: Call, e: IOException) {
                over.complete(Result.failure(e))
            }

            override fun onResponse(call: Call, response: Response) {
                over.complete(runCatching { response.use(read) })
            }
        },
    )
    return over
}

/** How an app lets its client be watched. */
enum class Watching {
    INTERCEPTOR,
    LISTENER,
    BOTH,
    ;

    val intercepts: Boolean get() = this != LISTENER
    val listens: Boolean get() = this != INTERCEPTOR

    fun OkHttpClient.Builder.watched(
        amends: () -> Amends?,
        nanoTime: () -> Long = System::nanoTime,
    ): OkHttpClient.Builder = apply {
        if (intercepts) addInterceptor(AmendsInterceptor(nanoTime, amends))
        if (listens) eventListenerFactory(AmendsEventListener.Factory(null, amends))
    }
}
