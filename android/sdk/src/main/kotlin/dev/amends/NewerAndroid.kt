package dev.amends

/**
 * This calls what only Android of this [api] level and later has, and is only called there: the build, which looks for
 * anything newer than the oldest Android that is supported, leaves it alone.
 */
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.FUNCTION, AnnotationTarget.CLASS, AnnotationTarget.CONSTRUCTOR)
internal annotation class NewerAndroid(val api: Int)
