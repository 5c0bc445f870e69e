package dev.amends

import java.io.IOException
import java.net.HttpRetryException
import java.net.HttpURLConnection
import java.net.URL
import kotlin.concurrent.thread

/** [Transport] by the platform's `HttpURLConnection`, each batch on a short-lived thread. */
internal class HttpTransport(
    private val connectTimeoutMs: Int = 10_000,
    private val readTimeoutMs: Int = 20_000,
) : Transport {
    override fun send(batch: Batch, receipt: Receipt) {
        thread(name = "amends-upload", isDaemon = true) {
            try {
                post(batch, receipt)
            } catch (_: IOException) {
                // What the receipt says below: no answer.
            } catch (_: RuntimeException) {
                // A URL or header that this stack refuses, or no permission for the network (SecurityException).
            } finally {
                receipt.unreachable()
            }
        }
    }

    private fun post(batch: Batch, receipt: Receipt) {
        val connection = URL(batch.url).openConnection() as? HttpURLConnection ?: return
        try {
            connection.requestMethod = "POST"
            connection.connectTimeout = connectTimeoutMs
            connection.readTimeout = readTimeoutMs
            connection.instanceFollowRedirects = false // the ingest key is for this host alone
            connection.useCaches = false
            connection.doOutput = true
            // Streamed, so that the stack neither repeats the POST by itself nor keeps a copy.
            connection.setFixedLengthStreamingMode(batch.body.size)
            connection.setRequestProperty("User-Agent", "amends") // the platform's own names the phone's model
            for ((name, value) in batch.headers) connection.setRequestProperty(name, value)
            connection.outputStream.use { it.write(batch.body) }
            val status = connection.responseCode
            if (status > 0) receipt.answered(status, connection.getHeaderField("Retry-After"))
        } catch (refused: HttpRetryException) {
            receipt.answered(refused.responseCode()) // 401: the stack would like to ask again and cannot
        } finally {
            connection.disconnect() // the answer's body does not matter: partial success is final
        }
    }
}
