package dev.amends.shipped

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.io.File
import java.util.zip.ZipFile

/** The rules that come with the AAR: an app that was shrunk by them alone opens a device and says sorry. */
class RulesTest {
    private val rules = ZipFile(Built.aar).use { it.text("proguard.txt") }

    @ParameterizedTest
    @MethodSource("shrinkers")
    fun `an app shrunk by the AAR's rules says sorry`(shrinker: Shrinker) {
        val work = Built.folder("kept-$shrinker")
        val app = shrinker.shrink(rules, work)
        assertNothingIsLeftOfTheRest(app)
        assertEquals(
            emptyList<String>(),
            namesInJna() - ZipFile(app).use {
                it.names()
            }.toSet(),
            "names that JNA's library looks up",
        )

        val run = run(app, work)
        assertEquals(0, run.status, run.output)
        assertTrue(
            "said Jackie, this is taking too long. Sorry about that, we are taking a look.\n" in run.output,
            run.output,
        )
        assertTrue("decided slow_load\n" in run.output, run.output)
        assertTrue("sent {\"resourceMetrics\":" in run.output, run.output)
        assertTrue("logged The document is not used" in run.output, run.output)
        assertFalse("Jackie" in run.output.lines().first { it.startsWith("sent ") })
    }

    /** Otherwise the test above would prove nothing. */
    @ParameterizedTest
    @MethodSource("shrinkers")
    fun `an app shrunk without them does not`(shrinker: Shrinker) {
        val work = Built.folder("dropped-$shrinker")
        val run = run(shrinker.shrink("-dontwarn java.awt.**,okhttp3.**,okio.**", work), work)
        assertNotEquals(0, run.status, run.output)
        assertTrue("logged Amends is off" in run.output, "the app itself goes on: ${run.output}")
    }

    /** Each rule that the app cannot do without. What JNA only needs in trouble is not among them. */
    @Test
    fun `nor one shrunk without any one of those for the bindings`() {
        assumeTrue(System.getProperty("shipped.each").toBoolean(), "slow: -Dshipped.each=true")
        val needed = Regex("""(?m)^-(?!dontwarn).*dev\.amends\.core.*$|^-keepattributes.*$""").findAll(rules).map {
            it.value
        }.toList()
        assertEquals(4, needed.size, "$needed")
        val idle = needed.filter { rule ->
            val work = Built.folder("without")
            Shrinker.here().all { run(it.shrink(rules.replace(rule, ""), work), work).status == 0 }
        }
        assertEquals(emptyList<String>(), idle)
    }

    private fun assertNothingIsLeftOfTheRest(app: File) {
        val left = ZipFile(app).use { it.names() }
        for (gone in listOf(
            "com/sun/jna/Library\$Handler",
            "com/sun/jna/win32/",
            "dev/amends/core/UniffiForeignFuture",
        )) {
            assertEquals(emptyList<String>(), left.filter { it.startsWith(gone) })
        }
    }

    /** The classes that JNA's library for each processor names, as files in a jar. */
    private fun namesInJna(): List<String> = ZipFile(Built.jna).use { jna ->
        jna.names().filter { it.endsWith(".so") }.flatMap { library ->
            val text = String(jna.bytes(library), Charsets.ISO_8859_1)
            Regex("""[\x00L](com/sun/jna/[\w/$]+)[;\x00]""").findAll(text).map { "${it.groupValues[1]}.class" }.toList()
        }
    }.distinct().also { check(it.size > 15) { "only $it" } }

    private fun run(app: File, work: File): Forked {
        val jna = System.getProperty("java.class.path").split(File.pathSeparator).first { "/jna-" in it }
        val own = ZipFile(jna).use { it.names() }.first { it.matches(Regex(HOST)) }
        val library = Built.take(File(jna), own, work).parentFile
        val device = work.resolve("device").apply { mkdirs() }
        return Forked.java(
            "$app${File.pathSeparator}${Built.kotlin}",
            listOf(
                "-Djna.boot.library.path=$library",
                "-Djna.library.path=${Built.native}",
                "dev.amends.shipped.AppKt",
                device.path,
            ),
        )
    }

    private companion object {
        @JvmStatic
        fun shrinkers() = Shrinker.here()

        val HOST: String = run {
            val cpu = when (val arch = System.getProperty("os.arch")) {
                "amd64", "x86_64" -> "x86-64"
                else -> arch
            }
            val system = if ("Mac" in System.getProperty("os.name")) "darwin" else "linux"
            """com/sun/jna/$system-$cpu/libjnidispatch\.\w+"""
        }
    }
}
