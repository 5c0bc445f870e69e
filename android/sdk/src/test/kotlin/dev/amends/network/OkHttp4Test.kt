package dev.amends.network

import dev.amends.Amends
import dev.amends.Batch
import dev.amends.Driver
import dev.amends.Effects
import dev.amends.Equipment
import dev.amends.FakeDevice
import dev.amends.JvmClock
import dev.amends.Log
import dev.amends.NoScreen
import dev.amends.Receipt
import dev.amends.Server
import dev.amends.answer
import dev.amends.core.Event
import dev.amends.core.RequestEnd
import okhttp3.OkHttp
import okhttp3.OkHttpClient
import okhttp3.Request
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.io.File
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/** With the OkHttp that most apps have, in a JVM of its own. */
class OkHttp4Test {
    @Test
    @Timeout(60)
    fun `what is compiled against OkHttp 5 runs with OkHttp 4`() {
        val four = File(System.getProperty("amends.okhttp4")).listFiles().orEmpty().map(File::getPath)
        val classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            .split(File.pathSeparator)
            .filterNot { File(it).name.startsWith("okhttp-") || File(it).name.startsWith("okio-") }
        val java = File(System.getProperty("java.home"), "bin/java").path
        val path = (four + classPath).joinToString(File.pathSeparator)
        val process = ProcessBuilder(java, "-cp", path, OkHttp4App::class.java.name).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        assertTrue(said.startsWith("OkHttp 4."), said)
        assertEquals("GET /orders\n503\nPOST 200\n", said.substringAfter('\n'))
    }
}

/** An app whose client is watched in both ways, and carries a batch. */
object OkHttp4App {
    @JvmStatic
    fun main(args: Array<String>) {
        println("OkHttp ${OkHttp.VERSION}")
        val device = FakeDevice()
        val driver =
            Driver(JvmClock, Log(::println)) {
                Equipment(device, Effects(NoScreen, { _, _ -> }, JvmClock, Log(::println)))
            }
        val amends = Amends(driver)
        driver.start()
        val client = OkHttpClient.Builder()
            .addInterceptor(AmendsInterceptor { amends })
            .eventListenerFactory(AmendsEventListener.Factory(null) { amends })
            .build()
        Server { it.answer(if (it.requestMethod == "POST") 200 else 503) }.use { server ->
            client.newCall(Request.Builder().url("${server.url}/orders").build()).execute().close()
            println((device.next() as Event.RequestStarted).operation)
            val end = (device.next() as Event.RequestEnded).end
            println((end as RequestEnd.Status).code)
            val status = CompletableFuture<Int?>()
            val batch = Batch("${server.url}/v1/metrics", mapOf("Content-Type" to "application/json"), ByteArray(3))
            OkHttpTransport { client }.send(batch, Receipt { said, _ -> status.complete(said) })
            println("POST ${status.get(10, TimeUnit.SECONDS)}")
        }
        amends.stop()
    }
}
