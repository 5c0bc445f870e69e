package dev.amends.cost

import java.io.ByteArrayOutputStream
import java.io.File
import java.io.InputStream
import java.util.zip.Deflater
import java.util.zip.ZipEntry
import java.util.zip.ZipInputStream
import java.util.zip.ZipOutputStream

/** What AARs and jars bring into an app for phones of one kind (arm64): classes and native libraries, zipped anew. */
internal class Shipped(vararg archives: File) {
    private val files = sortedMapOf<String, ByteArray>()

    init {
        for (archive in archives) archive.inputStream().use { read(it) }
    }

    /** Classes and libraries. */
    val bytes: Int get() = zipped(files)

    /** The libraries alone. */
    val nativeBytes: Int get() = zipped(files.filterKeys { it.endsWith(".so") })

    private fun read(archive: InputStream) {
        val zip = ZipInputStream(archive)
        while (true) {
            val entry = zip.nextEntry ?: return
            if (entry.name == "classes.jar") {
                read(zip.readBytes().inputStream())
            } else if (entry.name.endsWith(".class") || entry.name.startsWith("jni/arm64-v8a/lib")) {
                files[entry.name] = zip.readBytes()
            }
        }
    }

    private fun zipped(files: Map<String, ByteArray>): Int {
        if (files.isEmpty()) return 0
        val bytes = ByteArrayOutputStream()
        ZipOutputStream(bytes).use { zip ->
            zip.setLevel(Deflater.BEST_COMPRESSION)
            for ((name, content) in files) {
                zip.putNextEntry(ZipEntry(name))
                zip.write(content)
            }
        }
        return bytes.size()
    }
}
