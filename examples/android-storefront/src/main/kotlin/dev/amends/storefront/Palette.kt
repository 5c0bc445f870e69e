package dev.amends.storefront

import android.graphics.Color

/** The shop's colours. */
internal object Palette {
    val paper = Color.rgb(0xFA, 0xF7, 0xF2)
    val card = Color.WHITE
    val ink = Color.rgb(0x22, 0x2B, 0x28)
    val quiet = Color.rgb(0x5E, 0x68, 0x64)
    val green = Color.rgb(0x2F, 0x5D, 0x50)
    val pale = Color.rgb(0xE4, 0xEE, 0xEA)
}
