package dev.amends

import dev.amends.core.DocumentException
import dev.amends.core.Event
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.Locale
import java.util.concurrent.CountDownLatch

/** What the app says once, at its start: its document and its languages. */
class SettingsTest : DriverBench() {
    private val device = FakeDevice()

    @Test
    fun `a document is handed over on the driver's thread, before what is said after it`() {
        var on = ""
        device.taking = { on = Thread.currentThread().name }
        val amends = Amends(drive(device))
        amends.use("{}")
        amends.foreground()
        assertEquals(Event.Foreground, device.next())
        assertEquals("amends" to listOf("{}"), on to device.documents)
        amends.use(null)
        settle()
        assertEquals(listOf("{}", null), device.documents)
    }

    @Test
    fun `of documents that wait only the latest is handed over`() {
        val loaded = CountDownLatch(1)
        val amends = Amends(drive(device) { loaded.await() })
        repeat(1_000) { amends.use("$it") }
        loaded.countDown()
        settle()
        assertEquals(listOf("999"), device.documents)
    }

    @Test
    fun `a bad document is one line that says what is wrong, and the app goes on`() {
        device.taking = { throw DocumentException.Invalid("line 3:\nno such kind \"slow\"") }
        val amends = Amends(drive(device))
        amends.use("{")
        amends.foreground()
        assertEquals(Event.Foreground, device.next())
        assertTrue(lines.single().endsWith("line 3: no such kind \"slow\""), lines.toString())
        device.taking = {}
        amends.use("{}")
        settle()
        assertEquals(listOf("{", "{}"), device.documents)
        assertEquals(1, lines.size)
    }

    @Test
    fun `a core that breaks over a document is off, and the app goes on`() {
        device.taking = { throw DocumentException.Panicked() }
        val amends = Amends(drive(device))
        amends.use("{}")
        driver.stop()
        amends.use("{}")
        amends.foreground()
        assertTrue(lines.single().startsWith("Amends is off"), lines.toString())
        assertEquals(listOf("{}"), device.documents)
    }

    @Test
    fun `a log that throws is no matter`() {
        device.taking = { throw DocumentException.Invalid("bad") }
        val log = Log { error("full") }
        driver = Driver(time, log) { Equipment(device, Effects(renderer, transport, time, log)) }
        driver.start()
        Amends(driver).use("{")
        settle()
        driver.send(Event.Foreground)
        assertEquals(Event.Foreground, device.next())
    }

    @Test
    fun `the languages are the system's unless the app says so, and are the first thing said`() {
        val before = Locale.getDefault()
        try {
            Locale.setDefault(Locale.forLanguageTag("pt-BR"))
            assertEquals(listOf("pt-BR"), AmendsSettings().languages)
        } finally {
            Locale.setDefault(before)
        }
        assertEquals(listOf("he", "ar"), AmendsSettings(systemLanguages = listOf("he", "ar")).languages)
        val settings = AmendsSettings().apply { languages = listOf("ja") }
        driver = Driver(time, { }) { Equipment(device, Effects(renderer, transport, time, { })) }
        Amends.run(settings) { driver }.foreground()
        assertEquals(listOf(Event.Languages(listOf("ja")), Event.Foreground), List(2) { device.next() })
    }
}
