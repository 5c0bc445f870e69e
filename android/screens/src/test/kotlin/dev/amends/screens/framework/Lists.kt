package dev.amends.screens.framework

import android.graphics.Color
import android.view.View
import android.view.ViewGroup
import android.widget.AbsListView
import android.widget.ArrayAdapter
import android.widget.ExpandableListView
import android.widget.GridView
import android.widget.LinearLayout
import android.widget.ListView
import android.widget.ScrollView
import android.widget.SimpleExpandableListAdapter
import android.widget.TextView
import dev.amends.screens.Family
import dev.amends.screens.FrameworkActivity
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts

internal object Lists : Family("lists and grids", FrameworkActivity::class.java) {
    init {
        screen("list whose every fourth row is dead") {
            val said = label("none")
            var times = 0
            val list = ListView(activity)
            list.adapter = rows(40) { view, row -> if (row % 4 == 3) view.dead("row") else view.reacts("row") }
            rowsClicked(list) { _, row -> if (row % 4 != 3) said.text = "row $row, ${++times}" }
            column(said, list)
        }
        screen("list with buttons in its rows") {
            val list = ListView(activity)
            list.adapter = object : ArrayAdapter<String>(activity, 0, List(30) { "row $it" }) {
                override fun getView(row: Int, old: View?, parent: ViewGroup): View {
                    var stars = 0
                    val text = label("row $row")
                    val star = button("star") { text.text = "row $row ${++stars}" }.reacts("star")
                    val share = deadButton("share")
                    return row(text, star, share)
                }
            }
            list
        }
        screen("grid of many choices") {
            GridView(activity).apply {
                numColumns = 3
                choiceMode = AbsListView.CHOICE_MODE_MULTIPLE
                adapter = ArrayAdapter(activity, android.R.layout.simple_list_item_multiple_choice, List(60) { "$it" })
                rowsClicked(this) { _, _ -> }
            }.reacts()
        }
        screen("list of one choice") {
            ListView(activity).apply {
                choiceMode = AbsListView.CHOICE_MODE_SINGLE
                adapter = ArrayAdapter(activity, android.R.layout.simple_list_item_single_choice, List(8) { "$it" })
                rowsClicked(this) { _, _ -> }
            }.reacts()
        }
        screen("list that folds") {
            ExpandableListView(activity).apply {
                setAdapter(groups(this@screen))
                setOnGroupClickListener { _, _, _, _ ->
                    rowClicked()
                    false
                }
                setOnChildClickListener { _, view, _, _, _ ->
                    rowClicked()
                    view.isActivated = !view.isActivated
                    true
                }
            }.reacts()
        }
        screen("long form that scrolls") {
            val form = column()
            for (row in 0 until 24) {
                val said = label("not yet")
                var times = 0
                val button = if (row % 6 == 5) {
                    deadButton("dead $row")
                } else {
                    button("do $row") { said.text = "done ${++times}" }.reacts("do")
                }
                form.addView(row(said, button), LinearLayout.LayoutParams(Page.MATCH, Page.WRAP))
            }
            ScrollView(activity).apply { addView(form) }
        }
        screen("list that loads more at its end") {
            val data = ArrayList(List(6) { "row $it" })
            val rows = ArrayAdapter(activity, android.R.layout.simple_list_item_1, data)
            val more = button("More") { button ->
                if (data.size > 200) return@button
                button.isEnabled = false
                later(1_700) {
                    repeat(5) { data += "row ${data.size}" }
                    rows.notifyDataSetChanged()
                    button.isEnabled = true
                }
            }.reacts("more")
            ListView(activity).apply {
                addFooterView(more)
                adapter = rows
                rowsClicked(this) { view, _ ->
                    val isRead = view.tag == true
                    view.tag = !isRead
                    (view as? TextView)?.setTextColor(if (isRead) Color.BLACK else Color.GRAY)
                }
                reacts()
            }
        }
    }

    private fun Page.rowsClicked(list: AbsListView, act: (View, Int) -> Unit) {
        list.setOnItemClickListener { _, view, row, _ ->
            rowClicked()
            act(view, row)
        }
    }

    private fun Page.rows(count: Int, mark: (View, Int) -> Unit) =
        object : ArrayAdapter<String>(activity, android.R.layout.simple_list_item_1, List(count) { "row $it" }) {
            override fun getView(row: Int, old: View?, parent: ViewGroup): View =
                super.getView(row, old, parent).also { mark(it, row) }
        }

    private fun groups(page: Page) = SimpleExpandableListAdapter(
        page.activity,
        List(6) { mapOf("name" to "group $it") },
        android.R.layout.simple_expandable_list_item_1,
        arrayOf("name"),
        intArrayOf(android.R.id.text1),
        List(6) { group -> List(3) { mapOf("name" to "child $group.$it") } },
        android.R.layout.simple_list_item_activated_1,
        arrayOf("name"),
        intArrayOf(android.R.id.text1),
    )
}
