package dev.amends.network

import dev.amends.Amends
import dev.amends.Guard
import java.io.IOException
import java.io.InterruptedIOException
import java.net.SocketTimeoutException

// What it takes to tell of requests, whoever makes them. Without OkHttp, which an app need not have.

/** Its line goes into the log of the SDK that is told. */
internal fun requestGuard(amends: () -> Amends?): Guard = Guard("seeing requests", log = { amends()?.say(it) })

/** No answer in time: of the socket's or, under this message, of OkHttp's whole call. */
internal fun Throwable.isTimeout(): Boolean =
    this is SocketTimeoutException || (this is InterruptedIOException && message == "timeout")

/** No connection, or it broke. Neither a thread that was interrupted, nor a fault in the app's code. */
internal fun Throwable.isOfTheNetwork(): Boolean = this is IOException && this !is InterruptedIOException
