package dev.amends.vectors

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject

/** The fields of an object, each asked for by its name; one that nobody asks for is a mistake in the vector. */
class Fields(private val of: JsonObject, private val what: String) {
    private val known = mutableSetOf<String>()

    /** A field that may be missing, or `null`. */
    fun optional(name: String): JsonElement? {
        known += name
        return of[name]?.takeUnless { it.isJsonNull }
    }

    fun required(name: String): JsonElement = requireNotNull(optional(name)) { "$what has no \"$name\": $of" }

    fun text(name: String): String = required(name).asString

    fun long(name: String): Long = required(name).asLong

    fun number(name: String): ULong = required(name).asString.toULong()

    fun list(name: String): JsonArray = required(name).asJsonArray

    /** Nothing else is there. */
    fun done() {
        val unknown = of.keySet() - known
        require(unknown.isEmpty()) { "$what knows no ${unknown.joinToString { "\"$it\"" }}: $of" }
    }
}

/** Reads the object field by field, and is strict about every one. */
fun <T> JsonElement.read(what: String, fields: Fields.() -> T): T {
    require(isJsonObject) { "$what is no object: $this" }
    return Fields(asJsonObject, what).run { fields().also { done() } }
}

/** An object with one key, as enums of Rust are written: the key, and what it holds. */
fun JsonElement.variant(what: String): Pair<String, JsonElement> {
    val only = takeIf { it.isJsonObject }?.asJsonObject?.entrySet()?.singleOrNull()
    requireNotNull(only) { "$what is no object with one key: $this" }
    return only.key to only.value
}

/** `text_field` as `TEXT_FIELD`. */
inline fun <reified T : Enum<T>> JsonElement.word(): T {
    val name = asString
    return enumValues<T>().find { it.name.lowercase() == name }
        ?: throw IllegalArgumentException("\"$name\" is none of ${enumValues<T>().map { it.name.lowercase() }}")
}
