package dev.amends.shipped

import java.io.File
import java.util.zip.ZipFile

/** What the build made, and where it works. */
internal object Built {
    private val sdk = System.getProperty("shipped.sdk")

    val aar = File("$sdk.aar")
    val sources = File("$sdk-sources.jar")
    val pom = File(sdk).resolveSibling("library.pom")
    val jna = path("shipped.jna")
    val app = path("shipped.app")
    val api = path("shipped.api")
    val res = path("shipped.sources").resolve("res")
    val projectPom = path("shipped.pom")
    val native: String = System.getProperty("jna.library.path")
    val work = path("shipped.work")
    val sizes = path("shipped.sizes")

    val kotlin = onClassPath("kotlin-stdlib-")
    val android = onClassPath("android-all-")

    /** A folder that is empty now. */
    fun folder(name: String): File = work.resolve(name).apply {
        deleteRecursively()
        mkdirs()
    }

    /** Copies an entry of a zip into a folder. */
    fun take(zip: File, entry: String, to: File): File = ZipFile(zip).use { file ->
        to.resolve(entry.substringAfterLast('/')).apply { writeBytes(file.bytes(entry)) }
    }

    private fun path(property: String) = File(System.getProperty(property))

    private fun onClassPath(name: String) = System.getProperty("java.class.path").split(File.pathSeparator).map(::File)
        .first { it.name.startsWith(name) }
}

internal fun ZipFile.bytes(entry: String): ByteArray =
    getInputStream(requireNotNull(getEntry(entry)) { "$entry is not in $name" }).use { it.readBytes() }

internal fun ZipFile.text(entry: String): String = bytes(entry).decodeToString()

internal fun ZipFile.names(): List<String> = entries().asSequence().filter { !it.isDirectory }.map { it.name }.toList()
