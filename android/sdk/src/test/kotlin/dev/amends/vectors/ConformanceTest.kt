package dev.amends.vectors

import com.google.gson.JsonElement
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File
import kotlin.io.path.createTempDirectory

/** The vectors that Rust, Kotlin and Swift run alike, here through the FFI. Each file is one test. */
class ConformanceTest {
    @TestFactory
    fun `the vectors`(): List<DynamicTest> = vectorFiles(DIRECTORY).map { file ->
        dynamicTest(file.name) { assertEquals("", failures(file).joinToString("\n\n")) }
    }

    companion object {
        /** Beside the repository's other tests; `AMENDS_VECTORS` for others. */
        private val DIRECTORY = File(System.getenv("AMENDS_VECTORS") ?: "../../tests/vectors").absoluteFile.normalize()

        fun vectorFiles(directory: File): List<File> {
            val files = directory.listFiles { file -> file.extension == "json" }.orEmpty().sortedBy { it.name }
            assertTrue(files.isNotEmpty(), "there are no vectors in $directory")
            return files
        }

        /** What went wrong in a file, by the vectors' names; all of them are run. */
        fun failures(file: File): List<String> {
            val vectors = vectorsIn(file)
            val names = vectors.map { it.vectorName() }
            val twice = names.filter { name -> names.count { it == name } > 1 }.distinct()
            assertTrue(vectors.isNotEmpty(), "${file.name} holds no vector")
            return twice.map { "${file.name}: \"$it\" is there twice" } +
                vectors.flatMap { vector -> mismatches(vector).map { "${file.name}: ${vector.vectorName()}: $it" } }
        }

        private fun mismatches(json: JsonElement): List<String> {
            val directory = createTempDirectory("amends-vector").toFile()
            return try {
                val vector = json.toVector()
                Phone(vector, directory).use { phone ->
                    val run = Run(vector, phone).apply { through() }
                    Expectation(run, phone).mismatches(vector.expect)
                }
            } catch (failure: Exception) {
                listOf("$failure")
            } finally {
                directory.deleteRecursively()
            }
        }
    }
}
