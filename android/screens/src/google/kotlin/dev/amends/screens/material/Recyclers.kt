package dev.amends.screens.material

import android.graphics.Color
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.StateListDrawable
import android.view.View
import android.view.ViewGroup
import android.widget.LinearLayout
import android.widget.TextView
import androidx.coordinatorlayout.widget.CoordinatorLayout
import androidx.recyclerview.widget.GridLayoutManager
import androidx.recyclerview.widget.ItemTouchHelper
import androidx.recyclerview.widget.LinearLayoutManager
import androidx.recyclerview.widget.RecyclerView
import androidx.swiperefreshlayout.widget.SwipeRefreshLayout
import com.google.android.material.appbar.AppBarLayout
import com.google.android.material.appbar.MaterialToolbar
import dev.amends.screens.Family
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts

internal object Recyclers : Family("recycled lists (Material)", MaterialActivity::class.java) {
    init {
        screen("rows that come and go") {
            val data = ArrayList(List(8) { "row $it" })
            var made = data.size
            val rows = Rows({ data.size }, { text() }) { view, holder ->
                view.text = data[holder.bindingAdapterPosition]
                view.setOnClickListener {
                    val row = holder.bindingAdapterPosition
                    if (row < 0) return@setOnClickListener
                    data.removeAt(row)
                    notifyItemRemoved(row)
                }
                view.reacts("row")
            }
            val add = button("Add") {
                data.add(0, "row ${made++}")
                rows.notifyItemInserted(0)
            }
            under(row(add.reacts("add"), deadButton("Sort")), list(rows))
        }
        screen("rows that are chosen") {
            val chosen = HashSet<Int>()
            val rows = Rows({ 40 }, { text() }) { view, holder ->
                val row = holder.bindingAdapterPosition
                view.text = "row $row"
                view.background = StateListDrawable().apply {
                    addState(intArrayOf(android.R.attr.state_activated), ColorDrawable(Color.CYAN))
                    addState(intArrayOf(), ColorDrawable(Color.WHITE))
                }
                view.isActivated = row in chosen
                view.setOnClickListener {
                    if (row % 5 == 4) return@setOnClickListener
                    if (!chosen.add(row)) chosen.remove(row)
                    notifyItemChanged(row)
                }
                if (row % 5 == 4) view.dead("row") else view.reacts("row")
            }
            list(rows)
        }
        screen("grid that is pulled to refresh") {
            var fresh = 0
            val rows = Rows({ 60 }, { text() }) { view, holder ->
                view.text = "${holder.bindingAdapterPosition}, $fresh"
                view.setOnClickListener { view.alpha = if (view.alpha == 1f) 0.4f else 1f }
                view.reacts("tile")
            }
            SwipeRefreshLayout(activity).apply {
                addView(list(rows).apply { layoutManager = GridLayoutManager(activity, 3) })
                setOnRefreshListener {
                    later(1_000) {
                        isRefreshing = false
                        fresh++
                        rows.notifyDataSetChanged()
                    }
                }
            }
        }
        screen("rows that are swiped away and dragged") {
            val data = ArrayList(List(30) { "row $it" })
            val counts = HashMap<String, Int>()
            val rows = Rows({ data.size }, { text() }) { view, holder ->
                val name = data[holder.bindingAdapterPosition]
                view.text = "$name: ${counts[name] ?: 0}"
                view.setOnClickListener {
                    counts[name] = (counts[name] ?: 0) + 1
                    view.text = "$name: ${counts[name]}"
                }
                view.reacts("row")
            }
            list(rows).also { ItemTouchHelper(Moves(data, rows)).attachToRecyclerView(it) }
        }
        screen("bar that folds away over a list") {
            val rows = Rows({ 60 }, { text() }) { view, holder ->
                val row = holder.bindingAdapterPosition
                var times = 0
                view.text = "row $row"
                view.setOnClickListener { if (row % 4 != 3) view.text = "row $row, ${++times}" }
                if (row % 4 == 3) view.dead("row") else view.reacts("row")
            }
            val bar = AppBarLayout(activity).apply {
                val scrolled = AppBarLayout.LayoutParams(Page.MATCH, px(120))
                scrolled.scrollFlags =
                    AppBarLayout.LayoutParams.SCROLL_FLAG_SCROLL or AppBarLayout.LayoutParams.SCROLL_FLAG_ENTER_ALWAYS
                addView(MaterialToolbar(activity).apply { title = "Rows" }, scrolled)
            }
            CoordinatorLayout(activity).apply {
                addView(bar, CoordinatorLayout.LayoutParams(Page.MATCH, Page.WRAP))
                val below = CoordinatorLayout.LayoutParams(Page.MATCH, Page.MATCH)
                below.behavior = AppBarLayout.ScrollingViewBehavior()
                addView(list(rows), below)
            }
        }
    }

    private fun Page.text(): TextView = label("").apply {
        minimumHeight = px(56)
        isClickable = true
    }

    private fun Page.list(rows: RecyclerView.Adapter<*>) = RecyclerView(activity).apply {
        layoutManager = LinearLayoutManager(activity)
        adapter = rows
        layoutParams = ViewGroup.LayoutParams(Page.MATCH, Page.MATCH)
    }

    private fun Page.under(top: View, list: View) = column(top).apply {
        addView(list, LinearLayout.LayoutParams(Page.MATCH, 0, 1f))
    }

    /** Lets rows be swiped away and dragged elsewhere. */
    private class Moves(private val data: MutableList<String>, private val rows: RecyclerView.Adapter<*>) :
        ItemTouchHelper.SimpleCallback(ItemTouchHelper.UP or ItemTouchHelper.DOWN, ItemTouchHelper.LEFT) {
        override fun onMove(list: RecyclerView, moved: RecyclerView.ViewHolder, to: RecyclerView.ViewHolder): Boolean {
            val from = moved.bindingAdapterPosition
            data.add(to.bindingAdapterPosition, data.removeAt(from))
            rows.notifyItemMoved(from, to.bindingAdapterPosition)
            return true
        }

        override fun onSwiped(holder: RecyclerView.ViewHolder, direction: Int) {
            val row = holder.bindingAdapterPosition
            data.removeAt(row)
            rows.notifyItemRemoved(row)
        }
    }
}
