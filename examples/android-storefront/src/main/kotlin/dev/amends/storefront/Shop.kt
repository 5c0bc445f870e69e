package dev.amends.storefront

import android.app.Application
import dev.amends.Amends
import dev.amends.network.AmendsEventListener
import dev.amends.network.AmendsInterceptor
import dev.amends.network.OkHttpTransport
import okhttp3.OkHttpClient

/** What the app's screens share. */
class Shop private constructor(
    val release: Release,
    val backend: Backend,
    val amends: Amends,
) {
    val isBroken: Boolean get() = release == Release.BROKEN

    /** Opens it. */
    companion object {
        /** The one of this process. */
        lateinit var current: Shop
            private set

        /** Opens it: all that Amends wants of an app is here. [holdout] is the share of devices that stays silent. */
        fun open(
            application: Application,
            release: Release,
            shopUrl: String,
            canaryUrl: String,
            holdout: Double = 0.1,
        ): Shop {
            val client =
                OkHttpClient
                    .Builder()
                    .addInterceptor(AmendsInterceptor())
                    .eventListenerFactory(AmendsEventListener.Factory())
                    .build()
            val amends =
                Amends.start(application) {
                    endpoint = canaryUrl
                    serviceName = "android-storefront"
                    this.release = release.version
                    this.holdout = holdout
                    transport = OkHttpTransport { client }
                    screenName = { null } // one activity: its screens say their names themselves
                    banner { onRetry = { (this as ShopActivity).retry() } }
                }
            return Shop(release, Backend(client, shopUrl, release), amends).also { current = it }
        }
    }
}
