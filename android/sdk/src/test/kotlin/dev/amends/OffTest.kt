package dev.amends

import dev.amends.network.watched
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.net.HttpURLConnection
import java.net.URL
import java.util.concurrent.TimeUnit

/** The SDK cannot work here, and the app goes on: each in a JVM of its own, since a library is loaded once. */
@Timeout(60)
class OffTest {
    @TempDir
    lateinit var dir: File

    private fun appWith(classPath: List<String>, vararg options: String): String {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val path = classPath.joinToString(File.pathSeparator)
        val process = ProcessBuilder(java, *options, "-cp", path, OffApp::class.java.name, dir.path)
            .redirectErrorStream(true)
            .start()
        val said = process.inputStream.bufferedReader().readText()
        assertTrue(process.waitFor(10, TimeUnit.SECONDS))
        assertEquals(0, process.exitValue(), said)
        return said
    }

    private val classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        .split(File.pathSeparator)
    private val override = "-Duniffi.component.amends_ffi.libraryOverride"

    private fun assertGoesOn(said: String, why: String) {
        val (line, last) = said.trimEnd().lines().also { assertEquals(2, it.size, said) }
        assertTrue("Amends is off" in line && why in line, said)
        assertEquals("the app goes on", last)
    }

    @Test
    fun `the library is missing`() = assertGoesOn(appWith(classPath, "$override=not_there"), "not_there")

    @Test
    fun `the library is no library`() {
        val file = dir.resolve("libnone.so").apply { writeText("not a library") }
        assertGoesOn(appWith(classPath, "$override=${file.path}"), "libnone.so")
    }

    @Test
    fun `JNA is missing, and OkHttp, and no hook ever asks for them`() {
        val missing = listOf("jna-", "okhttp-", "okio-")
        val left = classPath.filterNot { file -> missing.any { File(file).name.startsWith(it) } }
        assertEquals(missing.size, classPath.size - left.size)
        assertGoesOn(appWith(left), "com/sun/jna")
    }
}

/** An app that does everything it can do on its main thread, with a library that does not load. */
object OffApp {
    @JvmStatic
    fun main(args: Array<String>) {
        val amends = Amends.start {
            serviceName = "off"
            release = "1"
            endpoint = "http://127.0.0.1:9"
            directory = File(args[0])
            log = Log(::println)
            breadcrumbs = BreadcrumbSink(::println)
        }
        amends.foreground()
        amends.person("Jackie")
        amends.screen("Search")
        amends.tapped(1, Role.BUTTON)
        amends.submitted(2, SubmitVia.ENTER)
        amends.reacted(Reaction.FRAME)
        amends.loadStarted("catalogue").run {
            progressShown()
            succeeded()
        }
        amends.request().answered(200)
        (URL("http://127.0.0.1:9").openConnection() as HttpURLConnection).watched { requestMethod = "PUT" }
        amends.playback().ended()
        amends.contentShown(Content.POOR)
        amends.hung(3_000)
        amends.operation("order", OperationProgress.SENT)
        amends.optOut(OptOut.MESSAGES)
        amends.use("no document")
        check(amends.lastDecisions().get(20, TimeUnit.SECONDS).isEmpty())
        check(amends.whatWeSend().get(20, TimeUnit.SECONDS).isEmpty())
        amends.stop()
        amends.background()
        check(Amends.start { } === amends)
        println("the app goes on")
    }
}
