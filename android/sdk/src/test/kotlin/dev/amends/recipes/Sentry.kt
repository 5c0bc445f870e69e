package dev.amends.recipes

import dev.amends.Breadcrumb
import dev.amends.BreadcrumbSink
import io.sentry.Sentry
import io.sentry.SentryLevel
import java.util.Date

val toSentry = BreadcrumbSink { crumb ->
    val breadcrumb = io.sentry.Breadcrumb(Date(crumb.unixMs))
    breadcrumb.category = crumb.category
    breadcrumb.message = crumb.text
    breadcrumb.level = if (crumb.level == Breadcrumb.Level.WARNING) SentryLevel.WARNING else SentryLevel.INFO
    for ((name, value) in crumb.data) breadcrumb.setData(name, value)
    Sentry.addBreadcrumb(breadcrumb)
}
