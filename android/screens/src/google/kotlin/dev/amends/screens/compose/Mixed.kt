package dev.amends.screens.compose

import android.app.Dialog
import android.widget.LinearLayout
import android.widget.TextView
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.viewinterop.AndroidView
import androidx.recyclerview.widget.LinearLayoutManager
import androidx.recyclerview.widget.RecyclerView
import dev.amends.screens.Page
import dev.amends.screens.material.Rows
import dev.amends.screens.reacts as marked

internal object Mixed : ComposeFamily("Compose and views together") {
    init {
        composed("views in Compose") {
            var times by remember { mutableIntStateOf(0) }
            Column {
                Text("clicked $times")
                AndroidView({ button("a view") { times++ }.marked("view") })
                AndroidView({ deadButton("a dead view") })
                AndroidView({ TextView(it) }, Modifier.fillMaxWidth()) { it.text = "seen by a view: $times" }
                LiveButton("Compose") { times++ }
                DeadButton("dead")
            }
        }
        screen("two pieces of Compose between views") {
            val times = mutableIntStateOf(0)
            val said = label("")
            val upper = composed {
                Column {
                    Text("upper ${times.intValue}")
                    DeadButton("dead")
                }
            }
            val lower = composed {
                Column {
                    LiveButton("Above") { times.intValue++ }
                    LiveButton("View") {
                        said.text =
                            "${said.text}."
                    }
                }
            }
            val all = column(said, button("All") { times.intValue++ }.marked("all"))
            for (piece in listOf(upper, lower)) all.addView(piece, LinearLayout.LayoutParams(Page.MATCH, px(140)))
            all
        }
        screen("recycled rows of Compose") {
            val rows = Rows({ 30 }, { composed { } }) { view, holder ->
                val row = holder.bindingAdapterPosition
                view.layoutParams = RecyclerView.LayoutParams(Page.MATCH, px(70))
                view.setContent {
                    var times by remember { mutableStateOf(0) }
                    if (row % 4 == 3) DeadButton("dead $row") else LiveButton("row $row, $times") { times++ }
                }
            }
            RecyclerView(activity).apply {
                layoutManager = LinearLayoutManager(activity)
                adapter = rows
            }
        }
        screen("dialog of views over Compose") {
            val times = mutableIntStateOf(0)
            composed {
                Column {
                    Text("behind ${times.intValue}")
                    LiveButton("Open") {
                        val dialog = Dialog(activity)
                        val count = button("Count behind") { times.intValue++ }.marked("count behind")
                        dialog.setContentView(
                            column(
                                count,
                                button("Close") {
                                    dialog.dismiss()
                                }.marked("close"),
                                deadButton("dead"),
                            ),
                        )
                        dialog.show()
                    }
                    DeadButton("dead below")
                }
            }
        }
    }
}
