package dev.amends.storefront

/** Two releases of the same app. */
enum class Release(
    val version: String,
) {
    /** Everything works. */
    GOOD("2.4.0"),

    /** It was given a fault for every kind of failure; each is where its screen is, in an `if (shop.isBroken)`. */
    BROKEN("2.5.0"),
}
