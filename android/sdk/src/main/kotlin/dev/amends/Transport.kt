package dev.amends

import java.util.concurrent.atomic.AtomicBoolean

/** One batch of counts, to be sent by HTTP POST as it is. A retry carries the same headers and the same bytes. */
public class Batch internal constructor(
    /** Where to. */
    public val url: String,
    /** All headers that belong to it, also the content type. */
    public val headers: Map<String, String>,
    /** The body, byte for byte; compressed already. */
    public val body: ByteArray,
)

/** Takes the answer to a [Batch]: the first one counts, from any thread. */
public class Receipt internal constructor(private val report: (status: Int?, retryAfter: String?) -> Unit) {
    private val answered = AtomicBoolean()

    /** The server answered with this HTTP status, and maybe a `Retry-After` header, as it came. */
    public fun answered(status: Int, retryAfter: String? = null): Unit = once(status, retryAfter)

    /** No answer: no connection, broken off, timed out. The batch is tried again later. */
    public fun unreachable(): Unit = once(null, null)

    private fun once(status: Int?, retryAfter: String?) {
        if (answered.compareAndSet(false, true)) report(status, retryAfter)
    }
}

/**
 * Carries batches through the app's own HTTP stack. The default uses `HttpURLConnection`; one over the app's OkHttp client
 * is there ([OkHttpTransport][dev.amends.network.OkHttpTransport]).
 *
 * Do not follow redirects, send no cookies, and set a plain `User-Agent`: the batch is all that may leave.
 */
public fun interface Transport {
    /**
     * Sends the batch without holding up the caller, which is the driver's thread, and answers the receipt once,
     * whatever happens. One batch is under way at a time.
     */
    public fun send(batch: Batch, receipt: Receipt)
}
