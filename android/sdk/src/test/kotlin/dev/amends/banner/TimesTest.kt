package dev.amends.banner

import android.content.Context
import android.content.res.Configuration
import android.provider.Settings
import android.text.format.DateFormat
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config
import java.text.SimpleDateFormat
import java.util.Date
import java.util.Locale
import java.util.TimeZone

/** Points in time as this person writes them. What each Android writes exactly is its own: it is asked. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [24, 35])
class TimesTest {
    private val zone = TimeZone.getDefault()
    private val context: Context = RuntimeEnvironment.getApplication()

    /** 29 November 2026, 14:05 UTC. */
    private val now = 1_795_961_100_000
    private val minute = 60_000L
    private val hour = 60 * minute
    private val day = 24 * hour

    private fun times(language: String = "en-US", zone: String = "UTC", is24: Boolean? = null): Times {
        TimeZone.setDefault(TimeZone.getTimeZone(zone))
        Settings.System.putString(
            context.contentResolver,
            Settings.System.TIME_12_24,
            is24?.let {
                if (it) "24" else "12"
            },
        )
        val configuration = Configuration(context.resources.configuration)
        configuration.setLocale(Locale.forLanguageTag(language))
        return Times(context.createConfigurationContext(configuration)) { now }
    }

    private fun platform(language: String, skeleton: String, at: Long): String {
        val locale = Locale.forLanguageTag(language)
        return SimpleDateFormat(DateFormat.getBestDateTimePattern(locale, skeleton), locale).format(Date(at))
    }

    @After
    fun asItWas(): Unit = TimeZone.setDefault(zone)

    @Test
    fun `today the time is enough, another day has its date`() {
        val times = times(is24 = true)
        assertEquals(platform("en-US", "Hm", now + hour), times.at(now + hour))
        assertEquals(platform("en-US", "MMMdHm", now + day), times.at(now + day))
        assertNotEquals(times.at(now), times.at(now + day))
    }

    @Test
    @Config(sdk = [35])
    fun `the day ends at midnight where the person is`() {
        val late = now + 10 * hour // 00:05 UTC on the 30th, and that is another day there
        assertEquals("19:05", times(zone = "America/New_York", is24 = true).at(late))
        for (zone in listOf("UTC", "Asia/Tokyo")) {
            val there = times(zone = zone, is24 = true).at(late)
            assertEquals(platform("en-US", "MMMdHm", late), there)
        }
    }

    @Test
    @Config(sdk = [35])
    fun `12 or 24 hours, as the person has set it`() {
        val (short, long) = times(is24 = false).at(now) to times(is24 = true).at(now)
        assertEquals("14:05", long)
        assertTrue(short, short.startsWith("2:05") && short.uppercase().endsWith("PM"))
    }

    @Test
    fun `in the person's language and with its digits`() {
        for (language in listOf("de", "ar-EG", "ja", "hi")) {
            val times = times(language, is24 = true)
            assertEquals(platform(language, "MMMdHm", now + day), times.at(now + day))
        }
        assertNotEquals(times("en-US").at(now + day), times("de").at(now + day))
    }

    @Test
    fun `how far off it is, in the largest unit that fits`() {
        val times = times()
        val said = listOf(35 * minute, 90 * minute, 2 * day, -3 * minute, -26 * hour).map { times.fromNow(now + it) }
        assertEquals(listOf("in 35 minutes", "in 1 hour", "in 2 days", "3 minutes ago", "1 day ago"), said)
    }

    @Test
    fun `the same in another language`() {
        val german = times("de").fromNow(now + 35 * minute)
        assertTrue(german, "35" in german && "Minuten" in german)
        assertNotEquals(times("ar").fromNow(now + hour), times("en").fromNow(now + hour))
    }

    @Test
    fun `half a minute makes no difference`() {
        val times = times()
        assertEquals(times.fromNow(now + 35 * minute), times.fromNow(now + 35 * minute - 20_000))
    }
}
