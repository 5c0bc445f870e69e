package dev.amends

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.util.concurrent.Executors

/** A real HTTP server on a free port of this machine, with one handler for everything. */
class Server(respond: (HttpExchange) -> Unit) : AutoCloseable {
    private val threads = Executors.newCachedThreadPool { task -> Thread(task, "server").apply { isDaemon = true } }
    private val http = HttpServer.create(InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0).apply {
        executor = threads
        createContext("/") { exchange -> exchange.use(respond) }
        start()
    }
    val url: String = "http://127.0.0.1:${http.address.port}"

    override fun close() {
        http.stop(0)
        threads.shutdownNow()
    }
}

/** Answers without a body. */
fun HttpExchange.answer(status: Int, vararg headers: Pair<String, String>) {
    requestBody.readBytes()
    for ((name, value) in headers) responseHeaders.add(name, value)
    sendResponseHeaders(status, -1)
}

private inline fun HttpExchange.use(handle: (HttpExchange) -> Unit) = try {
    handle(this)
} finally {
    close()
}
