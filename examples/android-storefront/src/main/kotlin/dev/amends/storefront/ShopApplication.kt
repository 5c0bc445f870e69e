package dev.amends.storefront

import android.app.Application

/** The app as it starts on an emulator, beside `make demo` on the developer's machine. */
class ShopApplication : Application() {
    override fun onCreate() {
        super.onCreate()
        Shop.open(this, Release.BROKEN, shopUrl = "http://10.0.2.2:4380", canaryUrl = "http://10.0.2.2:4390")
    }
}
