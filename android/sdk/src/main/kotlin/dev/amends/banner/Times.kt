package dev.amends.banner

import android.content.Context
import android.icu.text.RelativeDateTimeFormatter
import android.icu.text.RelativeDateTimeFormatter.Direction
import android.icu.text.RelativeDateTimeFormatter.RelativeUnit
import android.text.format.DateFormat
import android.text.format.DateUtils
import java.text.SimpleDateFormat
import java.util.Calendar
import java.util.Date
import java.util.Locale
import kotlin.math.abs

/** Points in time in the person's words: their language, their 12 or 24 hours, the phone's time zone. */
internal class Times(context: Context, private val now: () -> Long) {
    private val locale: Locale = context.resources.configuration.locales[0]
    private val hours = if (DateFormat.is24HourFormat(context)) "Hm" else "hm"

    /** The time, and the day if it is not today: `14:05`, `21 Nov, 14:05`. */
    fun at(unixMs: Long): String {
        val skeleton = if (dayOf(unixMs) == dayOf(now())) hours else "MMMd$hours"
        return SimpleDateFormat(DateFormat.getBestDateTimePattern(locale, skeleton), locale).format(Date(unixMs))
    }

    /** How far from now: `in 35 minutes`, `2 hours ago`. */
    fun fromNow(unixMs: Long): String {
        val minutes = Math.round((unixMs - now()) / DateUtils.MINUTE_IN_MILLIS.toDouble())
        val (count, unit) = when (val many = abs(minutes)) {
            in 0 until AN_HOUR -> many to RelativeUnit.MINUTES
            in AN_HOUR until A_DAY -> many / AN_HOUR to RelativeUnit.HOURS
            else -> many / A_DAY to RelativeUnit.DAYS
        }
        val direction = if (minutes < 0) Direction.LAST else Direction.NEXT
        return RelativeDateTimeFormatter.getInstance(locale).format(count.toDouble(), direction, unit)
    }

    private fun dayOf(unixMs: Long): Pair<Int, Int> {
        val calendar = Calendar.getInstance()
        calendar.timeInMillis = unixMs
        return calendar[Calendar.YEAR] to calendar[Calendar.DAY_OF_YEAR]
    }

    private companion object {
        const val AN_HOUR = 60L
        const val A_DAY = 24 * AN_HOUR
    }
}
