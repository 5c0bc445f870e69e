package dev.amends.hooks

/**
 * Something that all objects of a class have or have not, found out once for each class. To ask an object whether it
 * implements an interface takes longer than all else that is read of a view, when it does not.
 */
internal class Trait(private val has: (Class<*>) -> Boolean) {
    private val known = HashMap<Class<*>, Boolean>()
    private var latest: Class<*>? = null
    private var isOfLatest = false

    fun isOf(one: Any): Boolean {
        val type = one.javaClass
        // The next one is mostly of the same class: a row of buttons, the rows of a list.
        if (type !== latest) {
            isOfLatest = known.getOrPut(type) { has(type) }
            latest = type
        }
        return isOfLatest
    }

    companion object {
        /** Whether it is of this type. */
        fun type(type: Class<*>) = Trait(type::isAssignableFrom)
    }
}
