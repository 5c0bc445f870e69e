package dev.amends.shipped

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.w3c.dom.Element
import java.io.ByteArrayInputStream
import java.io.InputStream
import java.util.zip.ZipFile
import javax.xml.parsers.DocumentBuilderFactory

/** What is in the AAR and its POM. */
class AarTest {
    private val aar = ZipFile(Built.aar)
    private val libraries = aar.names().filter { it.endsWith(".so") }

    @Test
    fun `it holds what Android's builds look for, and nothing else`() {
        val known = listOf("AndroidManifest.xml", "R.txt", "proguard.txt", "classes.jar", MARKER)
        val others = aar.names().filterNot { it in known || it.startsWith("res/") || it in ABIS.map(::library) }
        assertEquals(emptyList<String>(), others)
        assertEquals(aar.names().size, aar.names().toSet().size)
    }

    @Test
    fun `the manifest asks for the internet alone, from Android 7 on`() {
        val manifest = xml(aar.getInputStream(aar.getEntry("AndroidManifest.xml")))
        assertEquals("dev.amends", manifest.getAttribute("package"))
        assertEquals("24", manifest.all("uses-sdk").single().getAttribute("android:minSdkVersion"))
        assertEquals(
            listOf("android.permission.INTERNET"),
            manifest.all("uses-permission").map { it.getAttribute("android:name") },
        )
    }

    @Test
    fun `the classes are the library's, and no build's leftovers`() {
        val classes = ZipFile(Built.take(Built.aar, "classes.jar", Built.folder("aar"))).use { it.names() }
        assertTrue("dev/amends/Amends.class" in classes && "dev/amends/core/Device.class" in classes)
        val others = classes.filterNot { it.startsWith("dev/amends/") }
        // Kotlin's index of top-level functions, under names that no other library has.
        val indexes = listOf("amends-core", "amends-android").map { "META-INF/$it.kotlin_module" }
        assertEquals(listOf("META-INF/MANIFEST.MF") + indexes.sorted(), others.sorted())
    }

    /** Apps for phones with pages of 16 KB may have no library that is aligned to less. */
    @Test
    fun `each native library is for its processor, and aligned to 16 KB`() {
        assumeTrue(libraries.isNotEmpty(), "without native libraries: scripts/android-libs was not run")
        assertEquals(ABIS.map(::library), libraries.sorted())
        for ((abi, machine) in MACHINES) {
            val elf = Elf(aar.bytes(library(abi)))
            assertEquals(machine, elf.machine, abi)
            assertTrue(elf.alignments.isNotEmpty() && elf.alignments.all { it >= 16_384 }, "$abi: ${elf.alignments}")
            assertTrue(elf.congruent, abi)
        }
    }

    @Test
    fun `what cannot be loaded on a phone says so`() {
        val loadable = libraries.isNotEmpty() && libraries.map { Elf(aar.bytes(it)) }.all {
            "libc.so" in it.needed && (it.needed - SYSTEM).isEmpty()
        }
        assertEquals(loadable, aar.getEntry(MARKER) == null, "the file $MARKER is there when it must be, and only then")
    }

    /** So that the check of the alignment is known to see something: JNA's own libraries, and what they need. */
    @Test
    fun `the native libraries of JNA are read as what they are`() {
        ZipFile(Built.jna).use { jna ->
            for ((abi, machine) in MACHINES) {
                val elf = Elf(jna.bytes("jni/$abi/libjnidispatch.so"))
                assertEquals(machine, elf.machine, abi)
                assertTrue("libc.so" in elf.needed, "$abi: ${elf.needed}")
                assertTrue(elf.congruent, abi)
                if (abi != "armeabi-v7a") assertTrue(elf.alignments.all { it >= 16_384 }, "$abi: ${elf.alignments}")
            }
        }
    }

    @Test
    fun `R has what the resources define`() {
        val listed = aar.text("R.txt").lines().filter {
            it.isNotBlank()
        }.map { it.split(' ').take(3).drop(1).joinToString("/") }
        assertEquals(defined().sorted(), listed.sorted(), "android/sdk/src/main/android/R.txt")
    }

    @Test
    fun `who uses it gets what the library is compiled against`() {
        val pom = xml(Built.pom.inputStream())
        assertEquals("aar", pom.text("packaging"))
        val given = pom.all("dependency").associate {
            it.text("artifactId") to listOf(it.text("scope"), it.text("type"))
        }
        assertEquals(mapOf("kotlin-stdlib" to listOf("compile", ""), "jna" to listOf("runtime", "aar")), given)
        assertFalse('@' in Built.pom.readText(), "every version was filled in")

        val compiled = xml(Built.projectPom.inputStream()).all("dependency").filter {
            it.text("scope") in
                listOf("", "compile")
        }
        assertEquals(given.keys, compiled.map { it.text("artifactId") }.toSet())
    }

    /** Names as in R.txt: `attr/amendsColor`. */
    private fun defined(): List<String> = Built.res.walk().filter { it.extension == "xml" }.flatMap { file ->
        val kind = file.parentFile.name.substringBefore('-')
        if (kind != "values") return@flatMap listOf("$kind/${file.nameWithoutExtension}")
        xml(file.inputStream()).let { root -> root.children() + root.all("attr").filter { it.parentNode != root } }
            .map { "${if (it.tagName == "item") it.getAttribute("type") else it.tagName}/${it.name()}" }
            .filterNot { it.startsWith("attr/android_") || it.startsWith("eat-comment") || it.startsWith("public") }
    }.map { it.replace("declare-styleable", "styleable") }.distinct().toList()

    private fun Element.name() = getAttribute("name").replace('.', '_').replace(':', '_')

    private companion object {
        const val MARKER = "NOT-TO-BE-SHIPPED.txt"
        val MACHINES = mapOf("arm64-v8a" to 183, "armeabi-v7a" to 40, "x86_64" to 62)
        val ABIS = MACHINES.keys.sorted()
        val SYSTEM = listOf("libc.so", "libm.so", "libdl.so", "liblog.so")

        fun library(abi: String) = "jni/$abi/libamends_ffi.so"

        fun xml(from: InputStream): Element = from.use {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
                ByteArrayInputStream(it.readBytes()),
            ).documentElement
        }

        fun Element.all(tag: String): List<Element> = getElementsByTagName(tag).let { found ->
            List(found.length) { found.item(it) as Element }
        }

        fun Element.children(): List<Element> = List(childNodes.length) {
            childNodes.item(it)
        }.filterIsInstance<Element>()

        fun Element.text(tag: String): String = children().firstOrNull { it.tagName == tag }?.textContent.orEmpty()
    }
}
