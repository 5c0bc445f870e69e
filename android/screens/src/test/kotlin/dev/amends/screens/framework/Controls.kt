package dev.amends.screens.framework

import android.text.InputType
import android.text.Spannable
import android.text.SpannableString
import android.text.method.LinkMovementMethod
import android.text.style.ClickableSpan
import android.view.View
import android.view.inputmethod.EditorInfo
import android.widget.ArrayAdapter
import android.widget.CheckBox
import android.widget.EditText
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.NumberPicker
import android.widget.RadioButton
import android.widget.RadioGroup
import android.widget.RatingBar
import android.widget.SearchView
import android.widget.SeekBar
import android.widget.Spinner
import android.widget.Switch
import android.widget.TabHost
import android.widget.TabWidget
import android.widget.TextView
import android.widget.ToggleButton
import dev.amends.screens.Family
import dev.amends.screens.FrameworkActivity
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.deadSubmit
import dev.amends.screens.reacts

@Suppress("DEPRECATION") // TabHost is still in use
internal object Controls : Family("controls and fields", FrameworkActivity::class.java) {
    init {
        screen("switches, boxes and radio buttons") {
            val stubborn = Switch(activity).apply {
                text = "cannot be switched on"
                setOnCheckedChangeListener { button, _ -> button.isChecked = false }
            }.dead("stubborn switch")
            val sizes = RadioGroup(activity)
            for (size in listOf("S", "M", "L")) sizes.addView(RadioButton(activity).apply { text = size }.reacts(size))
            column(
                Switch(activity).apply { text = "Wi-Fi" }.reacts(),
                CheckBox(activity).apply { text = "Gift" }.reacts(),
                ToggleButton(activity).reacts(),
                stubborn,
                sizes,
                deadButton("Save"),
            )
        }
        screen("sliders, stars and wheels") {
            val said = label("")
            val wheel = NumberPicker(activity).apply {
                minValue = 0
                maxValue = 20
            }
            val volume = SeekBar(activity)
            column(
                said,
                volume.reacts(),
                RatingBar(activity).apply { numStars = 5 }.reacts(),
                wheel.reacts(),
                button("Mute") { volume.progress = if (volume.progress == 0) 50 else 0 }.reacts("mute"),
                deadButton("Test the sound"),
            )
        }
        screen("tabs of a host") { tabs() }
        screen("spinner") {
            val price = label("10")
            val colours = Spinner(activity).apply {
                adapter = ArrayAdapter(activity, android.R.layout.simple_spinner_dropdown_item, listOf("red", "blue"))
            }
            var count = 1
            column(
                price,
                colours.reacts(),
                button("+") { price.text = "${++count * 10}" }.reacts("+"),
                deadButton("Buy"),
            )
        }
        screen("search field that searches") {
            val hits = label("nothing yet")
            var times = 0
            val field = field(EditorInfo.IME_ACTION_SEARCH).reacts("search")
            field.setOnEditorActionListener { _, _, _ ->
                hits.text = "searching ${++times}"
                true
            }
            val clear = button("x") {
                if (field.length() >
                    0
                ) {
                    field.setText("")
                } else {
                    field.setText("a")
                }
            }.reacts("clear")
            column(row(field, clear), hits)
        }
        screen("search field whose Enter is dead") {
            val field = field(EditorInfo.IME_ACTION_SEARCH).deadSubmit("search")
            field.setOnEditorActionListener { _, _, _ -> true }
            column(field, deadButton("Go"), label("nothing yet"))
        }
        screen("search view") {
            val hits = label("nothing yet")
            var times = 0
            val search = SearchView(activity).apply {
                isIconified = false
                setOnQueryTextListener(object : SearchView.OnQueryTextListener {
                    override fun onQueryTextSubmit(query: String?): Boolean {
                        hits.text = "searching ${++times}"
                        return true
                    }

                    override fun onQueryTextChange(text: String?): Boolean = false
                })
            }
            column(search.reacts("search view"), hits, deadButton("Filter"))
        }
        screen("form with links") {
            val said = label("")
            var times = 0
            val terms = SpannableString("I have read the terms of use and agree to them").apply {
                val link = object : ClickableSpan() {
                    override fun onClick(view: View) {
                        said.text = "the terms, ${++times}"
                    }
                }
                setSpan(link, 16, 28, Spannable.SPAN_EXCLUSIVE_EXCLUSIVE)
            }
            val text = TextView(activity).apply {
                text = terms
                textSize = 24f
                movementMethod = LinkMovementMethod.getInstance()
            }
            column(
                field(EditorInfo.IME_ACTION_NEXT).reacts("name"),
                field(EditorInfo.IME_ACTION_DONE).apply {
                    setOnEditorActionListener { _, _, _ ->
                        said.text =
                            "${++times}"
                        true
                    }
                }.reacts("mail"),
                CheckBox(activity).apply { this.text = "News" }.reacts(),
                text.reacts("terms"),
                said,
            )
        }
    }

    private fun Page.field(action: Int): EditText = EditText(activity).apply {
        inputType = InputType.TYPE_CLASS_TEXT
        imeOptions = action
    }

    private fun Page.tabs(): View {
        val host = TabHost(activity, null).apply { id = android.R.id.tabhost }
        val content = FrameLayout(activity).apply { id = android.R.id.tabcontent }
        val widget = TabWidget(activity).apply { id = android.R.id.tabs }
        val all = LinearLayout(activity).apply { orientation = LinearLayout.VERTICAL }
        all.addView(widget, LinearLayout.LayoutParams(Page.MATCH, Page.WRAP))
        all.addView(content, LinearLayout.LayoutParams(Page.MATCH, Page.MATCH))
        host.addView(all)
        host.setup()
        for (name in listOf("Home", "News", "Me")) {
            host.addTab(
                host.newTabSpec(name).setIndicator(name).setContent {
                    column(label(name), deadButton("dead on $name"))
                },
            )
        }
        widget.reacts()
        return host
    }
}
