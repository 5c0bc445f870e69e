package dev.amends.screens.framework

import android.animation.AnimatorInflater
import android.animation.ObjectAnimator
import android.animation.StateListAnimator
import android.graphics.Color
import android.graphics.Paint
import android.graphics.PorterDuff
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.StateListDrawable
import android.os.SystemClock
import android.view.View
import android.view.animation.TranslateAnimation
import android.widget.Button
import android.widget.FrameLayout
import android.widget.ImageView
import android.widget.ProgressBar
import android.widget.TextView
import dev.amends.screens.Family
import dev.amends.screens.FrameworkActivity
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts
import dev.amends.screens.reactsLate

internal object Answers : Family("slow, small and busy answers", FrameworkActivity::class.java) {
    init {
        screen("answers that come late") {
            val said = label("")
            var times = 0
            val buttons = listOf(100L, 900, 1_900, 2_700).map { ms ->
                button("after $ms ms") { later(ms) { said.text = "${++times}" } }.reactsLate("after $ms ms")
            }
            column(said, *buttons.toTypedArray(), deadButton("never"))
        }
        screen("requests that nobody sees") {
            val said = label("")
            var times = 0
            val send = button("Send") { request(4_000) { said.text = "sent ${++times}" } }
            column(
                said,
                send.reactsLate("send"),
                button("Look") {
                    said.text = "${++times}"
                }.reacts("look"),
                deadButton("Undo"),
            )
        }
        screen("things that move") {
            val shake = TranslateAnimation(-20f, 20f, 0f, 0f).apply {
                duration = 60
                repeatCount = 5
            }
            val field = label("wrong").apply { minimumHeight = px(40) }
            val arrow = label("more v")
            val box = box()
            column(
                field,
                button("Shake") { field.startAnimation(shake) }.reacts("shake"),
                arrow,
                button("Turn") { arrow.animate().rotationBy(180f).start() }.reacts("turn"),
                box,
                button("Grow") { box.animate().scaleY(if (box.scaleY == 1f) 0.5f else 1f).start() }.reacts("grow"),
                deadButton("Rest"),
            )
        }
        screen("small changes") {
            val task = label("Buy milk").apply { textSize = 20f }
            val heart = ImageView(activity).apply { setImageResource(android.R.drawable.star_off) }
            val door = button("Door") {}
            val named = label("a name")
            column(
                task,
                button("Done") { task.paintFlags = task.paintFlags xor Paint.STRIKE_THRU_TEXT_FLAG }.reacts("done"),
                heart.apply {
                    setOnClickListener {
                        if (colorFilter ==
                            null
                        ) {
                            setColorFilter(Color.RED, PorterDuff.Mode.SRC_IN)
                        } else {
                            colorFilter = null
                        }
                    }
                }.reacts("heart"),
                named,
                button("Bold") { named.setTypeface(null, if (named.typeface?.isBold == true) 0 else 1) }.reacts("bold"),
                button("Icon") {
                    val icon = if (named.compoundDrawables[0] == null) android.R.drawable.star_on else 0
                    named.setCompoundDrawablesWithIntrinsicBounds(icon, 0, 0, 0)
                }.reacts("icon"),
                door.apply {
                    setOnClickListener { backgroundTintList = android.content.res.ColorStateList.valueOf(next()) }
                }.reacts("tint"),
                deadButton("Nothing"),
            )
        }
        screen("two answers to one hasty finger") {
            val said = label("")
            var times = 0
            var last = -5_000L
            val pay = button("Pay") {
                // As apps do against a double tap.
                val now = SystemClock.uptimeMillis()
                if (now - last < 1_000) return@button
                last = now
                said.text = "paid ${++times}"
            }
            column(
                said,
                pay.reacts("pay"),
                button("+") {
                    said.text = "${++times}"
                }.reacts("plus"),
                deadButton("Refund"),
            )
        }
        screen("looks of a pressed button") {
            val said = label("")
            var times = 0

            fun Button.shrinking() = apply {
                stateListAnimator = StateListAnimator().apply {
                    addState(
                        intArrayOf(android.R.attr.state_pressed),
                        ObjectAnimator.ofFloat(this@shrinking, View.SCALE_X, 0.9f).setDuration(100),
                    )
                    addState(intArrayOf(), ObjectAnimator.ofFloat(this@shrinking, View.SCALE_X, 1f).setDuration(100))
                }
            }
            val two = StateListDrawable().apply {
                addState(intArrayOf(android.R.attr.state_pressed), ColorDrawable(Color.RED))
                addState(intArrayOf(), ColorDrawable(Color.GRAY))
            }
            column(
                said,
                button("alive") { said.text = "${++times}" }.shrinking().reacts("alive"),
                deadButton("dead").shrinking(),
                deadButton("dead, two colours").apply { background = two },
            )
        }
        screen("something that always turns") {
            val said = label("")
            var times = 0
            column(
                ProgressBar(activity),
                said,
                button("Do") {
                    said.text = "${++times}"
                }.reacts("do"),
                deadButton("Stop"),
            )
        }
        screen("things without a handler") {
            val said = label("")
            var times = 0
            val row = FrameLayout(activity).apply {
                addView(TextView(activity).apply { text = "a row" })
                minimumHeight = px(60)
                setOnClickListener { }
            }
            column(
                said,
                Button(activity).apply { text = "nobody listens" }.dead(),
                row.dead("row"),
                ImageView(activity).apply {
                    setImageResource(android.R.drawable.ic_menu_share)
                    setOnClickListener { }
                }.dead("share"),
                button("works") { said.text = "${++times}" }.reacts("works"),
            )
        }
    }

    private var colour = 0

    private fun next(): Int = intArrayOf(Color.RED, Color.GREEN, Color.BLUE)[colour++ % 3]
}
