package dev.amends

import dev.amends.core.Effect
import dev.amends.core.Event
import dev.amends.core.Upload
import dev.amends.core.UploadAnswer
import dev.amends.core.retryAfterMs

/** Carries out what a step asks for, through the app's renderer and transport, on the driver's thread. */
internal class Effects(
    private val renderer: MessageRenderer,
    private val transport: Transport,
    private val clock: Clock,
    private val log: Log,
) {
    /** Where the latest batch went; `null` before the first. Any thread. */
    @Volatile
    var uploadUrl: String? = null
        private set

    fun carryOut(effect: Effect, driver: Driver) {
        when (effect) {
            is Effect.Show -> {
                val message = Message(effect.message, driver::send)
                guarded("renderer", { renderer.show(message) }, message::notShown)
            }

            is Effect.Ask -> {
                val question = Question(effect.question, driver::send, driver::say)
                guarded("renderer", { renderer.ask(question) }, question::notShown)
            }

            is Effect.Operations -> {
                val list = effect.operations.map { it.toHost() }
                guarded("renderer", { renderer.operations(list) }, {})
            }

            is Effect.Hide -> {
                guarded("renderer", { renderer.hide(effect.message.toLong()) }, {})
            }

            is Effect.Upload -> {
                val (batch, receipt) = effect.upload.toHost(driver)
                guarded("transport", { transport.send(batch, receipt) }, receipt::unreachable)
            }
        }
    }

    private fun Upload.toHost(driver: Driver): Pair<Batch, Receipt> {
        val receipt = Receipt { status, retryAfter ->
            // Whichever thread the answer comes on, reading it crosses the FFI on the driver's.
            driver.post { device ->
                if (device != null) driver.send(Event.Uploaded(id, answer(status, retryAfter)))
            }
        }
        uploadUrl = url
        return Batch(url, headers, body) to receipt
    }

    private fun answer(status: Int?, retryAfter: String?): UploadAnswer {
        if (status == null || status !in 100..999) return UploadAnswer.Unreachable
        val wait = retryAfter?.let { retryAfterMs(it, clock.now()) }
        return UploadAnswer.Status(status.toUShort(), wait)
    }

    /** The host's code may throw what it likes: that costs this one effect. */
    private fun guarded(what: String, call: () -> Unit, otherwise: () -> Unit) {
        try {
            call()
        } catch (failure: Exception) {
            otherwise()
            log.quietly("The app's $what threw; Amends goes on. $failure")
        }
    }
}
