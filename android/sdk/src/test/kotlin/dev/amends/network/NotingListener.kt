package dev.amends.network

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

/** Notes each call, with all that was handed over. */
class NotingListener : EventListener() {
    val noted = ArrayList<List<Any?>>()

    private fun note(vararg what: Any?) {
        noted += what.toList()
    }

    override fun callStart(call: Call) = note("callStart", call)

    override fun dispatcherQueueStart(call: Call, dispatcher: Dispatcher) =
        note("dispatcherQueueStart", call, dispatcher)

    override fun dispatcherQueueEnd(call: Call, dispatcher: Dispatcher) = note("dispatcherQueueEnd", call, dispatcher)

    override fun proxySelectStart(call: Call, url: HttpUrl) = note("proxySelectStart", call, url)

    override fun proxySelectEnd(call: Call, url: HttpUrl, proxies: List<Proxy>) =
        note("proxySelectEnd", call, url, proxies)

    override fun dnsStart(call: Call, domainName: String) = note("dnsStart", call, domainName)

    override fun dnsEnd(call: Call, domainName: String, inetAddressList: List<InetAddress>) =
        note("dnsEnd", call, domainName, inetAddressList)

    override fun connectStart(call: Call, inetSocketAddress: InetSocketAddress, proxy: Proxy) =
        note("connectStart", call, inetSocketAddress, proxy)

    override fun secureConnectStart(call: Call) = note("secureConnectStart", call)

    override fun secureConnectEnd(call: Call, handshake: Handshake?) = note("secureConnectEnd", call, handshake)

    override fun connectEnd(call: Call, inetSocketAddress: InetSocketAddress, proxy: Proxy, protocol: Protocol?) =
        note("connectEnd", call, inetSocketAddress, proxy, protocol)

    override fun connectFailed(
        call: Call,
        inetSocketAddress: InetSocketAddress,
        proxy: Proxy,
        protocol: Protocol?,
        ioe: IOException,
    ) = note("connectFailed", call, inetSocketAddress, proxy, protocol, ioe)

    override fun connectionAcquired(call: Call, connection: Connection) = note("connectionAcquired", call, connection)

    override fun connectionReleased(call: Call, connection: Connection) = note("connectionReleased", call, connection)

    override fun requestHeadersStart(call: Call) = note("requestHeadersStart", call)

    override fun requestHeadersEnd(call: Call, request: Request) = note("requestHeadersEnd", call, request)

    override fun requestBodyStart(call: Call) = note("requestBodyStart", call)

    override fun requestBodyEnd(call: Call, byteCount: Long) = note("requestBodyEnd", call, byteCount)

    override fun requestFailed(call: Call, ioe: IOException) = note("requestFailed", call, ioe)

    override fun responseHeadersStart(call: Call) = note("responseHeadersStart", call)

    override fun responseHeadersEnd(call: Call, response: Response) = note("responseHeadersEnd", call, response)

    override fun responseBodyStart(call: Call) = note("responseBodyStart", call)

    override fun responseBodyEnd(call: Call, byteCount: Long) = note("responseBodyEnd", call, byteCount)

    override fun responseFailed(call: Call, ioe: IOException) = note("responseFailed", call, ioe)

    override fun callEnd(call: Call) = note("callEnd", call)

    override fun callFailed(call: Call, ioe: IOException) = note("callFailed", call, ioe)

    override fun canceled(call: Call) = note("canceled", call)

    override fun satisfactionFailure(call: Call, response: Response) = note("satisfactionFailure", call, response)

    override fun cacheHit(call: Call, response: Response) = note("cacheHit", call, response)

    override fun cacheMiss(call: Call) = note("cacheMiss", call)

    override fun cacheConditionalHit(call: Call, cachedResponse: Response) =
        note("cacheConditionalHit", call, cachedResponse)

    override fun retryDecision(call: Call, exception: IOException, retry: Boolean) =
        note("retryDecision", call, exception, retry)

    override fun followUpDecision(call: Call, networkResponse: Response, nextRequest: Request?) =
        note("followUpDecision", call, networkResponse, nextRequest)
}
