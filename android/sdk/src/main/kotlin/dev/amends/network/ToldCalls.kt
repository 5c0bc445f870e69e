package dev.amends.network

import dev.amends.Amends
import okhttp3.Call
import okhttp3.HttpUrl.Companion.toHttpUrlOrNull
import java.util.WeakHashMap
import dev.amends.Request as Told

/**
 * The calls of the app that are being told, each once, whoever sees it first: the listener if there is one, else the
 * outermost interceptor. A call that nobody ends is forgotten with the call.
 */
internal object ToldCalls {
    private val calls = WeakHashMap<Call, ToldCall>()

    /** Tells that the call began. `null`: it is told already, or is the SDK's own upload. */
    fun begin(call: Call, amends: Amends): ToldCall? {
        val request = call.request()
        if (amends.uploadUrl?.toHttpUrlOrNull() == request.url) return null
        val name = requestName(request.method, request.url.encodedPath)
        return synchronized(calls) {
            if (call in calls) null else ToldCall(amends.request(name)).also { calls[call] = it }
        }
    }

    /** What is told of this call, by whomever. */
    fun of(call: Call): ToldCall? = synchronized(calls) { calls[call] }

    fun forget(call: Call) {
        synchronized(calls) { calls.remove(call) }
    }
}

/** A call that is being told. Its first end counts. */
internal class ToldCall(private val told: Told) {
    /** The server's latest answer: redirects and OkHttp's own retries are one request. `null`: none that still holds. */
    @Volatile
    private var status: Int? = null

    /** The server answered. Another answer may follow. */
    fun answered(status: Int) {
        this.status = status
    }

    /** The server is asked anew, or its answer broke off. */
    fun unanswered() {
        status = null
    }

    /** Nothing went wrong on the way: the answer counts. */
    fun ended() {
        val status = status
        // Without one an interceptor of the app's took the server's place: it is not known whether it works.
        if (status == null) told.cancelled() else told.answered(status)
    }

    /** The call came to nothing, by itself or since the app [cancelled] it. */
    fun failed(failure: Throwable, cancelled: Boolean) {
        val status = status
        when {
            failure.isTimeout() -> told.timedOut()

            cancelled || !failure.isOfTheNetwork() -> told.cancelled()

            // The network did its part: an interceptor of the app's makes exceptions of such answers.
            status != null -> told.answered(status)

            else -> told.unreachable()
        }
    }

    /** The time that the app gave it is over. */
    fun timedOut(): Unit = told.timedOut()
}
