package dev.amends.network

import dev.amends.Amends
import dev.amends.Guard
import java.io.FileNotFoundException
import java.io.IOException
import java.net.HttpURLConnection
import dev.amends.Request as Told

/**
 * Tells the SDK of one exchange, as [Amends.request] would: that it begins, and the status or failure it ends with. The
 * whole exchange belongs into it, from what is sent to what is read; what it returns or throws is what this does.
 *
 * ```
 * val orders = connection.watched { inputStream.use { it.readBytes() } }
 * ```
 *
 * The request is known by its method and path without ids ("GET /orders"), which stays on the device. Set the method, or
 * `doOutput`, before. Before [Amends.start] only the exchange itself is done.
 */
public fun <C : HttpURLConnection, T> C.watched(exchange: C.() -> T): T = watched({ Amends.started }, ours, exchange)

private val ours = requestGuard { Amends.started }

internal fun <C : HttpURLConnection, T> C.watched(
    amends: () -> Amends?,
    guard: Guard = requestGuard(amends),
    exchange: C.() -> T,
): T {
    var told: Told? = null
    guard.run { told = amends()?.let { begin(it) } }
    try {
        val answer = exchange()
        guard.run { told?.ended(this) }
        return answer
    } catch (failure: Throwable) {
        guard.run { told?.failed(this, failure) }
        throw failure
    }
}

private fun HttpURLConnection.begin(amends: Amends): Told? {
    if (url.toString() == amends.uploadUrl) return null
    // GET becomes POST as soon as something is written.
    val method = if (doOutput && requestMethod == "GET") "POST" else requestMethod
    return amends.request(requestName(method, url.path.orEmpty()))
}

private fun Told.ended(connection: HttpURLConnection) {
    // One that never connected would be asked now, and one that was disconnected maybe again.
    if (connection.isConnected()) answered(connection) else cancelled()
}

private fun Told.failed(connection: HttpURLConnection, failure: Throwable): Unit = when {
    failure.isTimeout() -> timedOut()
    !failure.isOfTheNetwork() -> cancelled()
    failure.isAnAnswer(connection) -> answered(connection)
    else -> unreachable()
}

private fun Told.answered(connection: HttpURLConnection): Unit = try {
    answered(connection.responseCode)
} catch (failure: IOException) {
    if (failure.isTimeout()) timedOut() else unreachable()
}

/** `getInputStream` throws this when the status is 400 or more: the answer is there. */
private fun Throwable.isAnAnswer(connection: HttpURLConnection): Boolean {
    val text = message.orEmpty()
    return (this is FileNotFoundException && text == connection.url.toString()) ||
        text.startsWith("Server returned HTTP response code: ") // the JVM's, where it is not 404 or 410
}

/** By what is refused then. It changes nothing before. */
private fun HttpURLConnection.isConnected(): Boolean = try {
    useCaches = useCaches
    false
} catch (_: IllegalStateException) {
    true
}
