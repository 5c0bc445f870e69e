package dev.amends.network

/**
 * What a request asks for, by which the app's own retry is known: the method and the path, with `{id}` in place of what
 * differs from one person, thing or day to the next ("GET /orders/{id}/items"). Never the host or the query.
 *
 * A word that is taken for an id makes two names one, which is harmless; so what is not plainly a word is an id.
 */
internal fun requestName(method: String, path: String): String {
    val segments = path.substringBefore('?').substringBefore('#').split('/')
        .map { it.substringBefore(';') } // matrix parameters: `;jsessionid=…`
        .filter { it.isNotEmpty() }
    val known = segments.take(MOST_SEGMENTS).joinToString("/", "/") { if (isWord(it)) it else ID }
    return "${method.take(LONGEST_METHOD)} $known${if (segments.size > MOST_SEGMENTS) "/…" else ""}"
}

private fun isWord(segment: String): Boolean =
    VERSION.matches(segment) ||
        (
            segment.length <= LONGEST_WORD && // longer: tokens, titles
                WORD.matches(segment) && // anything else: names, e-mails, parameters, what had to be escaped
                segment.any(Char::isLetter) &&
                !HEX.matches(segment) &&
                hasFewDigits(segment)
        )

/** As words have them ("oauth2", "i18n"), not ids ("u1042", "item-7", "dQw4w9WgXcQ"). */
private fun hasFewDigits(segment: String): Boolean {
    val numbers = NUMBER.findAll(segment).toList()
    if (numbers.isEmpty()) return true
    return numbers.size == 1 && numbers.single().value.length <= 2 && segment.length <= LONGEST_WITH_DIGITS &&
        segment.split('-', '_', '.').none(NUMBER::matches)
}

private const val ID = "{id}"
private const val LONGEST_METHOD = 16
private const val LONGEST_WORD = 32
private const val LONGEST_WITH_DIGITS = 12
private const val MOST_SEGMENTS = 8

private val VERSION = Regex("v[0-9]{1,3}([.][0-9]{1,3})*")
private val WORD = Regex("[A-Za-z0-9._:-]+")
private val HEX = Regex("[0-9A-Fa-f-]{8,}")
private val NUMBER = Regex("[0-9]+")
