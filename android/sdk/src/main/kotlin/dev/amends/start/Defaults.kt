package dev.amends.start

import android.app.Application
import android.content.Context
import android.os.Build
import dev.amends.core.Config
import java.io.File

/** What the app did not say, as Android knows it. Asks the disk and other processes: for the driver's thread. */
internal fun Config.filledIn(application: Application): Config = copy(
    directory = directory.ifBlank { File(application.filesDir, "amends").path },
    serviceName = serviceName.ifBlank { application.packageName },
    serviceVersion = serviceVersion.ifBlank { application.release() },
    osVersion = osVersion.ifBlank { Build.VERSION.RELEASE.orEmpty() },
)

private fun Context.release(): String = packageManager.getPackageInfo(packageName, 0).versionName.orEmpty()
