package dev.amends.screens.material

import android.os.Bundle
import android.view.Gravity
import android.view.LayoutInflater
import android.view.View
import android.view.ViewGroup
import android.widget.FrameLayout
import android.widget.LinearLayout
import androidx.appcompat.app.AppCompatActivity
import androidx.coordinatorlayout.widget.CoordinatorLayout
import androidx.drawerlayout.widget.DrawerLayout
import androidx.fragment.app.Fragment
import com.google.android.material.bottomsheet.BottomSheetDialog
import com.google.android.material.dialog.MaterialAlertDialogBuilder
import com.google.android.material.floatingactionbutton.FloatingActionButton
import com.google.android.material.navigation.NavigationView
import com.google.android.material.snackbar.Snackbar
import dev.amends.screens.Family
import dev.amends.screens.Page
import dev.amends.screens.reacts

internal object Layers : Family("sheets, snackbars, fragments (Material)", MaterialActivity::class.java) {
    init {
        screen("sheet from below") {
            val said = label("")
            var times = 0
            val open = button("Share") {
                val sheet = BottomSheetDialog(activity)
                sheet.setContentView(
                    column(
                        button("Copy") { said.text = "copied ${++times}" }.reacts("copy"),
                        button("Send") { sheet.dismiss() }.reacts("send"),
                        deadButton("Print"),
                    ),
                )
                sheet.show()
            }
            column(said, open.reacts("share"), deadButton("Save"))
        }
        screen("snackbar and a floating button") {
            val said = label("")
            var times = 0
            val root = CoordinatorLayout(activity)
            root.addView(column(said, deadButton("Archive")))
            val add = FloatingActionButton(activity).apply {
                setImageResource(android.R.drawable.ic_input_add)
                setOnClickListener {
                    val bar = Snackbar.make(root, "added ${++times}", Snackbar.LENGTH_SHORT)
                    bar.setAction("Undo") { said.text = "undone $times" }
                    bar.view.reacts("snackbar")
                    bar.show()
                }
            }
            val place = CoordinatorLayout.LayoutParams(Page.WRAP, Page.WRAP)
            place.gravity = Gravity.BOTTOM or Gravity.END
            root.addView(add.reacts("add"), place)
            root
        }
        screen("dialogs of Material") {
            val said = label("")
            var times = 0
            val choose = button("Days") {
                val dialog = MaterialAlertDialogBuilder(activity)
                    .setMultiChoiceItems(arrayOf("Monday", "Tuesday"), booleanArrayOf(true, false), null)
                    .setPositiveButton("OK") { _, _ -> said.text = "chosen ${++times}" }
                    .show()
                dialog.listView.reacts("days")
                dialog.getButton(android.content.DialogInterface.BUTTON_POSITIVE).reacts("OK")
            }
            column(said, choose.reacts("choose"), deadButton("Repeat"))
        }
        screen("fragments") {
            val place = FrameLayout(activity).apply { id = View.generateViewId() }
            val manager = (activity as AppCompatActivity).supportFragmentManager
            var count = 0
            val next = button("Next") {
                manager.beginTransaction().replace(place.id, Piece.of(++count)).addToBackStack(null).commit()
            }
            val back = button("Back") {
                if (!manager.popBackStackImmediate()) {
                    manager.beginTransaction().replace(
                        place.id,
                        Piece.of(--count),
                    ).commit()
                }
            }
            column(row(next.reacts("next"), back.reacts("back")), place)
        }
        screen("drawer") {
            val said = label("inbox")
            val drawer = DrawerLayout(activity)
            val open = button("Menu") { drawer.openDrawer(Gravity.START) }
            drawer.addView(column(said, open.reacts("menu"), deadButton("Compose")))
            val navigation = NavigationView(activity).apply {
                for (name in listOf("inbox", "sent", "trash")) menu.add(name)
                setNavigationItemSelectedListener {
                    said.text = it.title
                    drawer.closeDrawers()
                    true
                }
            }
            val place = DrawerLayout.LayoutParams(px(260), Page.MATCH)
            place.gravity = Gravity.START
            drawer.addView(navigation.reacts("drawer"), place)
            drawer
        }
    }
}

/** A part of a screen, with a number. */
internal class Piece : Fragment() {
    override fun onCreateView(inflater: LayoutInflater, parent: ViewGroup?, state: Bundle?): View {
        val page = Page(requireActivity())
        var times = 0
        val said = page.label("piece ${arguments?.getInt("number")}")
        val count = page.button("Count") { said.text = "counted ${++times}" }.reacts("count")
        return page.column(said, count, page.deadButton("Dead")).apply { orientation = LinearLayout.VERTICAL }
    }

    companion object {
        fun of(number: Int) = Piece().apply { arguments = Bundle().apply { putInt("number", number) } }
    }
}
