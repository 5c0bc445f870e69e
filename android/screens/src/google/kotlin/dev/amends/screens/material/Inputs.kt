package dev.amends.screens.material

import android.text.InputType
import android.view.View
import android.widget.ArrayAdapter
import com.google.android.material.button.MaterialButton
import com.google.android.material.button.MaterialButtonToggleGroup
import com.google.android.material.card.MaterialCardView
import com.google.android.material.checkbox.MaterialCheckBox
import com.google.android.material.chip.Chip
import com.google.android.material.chip.ChipGroup
import com.google.android.material.materialswitch.MaterialSwitch
import com.google.android.material.slider.RangeSlider
import com.google.android.material.slider.Slider
import com.google.android.material.textfield.MaterialAutoCompleteTextView
import com.google.android.material.textfield.TextInputEditText
import com.google.android.material.textfield.TextInputLayout
import dev.amends.screens.Family
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts

internal object Inputs : Family("chips, sliders, fields (Material)", MaterialActivity::class.java) {
    init {
        screen("chips") {
            val tags = ChipGroup(activity)
            for (tag in listOf("new", "cheap", "near")) tags.addView(filter(tag))
            val sort = ChipGroup(activity).apply {
                isSingleSelection = true
                isSelectionRequired = true
            }
            for (order in listOf("price", "rating")) sort.addView(filter(order))
            (sort.getChildAt(0) as Chip).isChecked = true
            val people = ChipGroup(activity)
            for (name in List(30) { "friend $it" }) {
                people.addView(
                    Chip(activity).apply {
                        text = name
                        setOnClickListener { people.removeView(this) }
                    }.reacts("person"),
                )
            }
            val help = Chip(activity).apply {
                text = "Help"
                setOnClickListener { }
            }
            column(tags, sort, help.dead("help"), people)
        }
        screen("sliders and switches") {
            val stubborn = MaterialSwitch(activity).apply {
                text = "cannot be switched on"
                setOnCheckedChangeListener { it, _ -> it.isChecked = false }
            }
            column(
                Slider(activity).reacts(),
                RangeSlider(activity).apply { values = listOf(0.2f, 0.8f) }.reacts(),
                MaterialSwitch(activity).apply { text = "Wi-Fi" }.reacts(),
                MaterialCheckBox(activity).apply { text = "Gift" }.reacts(),
                stubborn.dead("stubborn"),
            )
        }
        screen("buttons of a group") {
            val group = MaterialButtonToggleGroup(activity).apply { isSingleSelection = true }
            for (name in listOf("left", "middle", "right")) {
                group.addView(outlined(name).apply { id = View.generateViewId() })
            }
            val said = label("")
            var times = 0
            column(
                group.reacts("group"),
                said,
                MaterialButton(activity).apply {
                    text = "Apply"
                    setOnClickListener { said.text = "applied ${++times}" }
                }.reacts("apply"),
                MaterialButton(activity).apply {
                    text = "Reset"
                    setOnClickListener { }
                }.dead("reset"),
            )
        }
        screen("fields with icons") {
            val mail = field("Mail") { endIconMode = TextInputLayout.END_ICON_CLEAR_TEXT }
            val secret = field("Password") { endIconMode = TextInputLayout.END_ICON_PASSWORD_TOGGLE }
            secret.editText?.apply {
                inputType = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_VARIATION_PASSWORD
                setText("secret")
            }
            val country =
                TextInputLayout(
                    activity,
                    null,
                    com.google.android.material.R.attr.textInputFilledExposedDropdownMenuStyle,
                )
            country.addView(
                MaterialAutoCompleteTextView(country.context).apply {
                    inputType = InputType.TYPE_NULL
                    setAdapter(ArrayAdapter(activity, android.R.layout.simple_list_item_1, listOf("Chad", "Peru")))
                },
            )
            val send = MaterialButton(activity).apply {
                text = "Send"
                setOnClickListener { mail.error = if (mail.error == null) "no mail address" else null }
            }
            column(
                mail.reacts("mail"),
                secret.reacts("password"),
                country.reacts("country"),
                send.reacts("send"),
                deadButton("Help"),
            )
        }
        screen("cards") {
            val cards = List(4) { card ->
                var times = 0
                val said = label("card $card")
                MaterialCardView(activity).apply {
                    addView(said)
                    minimumHeight = px(70)
                    isCheckable = card == 0
                    when (card) {
                        0 -> setOnClickListener { isChecked = !isChecked }
                        3 -> setOnClickListener { }
                        else -> setOnClickListener { said.text = "opened ${++times}" }
                    }
                    if (card == 3) dead("card") else reacts("card")
                }
            }
            column(*cards.toTypedArray())
        }
    }

    private fun Page.filter(name: String): Chip = Chip(activity).apply {
        text = name
        isCheckable = true
        reacts("chip")
    }

    private fun Page.outlined(name: String) =
        MaterialButton(activity, null, com.google.android.material.R.attr.materialButtonOutlinedStyle).apply {
            text =
                name
        }

    private fun Page.field(name: String, configure: TextInputLayout.() -> Unit) = TextInputLayout(activity).apply {
        hint = name
        addView(TextInputEditText(context).apply { inputType = InputType.TYPE_CLASS_TEXT })
        configure()
    }
}
