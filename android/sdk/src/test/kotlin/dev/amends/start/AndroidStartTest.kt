package dev.amends.start

import android.app.Application
import android.content.Intent
import android.os.UserManager
import android.view.View
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import dev.amends.Amends
import dev.amends.AmendsSettings
import dev.amends.FakeDevice
import dev.amends.OwnView
import dev.amends.Transport
import dev.amends.core.Config
import dev.amends.core.Device
import dev.amends.core.DeviceInterface
import dev.amends.core.Event
import dev.amends.core.Now
import dev.amends.hooks.ShopActivity
import dev.amends.robolectric.Finger
import dev.amends.robolectric.Picture
import dev.amends.robolectric.idle
import dev.amends.robolectric.toFront
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.GraphicsMode
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.zip.GZIPInputStream
import org.robolectric.annotation.Config as Android

/** One line in `Application.onCreate`, and what comes of it, with the real engine. */
@RunWith(RobolectricTestRunner::class)
@Android(sdk = [35], qualifiers = "en-w360dp-h640dp-xhdpi")
@GraphicsMode(GraphicsMode.Mode.NATIVE)
class AndroidStartTest {
    @get:Rule
    val folder = TemporaryFolder()

    private val application: Application = RuntimeEnvironment.getApplication()
    private val lines = ArrayList<String>()
    private val opened = CountDownLatch(1)
    private var config: Config? = null
    private var amends: Amends? = null
    private val left = StringBuffer()

    private fun start(
        open: (Config, Now) -> DeviceInterface = { config, now -> Device.open(config, now) },
        configure: AmendsSettings.() -> Unit = {},
    ): Amends {
        val settings = AmendsSettings(AndroidClock).apply {
            endpoint = "http://127.0.0.1:9"
            directory = folder.root
            holdout = 0.0
            transport = Transport { batch, receipt ->
                left.append(GZIPInputStream(batch.body.inputStream()).reader().readText())
                receipt.unreachable()
            }
            log = dev.amends.Log { synchronized(lines) { lines += it } }
            configure()
        }
        return AndroidStart(application, settings) { config, now ->
            this.config = config
            opened.countDown()
            open(config, now)
        }.start().also { amends = it }
    }

    @After
    fun stop() {
        amends?.stop()
    }

    private fun shop(fill: ShopActivity.() -> Unit): ShopActivity {
        val controller = Robolectric.buildActivity(ShopActivity::class.java).create()
        controller.get().fill()
        controller.toFront()
        idle(100)
        return controller.get()
    }

    /** Lets the hooks come: they are made on the driver's thread. */
    private fun Amends.hooked(): Amends {
        lastDecisions().get(20, TimeUnit.SECONDS)
        idle(10)
        return this
    }

    /** Lets the driver and the main thread take turns until it is so; the driver's thread is a real one. */
    private fun until(what: String, isSo: () -> Boolean) {
        repeat(500) {
            amends?.lastDecisions()?.get(20, TimeUnit.SECONDS)
            idle(10)
            if (isSo()) return
            Thread.sleep(5)
        }
        val decisions = amends?.lastDecisions()?.get(20, TimeUnit.SECONDS)
        throw AssertionError("never: $what; $decisions; ${synchronized(lines) { lines.toList() }}")
    }

    /** What left the device, at a moment that is left to chance, and what would leave it next. */
    private fun Amends.told(): String = whatWeSend().get(20, TimeUnit.SECONDS).let { next -> "$left$next" }

    private fun textsOf(view: View): List<String> = when (view) {
        is TextView -> listOf(view.text.toString())
        is ViewGroup -> (0 until view.childCount).flatMap { textsOf(view.getChildAt(it)) }
        else -> emptyList()
    }

    private fun said(activity: ShopActivity): String? {
        val decor = activity.window.decorView as ViewGroup
        val ours = (0 until decor.childCount).map(decor::getChildAt).firstOrNull { it is OwnView } ?: return null
        return textsOf(ours).joinToString(" ")
    }

    @Test
    fun `a dead button, and an apology by name, drawn in the window`() {
        val amends = start().hooked()
        lateinit var dead: Button
        val activity = shop {
            dead = Button(this).apply { text = "Pay" }
            column.addView(dead)
        }
        amends.person("Jackie")
        Finger(activity.window.decorView).tap(dead)
        idle(2_000)
        assertEquals(null, said(activity))
        idle(1_500)
        until("the apology") { said(activity) != null }
        val text = said(activity).orEmpty()
        assertTrue(text, "Jackie" in text && "orry" in text)
        until("it is reported") { "amends.apologies" in amends.told() }
        val sent = amends.told()
        assertFalse(sent, "Jackie" in sent)
        assertTrue(sent, "\"Shop\"" in sent && "dead_tap" in sent)
        Picture.of(activity.window.decorView).save("dead-button")
    }

    @Test
    fun `a button that works, and silence`() {
        val amends = start().hooked()
        lateinit var pay: Button
        val activity = shop {
            val text = TextView(this).apply { text = "Basket" }
            pay = Button(this).apply { setOnClickListener { text.text = "Paid" } }
            column.addView(text)
            column.addView(pay)
        }
        Finger(activity.window.decorView).tap(pay)
        idle(5_000)
        amends.lastDecisions().get(20, TimeUnit.SECONDS)
        val sent = amends.told()
        assertTrue(sent, "amends.opportunities" in sent)
        assertFalse(sent, "\"amends.failures\"" in sent)
        assertEquals(null, said(activity))
    }

    @Test
    fun `what the app does not say, Android does`() {
        start(open = { _, _ -> FakeDevice() }) { directory = null }
        assertTrue(opened.await(20, TimeUnit.SECONDS))
        assertEquals(application.packageName, config?.serviceName)
        assertEquals(application.filesDir.resolve("amends").path, config?.directory)
        assertEquals("15", config?.osVersion)
    }

    @Test
    fun `the languages are those of the app's resources, also when they change`() {
        val device = FakeDevice()
        start(open = { _, _ -> device }).hooked()
        assertEquals(Event.Languages(listOf("en")), device.next())
        RuntimeEnvironment.setQualifiers("+he")
        application.onConfigurationChanged(application.resources.configuration)
        assertEquals(Event.Languages(listOf("he")), device.next())
    }

    @Test
    fun `another process of the app does nothing`() {
        application.applicationInfo.processName = "another.process"
        val amends = start()
        val activity = shop { column.addView(Button(this)) }
        Finger(activity.window.decorView).tap(activity.column.getChildAt(0))
        assertEquals("", amends.whatWeSend().get(20, TimeUnit.SECONDS))
        assertEquals(1, opened.count)
    }

    @Test
    fun `before the phone is unlocked the device waits, and so does what happened`() {
        val users = shadowOf(application.getSystemService(UserManager::class.java))
        users.setUserUnlocked(false)
        val device = FakeDevice()
        val amends = start(open = { _, _ -> device })
        amends.screen("Early")
        assertFalse(opened.await(300, TimeUnit.MILLISECONDS))
        users.setUserUnlocked(true)
        repeat(100) {
            if (opened.count > 0) {
                application.sendBroadcast(Intent(Intent.ACTION_USER_UNLOCKED))
                idle(10)
                Thread.sleep(10)
            }
        }
        assertTrue(opened.await(20, TimeUnit.SECONDS))
        assertEquals(Event.Languages(listOf("en")), device.next())
        assertEquals(Event.Screen("Early"), device.next())
    }
}
