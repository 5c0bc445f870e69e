package dev.amends.storefront

/** All there is. The fault: the broken release's query takes 6 s, the first time. */
class CatalogueScreen(
    shop: Shop,
    private val earlier: Int = 0,
) : ThingsScreen(shop, "Catalogue", "catalogue") {
    override fun ask(done: (List<Thing>?) -> Unit): () -> Unit = shop.backend.catalogue(earlier, done)::cancel

    override fun retry(activity: ShopActivity): Unit = activity.open(CatalogueScreen(shop, earlier + 1))
}
