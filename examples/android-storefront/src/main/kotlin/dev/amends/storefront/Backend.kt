package dev.amends.storefront

import android.os.Handler
import android.os.Looper
import okhttp3.Call
import okhttp3.Callback
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.Response
import org.json.JSONArray
import java.io.IOException

/** Something for sale. */
class Thing(
    val name: String,
    val price: String,
)

/** The shop's server: the same one that the demo in the browser asks. Answers come on the main thread. */
class Backend(
    private val client: OkHttpClient,
    url: String,
    private val release: Release,
) {
    private val base = url.toHttpUrl()
    private val main = Handler(Looper.getMainLooper())

    /** How many answers are still to come. Main thread. */
    var waiting: Int = 0
        private set

    /** All things; `null`: no answer. [earlier] is how often it was asked for before. */
    fun catalogue(
        earlier: Int,
        done: (List<Thing>?) -> Unit,
    ): Call = ask("catalogue", "earlier" to "$earlier") { done(it?.things()) }

    /** The things with these words in their names. */
    fun search(
        words: String,
        done: (List<Thing>?) -> Unit,
    ): Call = ask("search", "words" to words) { done(it?.things()) }

    /** Places the order; says whether it was taken. */
    fun checkout(
        earlier: Int,
        done: (Boolean) -> Unit,
    ): Call = ask("checkout", "earlier" to "$earlier", method = "POST") { done(it != null) }

    /** The picture of the lamp, as a file. */
    fun picture(done: (ByteArray?) -> Unit): Call = ask("picture.png") { done(it) }

    private fun ask(
        what: String,
        vararg query: Pair<String, String>,
        method: String = "GET",
        done: (ByteArray?) -> Unit,
    ): Call {
        val url = base.newBuilder().addPathSegments("shop/$what").addQueryParameter("release", release.version)
        for ((name, value) in query) url.addQueryParameter(name, value)
        val body = if (method == "POST") ByteArray(0).toRequestBody() else null
        val call =
            client.newCall(
                Request
                    .Builder()
                    .url(url.build())
                    .method(method, body)
                    .build(),
            )
        waiting++
        call.enqueue(
            object : Callback {
                override fun onResponse(
                    call: Call,
                    response: Response,
                ) {
                    val answer =
                        try {
                            response.use { if (it.isSuccessful) it.body.bytes() else null }
                        } catch (_: IOException) {
                            null
                        }
                    arrived(answer)
                }

                override fun onFailure(
                    call: Call,
                    e: IOException,
                ) = arrived(null)

                private fun arrived(answer: ByteArray?) {
                    main.post {
                        waiting--
                        if (!call.isCanceled()) done(answer)
                    }
                }
            },
        )
        return call
    }
}

private fun ByteArray.things(): List<Thing> {
    val array = JSONArray(decodeToString())
    return List(array.length()) { index ->
        array.getJSONObject(index).let { Thing(it.getString("name"), it.getString("price")) }
    }
}
