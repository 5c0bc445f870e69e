package dev.amends

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.io.File
import java.net.HttpURLConnection
import java.net.URL
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** The real canary, as a process of its own on a free port. */
class Canary private constructor(private val process: Process, val url: String) : AutoCloseable {
    private val lastResort = Thread { process.destroyForcibly() }.also(Runtime.getRuntime()::addShutdownHook)

    /** `totals` of `/v1/counts` as soon as they hold failures; fails with the last answer after the deadline. */
    fun totalsWithFailures(app: String, withinS: Long): JsonObject {
        val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinS)
        while (true) {
            val (status, body) = get("$url/v1/counts?app=$app")
            val totals = if (status == 200) body.totals() else null
            if (totals != null && totals["failures"].asInt > 0) return totals
            check(System.nanoTime() < deadline) { "no failure of $app in the canary; its last answer: $status $body" }
            Thread.sleep(100)
        }
    }

    fun totals(app: String): JsonObject = get("$url/v1/counts?app=$app").second.totals()

    override fun close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly()
        Runtime.getRuntime().removeShutdownHook(lastResort)
    }

    companion object {
        private const val GREETING = "amends-canary listening on "

        fun start(data: Path): Canary {
            val log = File("target/canary.log").absoluteFile
            val serve = listOf("serve", "--data", "$data", "--listen", "127.0.0.1:0", "--min-devices", "1")
            val process = ProcessBuilder(listOf(binary().path) + serve)
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start()
            val out = process.inputStream.bufferedReader()
            val line = out.readLine()
            if (line == null || !line.startsWith(GREETING)) {
                process.destroyForcibly()
                error("the canary did not start, it said: $line (see $log)")
            }
            thread(isDaemon = true) { runCatching { out.forEachLine { } } } // a full pipe would stop it
            return Canary(process, line.removePrefix(GREETING))
        }

        private fun binary(): File {
            val path = System.getProperty("amends.canary") ?: System.getenv("AMENDS_CANARY")
            val file = File(path ?: "../../target/debug/amends-canary").absoluteFile.normalize()
            check(file.canExecute()) {
                "there is no canary at $file: cargo build -p amends-canary, or set AMENDS_CANARY to its path"
            }
            return file
        }

        private fun get(url: String): Pair<Int, String> {
            val connection = URL(url).openConnection() as HttpURLConnection
            val status = connection.responseCode
            val stream = if (status < 400) connection.inputStream else connection.errorStream
            return status to (stream?.use { it.readBytes().decodeToString() } ?: "")
        }

        private fun String.totals(): JsonObject =
            JsonParser.parseString(this).asJsonObject.getAsJsonObject("data").getAsJsonObject("totals")
    }
}
