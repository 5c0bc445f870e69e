package dev.amends.screens.framework

import android.app.AlertDialog
import android.app.DatePickerDialog
import android.app.Dialog
import android.app.TimePickerDialog
import android.view.Gravity
import android.widget.ArrayAdapter
import android.widget.EditText
import android.widget.ListPopupWindow
import android.widget.PopupMenu
import android.widget.PopupWindow
import dev.amends.Reaction
import dev.amends.core.Event
import dev.amends.screens.DetailActivity
import dev.amends.screens.Family
import dev.amends.screens.FrameworkActivity
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts
import dev.amends.screens.reactsLate

internal object Dialogs : Family("dialogs, popups, other screens", FrameworkActivity::class.java) {
    init {
        screen("alert dialogs") {
            val said = label("")
            var times = 0
            val ask = button("Delete") {
                AlertDialog.Builder(activity).setMessage("Sure?")
                    .setPositiveButton("Yes") { _, _ -> said.text = "deleted ${++times}" }
                    .setNegativeButton("No", null).show().markButtons()
            }
            val choose = button("Sort") {
                AlertDialog.Builder(activity).setSingleChoiceItems(arrayOf("name", "date", "size"), 0) { _, _ ->
                    rowClicked()
                }
                    .setPositiveButton("OK", null).show().apply { listView.reacts("choice") }.markButtons()
            }
            column(said, ask.reacts("delete"), choose.reacts("sort"), deadButton("Rename"))
        }
        screen("dialog that changes what is behind it") {
            val cart = label("cart: 0")
            var count = 0
            val open = button("Add") {
                val dialog = Dialog(activity)
                val add = button("One more") { cart.text = "cart: ${++count}" }.reacts("one more")
                val close = button("Close") { dialog.dismiss() }.reacts("close")
                dialog.setContentView(column(add, deadButton("Gift wrap"), close))
                dialog.show()
            }
            column(cart, open.reacts("add"))
        }
        screen("date and time dialogs") {
            val said = label("")
            var times = 0
            val date = button("Date") {
                DatePickerDialog(activity, { _, _, _, day -> said.text = "$day, ${++times}" }, 2026, 5, 15).show()
            }
            val time = button("Time") {
                TimePickerDialog(activity, { _, hour, _ -> said.text = "$hour, ${++times}" }, 12, 0, true).show()
            }
            column(said, date.reacts("date"), time.reacts("time"), deadButton("Remind me"))
        }
        screen("menus that pop up") {
            val said = label("")
            var times = 0
            val menu = button("Menu") { anchor ->
                PopupMenu(activity, anchor).apply {
                    menu.add("Copy")
                    menu.add("Move")
                    setOnMenuItemClickListener {
                        said.text = "$it ${++times}"
                        true
                    }
                }.show()
            }
            val list = button("List") { anchor ->
                ListPopupWindow(activity).apply {
                    anchorView = anchor
                    isModal = true
                    setAdapter(ArrayAdapter(activity, android.R.layout.simple_list_item_1, listOf("a", "b")))
                    setOnItemClickListener { _, _, _, _ -> dismiss() }
                }.show()
            }
            column(said, menu.reacts("menu"), list.reacts("list"), deadButton("More"))
        }
        screen("hint that pops up and goes") {
            val hint = button("Hint") { anchor ->
                val popup = PopupWindow(label("It is here"), Page.WRAP, Page.WRAP)
                popup.showAtLocation(anchor, Gravity.CENTER, 0, 0)
                later(2_000, popup::dismiss)
            }
            val toast = button("Toast") { says(Event.Reacted(Reaction.DIALOG)) }
            column(hint.reacts("hint"), toast.reacts("toast"), deadButton("Help"))
        }
        screen("dialog with a field") {
            val name = label("nobody")
            val rename = button("Rename") {
                val field = EditText(activity).reacts("field")
                AlertDialog.Builder(activity).setView(field).setPositiveButton("OK") { _, _ ->
                    name.text =
                        "${field.text}."
                }
                    .show().markButtons()
            }
            column(name, rename.reacts("rename"), deadButton("Forget"))
        }
        screen("other screens") {
            var times = 0
            val said = label("")
            column(
                said,
                button("Details") { open(DetailActivity::class.java) }.reacts("details"),
                button("Details, after a request") {
                    request(800) { open(DetailActivity::class.java) }
                }.reactsLate("slow details"),
                button("Refresh") { said.text = "${++times}" }.reacts("refresh"),
                deadButton("Help"),
            )
        }
    }

    private fun AlertDialog.markButtons() {
        for (which in listOf(
            AlertDialog.BUTTON_POSITIVE,
            AlertDialog.BUTTON_NEGATIVE,
        )) {
            getButton(which)?.reacts("button $which")
        }
    }
}
