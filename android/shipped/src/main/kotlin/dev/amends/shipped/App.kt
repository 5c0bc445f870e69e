package dev.amends.shipped

import dev.amends.Amends
import dev.amends.Log
import dev.amends.Message
import dev.amends.MessageRenderer
import java.io.File
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.system.exitProcess

/**
 * An app with a load that never ends, to be shrunk and then run: its device is a real one, in the folder that is its
 * argument. Prints what was said to the person, what was decided, what would be sent and what was logged.
 */
internal fun main(args: Array<String>) {
    val log = CompletableFuture<String>()
    val person = Person()
    val amends = Amends.startAlone {
        serviceName = "shrunk"
        release = "1.2.0"
        endpoint = "http://127.0.0.1:9" // nobody listens
        directory = File(args.single())
        holdout = 0.0
        languages = listOf("en")
        renderer = person
        this.log = Log(log::complete)
    }
    amends.foreground()
    amends.person("Jackie")
    amends.screen("Catalogue")
    amends.use("{") // refused: an error of Rust's becomes an exception here, and a line in the log
    amends.loadStarted(operation = "catalogue")
    val failed = try {
        println("said ${person.read.get(10, TimeUnit.SECONDS)}")
        // A question may be answered before the step that takes in what was said just before it.
        val decided = generateSequence { amends.lastDecisions().get(5, TimeUnit.SECONDS) }.take(100)
        println("decided ${decided.first { it.isNotEmpty() }.single().kind}")
        println("sent ${amends.whatWeSend().get(5, TimeUnit.SECONDS)}")
        0
    } catch (failure: Exception) {
        println("failed $failure")
        1
    }
    println("logged ${log.getNow("nothing")}")
    exitProcess(failed)
}

private class Person : MessageRenderer {
    val read = CompletableFuture<String>()

    override fun show(message: Message) {
        message.shown()
        read.complete(message.text)
    }

    override fun hide(id: Long) = Unit
}
