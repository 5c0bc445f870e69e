package dev.amends.network

import dev.amends.Amends
import okhttp3.Call
import okhttp3.Interceptor
import okhttp3.Response

/**
 * Tells the SDK of each call of an OkHttp client, as [Amends.request] would: that it began, and the status, failure or
 * cancellation it ended with. Redirects and OkHttp's own retries are one request.
 *
 * ```
 * OkHttpClient.Builder().addInterceptor(AmendsInterceptor())
 * ```
 *
 * The request is known by its method and path without ids ("POST /orders"), which stays on the device. Neither request
 * nor response is changed, no body is read, and nothing is thrown that would not have been thrown without it. Before
 * [Amends.start] it does nothing. The SDK's own uploads are not told.
 *
 * One will do for any number of clients. Add it before interceptors of the app's that try again, so that what they do is
 * one request; after those that make exceptions of answers. It sees a call begin when it is carried out, and end when the
 * answer's head is there; with [AmendsEventListener] beside it, when it is asked for, and when the answer is read.
 */
public class AmendsInterceptor() : Interceptor {
    private var amends = { Amends.started }
    private var nanoTime: () -> Long = System::nanoTime
    private val guard = requestGuard { amends() }

    /** With an SDK of its own, for tests. */
    internal constructor(nanoTime: () -> Long = System::nanoTime, amends: () -> Amends?) : this() {
        this.nanoTime = nanoTime
        this.amends = amends
    }

    override fun intercept(chain: Interceptor.Chain): Response {
        val call = chain.call()
        val began = nanoTime()
        var own: ToldCall? = null
        guard.run { own = amends()?.let { ToldCalls.begin(call, it) } }
        try {
            val response = chain.proceed(chain.request())
            guard.run { answered(call, response.code, own) }
            return response
        } catch (failure: Throwable) {
            guard.run { own?.let { failed(call, failure, nanoTime() - began, it) } }
            throw failure
        }
    }

    private fun answered(call: Call, status: Int, own: ToldCall?) {
        ToldCalls.of(call)?.answered(status)
        if (own != null) {
            own.ended()
            ToldCalls.forget(call)
        }
    }

    private fun failed(call: Call, failure: Throwable, tookNs: Long, own: ToldCall) {
        // OkHttp cancels a call whose time is over; that it was this is said only further out.
        val limitNs = call.timeout().timeoutNanos()
        if (call.isCanceled() && limitNs > 0 && tookNs >= limitNs - limitNs / 10) {
            own.timedOut()
        } else {
            own.failed(failure, call.isCanceled())
        }
        ToldCalls.forget(call)
    }
}
