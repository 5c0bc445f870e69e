package dev.amends.storefront

import android.graphics.BitmapFactory
import android.view.View
import android.widget.ImageView
import dev.amends.Content

/** A lamp, with its picture. The fault: the broken release gets half of the file. */
class LampScreen(
    shop: Shop,
) : Screen(shop, "Lamp") {
    private var stop: () -> Unit = {}

    override fun view(activity: ShopActivity): View {
        val picture =
            ImageView(activity).apply {
                adjustViewBounds = true
                minimumHeight = activity.px(200)
                background = rounded(activity, Palette.pale)
                contentDescription = "A walnut desk lamp on a table"
            }
        val film = FilmView(activity, shop)
        stop = film::stop
        show(picture)
        return column(activity, text(activity, "Walnut desk lamp, € 64", 20f, bold = true), picture, film, film.button)
    }

    private fun show(picture: ImageView) {
        val call =
            shop.backend.picture { file ->
                val bitmap = file?.takeIf { it.isWholePng() }?.let { BitmapFactory.decodeByteArray(it, 0, it.size) }
                picture.setImageBitmap(bitmap)
                shop.amends.contentShown(if (bitmap == null) Content.BROKEN_IMAGE else Content.GOOD)
            }
        val stopFilm = stop
        stop = {
            stopFilm()
            call.cancel()
        }
    }

    override fun retry(activity: ShopActivity): Unit = activity.open(LampScreen(shop))

    override fun leave(): Unit = stop()
}

/** Android draws half a picture without a word; this one must end as a PNG does. */
private fun ByteArray.isWholePng(): Boolean = size > IEND.size && takeLast(IEND.size) == IEND

private val IEND = listOf<Byte>(0x49, 0x45, 0x4E, 0x44, 0xAE.toByte(), 0x42, 0x60, 0x82.toByte())
