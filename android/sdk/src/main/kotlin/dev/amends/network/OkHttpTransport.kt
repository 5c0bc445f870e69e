package dev.amends.network

import dev.amends.Batch
import dev.amends.Receipt
import dev.amends.Transport
import okhttp3.Authenticator
import okhttp3.CookieJar
import okhttp3.Dispatcher
import okhttp3.EventListener
import okhttp3.MediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody
import okio.BufferedSink
import java.io.IOException
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/**
 * [Transport] over the app's own OkHttp client: through its connections, DNS, proxy, TLS and pinned certificates.
 *
 * ```
 * Amends.start(this) { transport = OkHttpTransport { client } }
 * ```
 *
 * [client] is asked once, at the first batch and off the main thread. What the app adds to its requests is not added to
 * the SDK's: no interceptors (they would send the person's tokens to the canary), no listener, no authenticator, no
 * cookies, no cache. Redirects are not followed and nothing is sent twice: the device itself tries again. Connecting may
 * take 10 s, a silent server 20 s, a batch 60 s. The app's dispatcher and its limits are left alone.
 */
public class OkHttpTransport(client: () -> OkHttpClient) : Transport {
    private val calls by lazy { client().bare() }

    override fun send(batch: Batch, receipt: Receipt) {
        thread(name = "amends-upload", isDaemon = true) {
            try {
                post(batch, receipt)
            } catch (_: IOException) {
                // What the receipt says below: no answer.
            } catch (_: RuntimeException) {
                // A URL or header that OkHttp refuses, no permission for the network, or the app has no client to give.
            } finally {
                receipt.unreachable()
            }
        }
    }

    private fun post(batch: Batch, receipt: Receipt) {
        val request = Request.Builder().url(batch.url).header("User-Agent", "amends").post(Once(batch.body))
        for ((name, value) in batch.headers) request.header(name, value)
        calls.newCall(request.build()).execute().use { receipt.answered(it.code, it.header("Retry-After")) }
    }

    /** Its type is among the headers. One that is sent once is not sent again, whatever the server says. */
    private class Once(private val bytes: ByteArray) : RequestBody() {
        override fun contentType(): MediaType? = null

        override fun contentLength(): Long = bytes.size.toLong()

        override fun isOneShot(): Boolean = true

        override fun writeTo(sink: BufferedSink) {
            sink.write(bytes)
        }
    }
}

private fun OkHttpClient.bare(): OkHttpClient = newBuilder()
    .apply {
        interceptors().clear()
        networkInterceptors().clear()
    }
    .dispatcher(Dispatcher()) // has no threads unless it is given something to do later
    .eventListener(EventListener.NONE)
    .authenticator(Authenticator.NONE)
    .cookieJar(CookieJar.NO_COOKIES)
    .cache(null)
    .followRedirects(false)
    .followSslRedirects(false)
    .connectTimeout(10, TimeUnit.SECONDS)
    .readTimeout(20, TimeUnit.SECONDS)
    .writeTimeout(20, TimeUnit.SECONDS)
    .callTimeout(60, TimeUnit.SECONDS)
    .build()
