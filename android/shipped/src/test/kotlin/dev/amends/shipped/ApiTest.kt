package dev.amends.shipped

import org.jetbrains.kotlin.abi.tools.AbiFilters
import org.jetbrains.kotlin.abi.tools.AbiToolsFactory
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.ServiceLoader

/**
 * The public API, as compiled apps see it, is what android/sdk/api says: nothing is taken away or changed by accident.
 * `make android-api` writes it anew.
 *
 * The generated package is no API, save for the types that the API itself mentions.
 */
class ApiTest {
    @Test
    fun `the API is the recorded one`() {
        val now = api()
        if (System.getProperty("shipped.accept").toBoolean()) {
            Built.api.parentFile.mkdirs()
            Built.api.writeText(now)
        }
        assertEquals(if (Built.api.exists()) Built.api.readText() else "", now, "make android-api accepts it")
    }

    @Test
    fun `no internals are in it`() {
        val types = declarations(api()).map(::name)
        assertTrue("dev/amends/Amends" in types && "dev/amends/core/Role" in types, "$types")
        assertEquals(
            emptyList<String>(),
            types.filter {
                "Ffi" in it || "Uniffi" in it || "RustBuffer" in it ||
                    "Device" in it
            },
        )
    }

    private fun api(): String {
        val jar = Built.take(Built.aar, "classes.jar", Built.folder("api"))
        val dump = StringBuilder()
        val tools = ServiceLoader.load(AbiToolsFactory::class.java).first().get()
        tools.printJvmDump(dump, listOf(jar), AbiFilters(emptySet(), emptySet(), emptySet(), emptySet()))
        val (generated, ours) = declarations(dump.toString()).partition { name(it).startsWith(GENERATED) }
        val mentioned = ours.toMutableList()
        var left = generated
        do {
            val (found, others) = left.partition { one ->
                mentioned.any { "L${name(one)};" in it } ||
                    nestedIn(mentioned, one)
            }
            mentioned += found
            left = others
        } while (found.isNotEmpty())
        return mentioned.sortedBy(::name).joinToString("\n\n", postfix = "\n") { it.trim() }
    }

    private fun nestedIn(declared: List<String>, one: String): Boolean =
        name(one).startsWith(GENERATED) && declared.any { name(one).startsWith("${name(it)}$") }

    private fun declarations(dump: String) = dump.split(Regex("(?<=\n})\n+")).filter { it.isNotBlank() }

    private fun name(declaration: String) = Regex("""class (\S+)""").find(declaration)!!.groupValues[1]

    private companion object {
        const val GENERATED = "dev/amends/core/"
    }
}
