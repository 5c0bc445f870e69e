package dev.amends.storefront

import org.json.JSONObject
import java.io.File
import java.net.URL
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** A real program on a free port of this machine: the shop's server, or the canary. */
class Program private constructor(
    private val process: Process,
    val url: String,
) : AutoCloseable {
    private val lastResort = Thread { process.destroyForcibly() }.also(Runtime.getRuntime()::addShutdownHook)

    override fun close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly()
        Runtime.getRuntime().removeShutdownHook(lastResort)
    }

    companion object {
        private val folder = File(System.getenv("AMENDS_BIN") ?: "../../target/debug")
        private val address = Regex("listening on (http:\\S+)")

        /** Starts it, and waits for the line that says where it listens. */
        fun start(
            name: String,
            vararg arguments: String,
        ): Program {
            val binary = folder.resolve(name).absoluteFile.normalize()
            check(binary.canExecute()) { "there is no $binary: cargo build -p $name, or set AMENDS_BIN to its folder" }
            val process =
                ProcessBuilder(binary.path, *arguments)
                    .redirectError(ProcessBuilder.Redirect.appendTo(File("target/$name.log").absoluteFile))
                    .start()
            val out = process.inputStream.bufferedReader()
            val url = generateSequence(out::readLine).firstNotNullOfOrNull { address.find(it)?.groupValues?.get(1) }
            if (url == null) {
                process.destroyForcibly()
                error("$name did not start (see target/$name.log)")
            }
            thread(isDaemon = true) { runCatching { out.forEachLine { } } } // a full pipe would stop it
            return Program(process, url)
        }
    }
}

/** What this canary has counted of an app. */
fun Program.totals(app: String): JSONObject =
    JSONObject(URL("$url/v1/counts?app=$app").readText()).getJSONObject("data").getJSONObject("totals")
