package dev.amends.shipped

import java.io.File
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** Makes one jar of the app, the AAR's classes and JNA's, as small as the rules allow. */
enum class Shrinker {
    PROGUARD {
        override fun command(rules: File, inputs: List<File>, to: File): List<String> = listOf("proguard.ProGuard") +
            inputs.flatMap { listOf("-injars", "$it(!META-INF/**)") } +
            listOf("java.base", "java.logging").flatMap {
                listOf("-libraryjars", "$HOME/jmods/$it.jmod(!**.jar;!module-info.class)")
            } +
            listOf("-libraryjars", Built.kotlin.path) +
            // What the library extends and calls; all of Android takes long to read.
            listOf(
                "-libraryjars",
                listOf(
                    "app",
                    "content",
                    "graphics",
                    "os",
                    "util",
                    "view",
                    "widget",
                ).joinToString(",", "${Built.android}(", ")") {
                    "android/$it/**.class"
                },
            ) +
            listOf("-outjars", to.path, "-include", rules.path)
    },
    R8 {
        override fun command(rules: File, inputs: List<File>, to: File): List<String> =
            listOf("com.android.tools.r8.R8", "--release", "--classfile", "--lib", HOME, "--lib", Built.android.path) +
                listOf("--pg-conf", rules.path, "--output", to.path) + inputs.map { it.path } + Built.kotlin.path
    }, ;

    protected abstract fun command(rules: File, inputs: List<File>, to: File): List<String>

    /** The app, shrunk with these rules. */
    fun shrink(rules: String, work: File): File {
        val app = Built.take(Built.aar, "classes.jar", work)
        val jna = Built.take(Built.jna, "classes.jar", work.resolve("jna").apply { mkdirs() })
        val file = work.resolve("rules.pro").apply { writeText(rules + ENTRY) }
        val main = work.resolve("main.jar")
        Forked("jar", "--create", "--file", main.path, "-C", Built.app.path, ".").ended()
        val shrunk = work.resolve("shrunk.jar")
        Forked.java(System.getProperty("java.class.path"), command(file, listOf(main, app, jna), shrunk)).ended()
        return shrunk
    }

    companion object {
        private val HOME = System.getProperty("java.home")
        private val ENTRY =
            """

            -keep class dev.amends.shipped.AppKt { public static void main(java.lang.String[]); }
            # An app's build makes this class.
            -dontwarn dev.amends.R,dev.amends.R$*
            # What is not on this machine's class path, and the app does not call.
            -dontwarn android.**,org.jetbrains.annotations.**
            -dontnote **
            """.trimIndent()

        /** R8 is not on Maven Central: it is there in the profile `google`. */
        fun here(): List<Shrinker> = if (System.getProperty("shipped.r8").toBoolean()) entries else listOf(PROGUARD)
    }
}

/** A process and what it said. */
internal class Forked(vararg command: String) {
    private val process = ProcessBuilder(*command).redirectErrorStream(true).start()

    init {
        thread(isDaemon = true) { if (!process.waitFor(4, TimeUnit.MINUTES)) process.destroyForcibly() }
    }

    val output: String = process.inputStream.reader().use { it.readText() }
    val status: Int = process.waitFor()

    fun ended(): String = output.also { check(status == 0) { "status $status: $it" } }

    companion object {
        fun java(classPath: String, arguments: List<String>): Forked =
            Forked(File(System.getProperty("java.home"), "bin/java").path, "-cp", classPath, *arguments.toTypedArray())
    }
}
