package dev.amends.shipped

import android.app.Application
import dev.amends.Amends

/** An app that starts the SDK as the README says, to be shrunk and weighed. */
internal class PhoneApp : Application() {
    override fun onCreate() {
        super.onCreate()
        Amends.start(this) { endpoint = "https://canary.example.com" }
    }
}
