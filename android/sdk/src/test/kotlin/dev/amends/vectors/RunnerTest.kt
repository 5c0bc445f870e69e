package dev.amends.vectors

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File

/** The runner of the vectors: it does what docs say, and above all it can fail. */
class RunnerTest {
    @TempDir
    lateinit var dir: File

    private val right = checkNotNull(javaClass.getResource("/vectors/runner.json")).readText()

    private fun failuresOf(text: String): List<String> =
        ConformanceTest.failures(dir.resolve("own.json").apply { writeText(text) })

    /** The vectors after something was done to the one of this name. */
    private fun failuresAfter(name: String, change: JsonObject.() -> Unit): List<String> {
        val file = JsonParser.parseString(right).asJsonObject
        val vectors = file.getAsJsonArray("vectors").map { it.asJsonObject }
        vectors.single { it["name"].asString == name }.change()
        return failuresOf(file.toString())
    }

    private fun of(kind: String) = JsonObject().apply { addProperty(kind, 0) }

    /** The first entry of an expected list. */
    private fun JsonObject.first(of: String) = expectation(of).asJsonArray[0].asJsonObject

    private fun JsonObject.expectation(of: String): JsonElement = getAsJsonObject("expect")[of]

    @Test
    fun `what is right passes`() = assertEquals("", failuresOf(right).joinToString("\n\n"))

    @Test
    fun `each wrong expectation fails, by file and name, and costs no other vector`() {
        val shown = "drawn at once, and gone by itself after its time"
        val late = "hidden before it is drawn"
        val changes = listOf<Triple<String, String, JsonObject.() -> Unit>>(
            Triple(shown, "decisions") { first("decisions").addProperty("at_ms", 1) },
            Triple(shown, "decisions") { first("decisions").addProperty("screen", "A") },
            Triple(shown, "decisions") { expectation("decisions").asJsonArray.remove(0) },
            Triple(shown, "messages") { first("messages").addProperty("text", "Hi") },
            Triple(shown, "messages") { first("messages").addProperty("tone", "") },
            Triple(shown, "opportunities") { expectation("opportunities").asJsonObject.addProperty("dead_input", 2) },
            Triple(late, "hidden") { expectation("hidden").asJsonArray.remove(0) },
            Triple("a question after an apology", "questions") { expectation("questions").asJsonArray.remove(0) },
            Triple("an operation that takes too long", "operations") {
                first("operations").addProperty("progress", "failed")
            },
        )
        for ((name, what, change) in changes) {
            val failure = failuresAfter(name, change).single()
            assertTrue(failure.startsWith("own.json: $name: $what:\n"), failure)
        }
    }

    @Test
    fun `a slip of the pen is no pass`() {
        val name = "never drawn"
        val changes = listOf<Pair<String, JsonObject.() -> Unit>>(
            "hold_out" to { addProperty("hold_out", 1) },
            "\"why\"" to { remove("why") },
            "\"decisions\"" to { getAsJsonObject("expect").remove("decisions") },
            "\"decision\"" to { getAsJsonObject("expect").add("decision", expectation("decisions")) },
            "reason" to { first("decisions").remove("reason") },
            "sometimes" to { addProperty("draws", "sometimes") },
            "dead_taps" to { getAsJsonObject("expect").add("opportunities", of("dead_taps")) },
            "order" to { getAsJsonArray("events").run { add(remove(0)) } },
            "twice" to { addProperty("name", "drawn late") },
        )
        for ((word, change) in changes) {
            val failures = failuresAfter(name, change)
            assertTrue(failures.any { word in it }, "$word: $failures")
        }
    }

    @Test
    fun `no directory, no file and no vector are failures`() {
        for (none in listOf(dir, dir.resolve("nowhere"))) {
            assertThrows(AssertionError::class.java) { ConformanceTest.vectorFiles(none) }
        }
        assertThrows(AssertionError::class.java) { failuresOf("""{"about": "nothing", "vectors": []}""") }
        assertThrows(Exception::class.java) { failuresOf("""{"about": "half a""") }
    }
}
