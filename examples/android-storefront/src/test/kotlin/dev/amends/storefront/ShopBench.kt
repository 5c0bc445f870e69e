package dev.amends.storefront

import dev.amends.robolectric.idle
import dev.amends.robolectric.steadyFrames
import org.junit.rules.ExternalResource
import org.junit.rules.TemporaryFolder
import org.robolectric.RuntimeEnvironment
import java.util.concurrent.TimeUnit

/** The shop's server, a canary, and the app that knows both. */
class ShopBench(
    private val release: Release,
) : ExternalResource() {
    private val folder = TemporaryFolder()
    lateinit var canary: Program
        private set
    private lateinit var server: Program
    lateinit var shop: Shop
        private set

    override fun before() {
        steadyFrames() // else a film is over as soon as it begins
        folder.create()
        canary =
            Program.start(
                "amends-canary",
                "serve",
                "--data",
                data("canary"),
                "--listen",
                LOOPBACK,
                // One device is all there is.
                "--min-devices",
                "1",
            )
        server = Program.start("storefront", "--data", data("shop"), "--canary", canary.url, "--listen", LOOPBACK)
        shop = Shop.open(RuntimeEnvironment.getApplication(), release, server.url, canary.url, holdout = 0.0)
        // What sees taps is made on a thread of its own.
        shop.amends.lastDecisions().get(20, TimeUnit.SECONDS)
        idle(10)
    }

    override fun after() {
        server.close()
        canary.close()
        folder.delete()
    }

    private fun data(name: String) = folder.newFolder(name).path

    private companion object {
        const val LOOPBACK = "127.0.0.1:0"
    }
}
