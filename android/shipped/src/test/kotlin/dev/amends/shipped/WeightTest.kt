package dev.amends.shipped

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.io.File
import java.util.zip.Deflater
import java.util.zip.DeflaterOutputStream
import java.util.zip.ZipFile

/**
 * What the library adds to an app that R8 has shrunk, for phones of one kind (arm64), deflated as a store delivers it: the
 * classes with what they need of JNA and of Kotlin's library, the native library and JNA's. `sizes/android.txt` has the
 * classes; `make android-size` writes it anew. The native library is held to its own size by `make cross`.
 */
class WeightTest {
    @Test
    fun `the classes weigh no more than is recorded`() {
        assumeTrue(Shrinker.R8 in Shrinker.here(), "R8 is not on Maven Central: mvn -Pgoogle")
        val classes = deflated(shrunk())
        val libraries = listOf(Built.aar, Built.jna).map { archive ->
            ZipFile(archive).use { zip ->
                zip.names().filter { it.startsWith(ARM64) }.sumOf { deflated(zip.bytes(it)) }
            }
        }
        val record = Built.sizes.resolve("android.txt")
        Built.work.resolve("weight.txt")
            .writeText(
                "classes $classes\nlibrary ${libraries[0]}\njna ${libraries[1]}\nall ${classes + libraries.sum()}\n",
            )
        if (System.getProperty("shipped.accept").toBoolean()) {
            record.writeText(
                "# The classes in an app shrunk by R8, deflated: WeightTest, make android-size\nclasses $classes\n",
            )
        }
        val recorded = record.readLines().first { it.startsWith("classes ") }.substringAfter(' ').toInt()
        assertTrue(
            classes <= recorded * MOST,
            "$classes bytes, and $recorded are recorded; make android-size accepts it",
        )
    }

    private fun shrunk(): ByteArray {
        val work = Built.folder("weight")
        val aar = Built.take(Built.aar, "classes.jar", work)
        val jna = Built.take(Built.jna, "classes.jar", work.resolve("jna").apply { mkdirs() })
        val rules = work.resolve("rules.pro").apply {
            writeText(ZipFile(Built.aar).use { it.text("proguard.txt") } + APP)
        }
        val app = work.resolve("app.jar")
        Forked("jar", "--create", "--file", app.path, "-C", Built.app.path, "dev/amends/shipped").ended()
        val dex = work.resolve("dex.zip")
        val command = listOf("com.android.tools.r8.R8", "--release", "--min-api", "24", "--lib", Built.android.path) +
            listOf("--lib", System.getProperty("java.home"), "--pg-conf", rules.path, "--output", dex.path) +
            listOf(app, aar, jna, Built.kotlin).map(File::getPath)
        Forked.java(System.getProperty("java.class.path"), command).ended()
        return ZipFile(dex).use { it.bytes("classes.dex") }
    }

    private fun deflated(bytes: ByteArray): Int {
        val small = ByteArrayOutputStream()
        DeflaterOutputStream(small, Deflater(Deflater.BEST_COMPRESSION)).use { it.write(bytes) }
        return small.size()
    }

    private companion object {
        const val ARM64 = "jni/arm64-v8a/lib"
        const val MOST = 1.02
        val APP =
            """

            -keep class dev.amends.shipped.PhoneApp { <init>(); }
            # An app's build makes this class.
            -dontwarn dev.amends.R,dev.amends.R$*
            -dontwarn android.**,org.jetbrains.annotations.**
            """.trimIndent()
    }
}
