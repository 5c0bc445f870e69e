package dev.amends.storefront

/** What was searched for. The fault: half of the broken release's index is missing. */
class SearchScreen(
    shop: Shop,
    private val words: String,
) : ThingsScreen(shop, "Search", "search") {
    override fun ask(done: (List<Thing>?) -> Unit): () -> Unit = shop.backend.search(words, done)::cancel

    override fun retry(activity: ShopActivity): Unit = activity.open(SearchScreen(shop, words))
}
