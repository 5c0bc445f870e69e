package dev.amends.network

import dev.amends.Amends
import dev.amends.Guard
import okhttp3.Call
import okhttp3.Connection
import okhttp3.Dispatcher
import okhttp3.EventListener
import okhttp3.Handshake
import okhttp3.HttpUrl
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.Response
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy

/**
 * Tells the SDK of each call of an OkHttp client, from the moment it is asked for until its answer is read, failed or was
 * cancelled; also of calls that no interceptor ever sees. Everything is handed on to the app's own listener.
 *
 * ```
 * OkHttpClient.Builder().eventListenerFactory(AmendsEventListener.Factory(delegate = MyListener.Factory()))
 * ```
 *
 * With an [AmendsInterceptor] beside it each call is told once, and as the app sees it: what an interceptor of the app's
 * answered in the server's place is known, too.
 */
public class AmendsEventListener private constructor(
    private val app: EventListener,
    private val amends: () -> Amends?,
    private val guard: Guard,
) : EventListener() {
    /** Nobody else tells of this call. */
    @Volatile
    private var told: ToldCall? = null

    /** Makes a listener for each call, and through [delegate] one of the app's. For any number of clients. */
    public class Factory
        @JvmOverloads
        public constructor(private val delegate: EventListener.Factory? = null) :
        EventListener.Factory {
            private var amends = { Amends.started }
            private val guard = requestGuard { amends() }

            /** With an SDK of its own, for tests. */
            internal constructor(delegate: EventListener.Factory?, amends: () -> Amends?) : this(delegate) {
                this.amends = amends
            }

            override fun create(call: Call): EventListener =
                AmendsEventListener(delegate?.create(call) ?: NONE, amends, guard)
        }

    private inline fun tell(what: ToldCall.() -> Unit) = guard.run { told?.what() }

    private inline fun end(call: Call, how: ToldCall.() -> Unit) = tell {
        how()
        ToldCalls.forget(call)
    }

    override fun callStart(call: Call) {
        guard.run { told = amends()?.let { ToldCalls.begin(call, it) } }
        app.callStart(call)
    }

    override fun callEnd(call: Call) {
        end(call) { ended() }
        app.callEnd(call)
    }

    override fun callFailed(call: Call, ioe: IOException) {
        end(call) { failed(ioe, call.isCanceled()) }
        app.callFailed(call, ioe)
    }

    override fun proxySelectStart(call: Call, url: HttpUrl) {
        tell { unanswered() }
        app.proxySelectStart(call, url)
    }

    override fun requestHeadersStart(call: Call) {
        tell { unanswered() }
        app.requestHeadersStart(call)
    }

    override fun responseHeadersEnd(call: Call, response: Response) {
        tell { answered(response.code) }
        app.responseHeadersEnd(call, response)
    }

    override fun responseFailed(call: Call, ioe: IOException) {
        tell { unanswered() }
        app.responseFailed(call, ioe)
    }

    override fun cacheHit(call: Call, response: Response) {
        tell { answered(response.code) }
        app.cacheHit(call, response)
    }

    override fun satisfactionFailure(call: Call, response: Response) {
        tell { answered(response.code) }
        app.satisfactionFailure(call, response)
    }

    // The rest says nothing that is told.

    override fun dispatcherQueueStart(call: Call, dispatcher: Dispatcher): Unit =
        app.dispatcherQueueStart(call, dispatcher)

    override fun dispatcherQueueEnd(call: Call, dispatcher: Dispatcher): Unit = app.dispatcherQueueEnd(call, dispatcher)

    override fun proxySelectEnd(call: Call, url: HttpUrl, proxies: List<Proxy>): Unit =
        app.proxySelectEnd(call, url, proxies)

    override fun dnsStart(call: Call, domainName: String): Unit = app.dnsStart(call, domainName)

    override fun dnsEnd(call: Call, domainName: String, inetAddressList: List<InetAddress>): Unit =
        app.dnsEnd(call, domainName, inetAddressList)

    override fun connectStart(call: Call, inetSocketAddress: InetSocketAddress, proxy: Proxy): Unit =
        app.connectStart(call, inetSocketAddress, proxy)

    override fun secureConnectStart(call: Call): Unit = app.secureConnectStart(call)

    override fun secureConnectEnd(call: Call, handshake: Handshake?): Unit = app.secureConnectEnd(call, handshake)

    override fun connectEnd(
        call: Call,
        inetSocketAddress: InetSocketAddress,
        proxy: Proxy,
        protocol: Protocol?,
    ): Unit = app.connectEnd(call, inetSocketAddress, proxy, protocol)

    override fun connectFailed(
        call: Call,
        inetSocketAddress: InetSocketAddress,
        proxy: Proxy,
        protocol: Protocol?,
        ioe: IOException,
    ): Unit = app.connectFailed(call, inetSocketAddress, proxy, protocol, ioe)

    override fun connectionAcquired(call: Call, connection: Connection): Unit = app.connectionAcquired(call, connection)

    override fun connectionReleased(call: Call, connection: Connection): Unit = app.connectionReleased(call, connection)

    override fun requestHeadersEnd(call: Call, request: Request): Unit = app.requestHeadersEnd(call, request)

    override fun requestBodyStart(call: Call): Unit = app.requestBodyStart(call)

    override fun requestBodyEnd(call: Call, byteCount: Long): Unit = app.requestBodyEnd(call, byteCount)

    override fun requestFailed(call: Call, ioe: IOException): Unit = app.requestFailed(call, ioe)

    override fun responseHeadersStart(call: Call): Unit = app.responseHeadersStart(call)

    override fun responseBodyStart(call: Call): Unit = app.responseBodyStart(call)

    override fun responseBodyEnd(call: Call, byteCount: Long): Unit = app.responseBodyEnd(call, byteCount)

    override fun canceled(call: Call): Unit = app.canceled(call)

    override fun cacheMiss(call: Call): Unit = app.cacheMiss(call)

    override fun cacheConditionalHit(call: Call, cachedResponse: Response): Unit =
        app.cacheConditionalHit(call, cachedResponse)

    override fun retryDecision(call: Call, exception: IOException, retry: Boolean): Unit =
        app.retryDecision(call, exception, retry)

    override fun followUpDecision(call: Call, networkResponse: Response, nextRequest: Request?): Unit =
        app.followUpDecision(call, networkResponse, nextRequest)
}
