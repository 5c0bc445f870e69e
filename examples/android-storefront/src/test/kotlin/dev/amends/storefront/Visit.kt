package dev.amends.storefront

/** The same visit to either release: [then] is told after each thing that was done what it was. */
fun Person.visits(then: (what: String) -> Unit) {
    fun step(
        what: String,
        does: () -> Unit,
    ) {
        does()
        then(what)
    }
    step("the app is open") { waits(500) }
    step("search with Enter") {
        searches("lamp")
        waitsForAnswers()
        waits(4_000)
    }
    step("wish") {
        taps("Home")
        waits(1_000)
        taps("Add to wish list")
        waits(4_000)
    }
    step("wish, four times") {
        taps("Home")
        waits(1_000)
        repeat(4) {
            taps(if (sees("On your wish list")) "On your wish list ✓" else "Add to wish list")
            waits(100) // what is faster is one try
        }
        waits(4_000)
    }
    step("catalogue") {
        taps("Catalogue")
        waitsForAnswers()
        waits(1_000)
    }
    step("lamp") {
        taps("Home")
        waits(500)
        taps("Look at the lamp")
        waitsForAnswers()
        waits(1_000)
    }
    step("film") {
        taps("Play the film")
        waits(6_000)
        taps("Stop the film")
        waits(1_000)
    }
    step("checkout") {
        taps("Basket")
        waits(500)
        taps("Check out, € 85")
        waitsForAnswers()
        waits(4_500)
    }
}
