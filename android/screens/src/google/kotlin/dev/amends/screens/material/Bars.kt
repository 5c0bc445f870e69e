package dev.amends.screens.material

import android.view.MenuItem
import android.view.View
import android.widget.ImageButton
import android.widget.LinearLayout
import androidx.appcompat.widget.Toolbar
import androidx.recyclerview.widget.RecyclerView
import androidx.viewpager2.widget.ViewPager2
import com.google.android.material.bottomnavigation.BottomNavigationView
import com.google.android.material.navigation.NavigationBarView
import com.google.android.material.tabs.TabLayout
import com.google.android.material.tabs.TabLayoutMediator
import dev.amends.screens.Family
import dev.amends.screens.Page
import dev.amends.screens.dead
import dev.amends.screens.reacts

internal object Bars : Family("bars, tabs, pages (Material)", MaterialActivity::class.java) {
    init {
        screen("toolbar with a menu") {
            val said = label("")
            var times = 0
            val bar = Toolbar(activity).apply {
                title = "Inbox"
                setNavigationIcon(android.R.drawable.ic_menu_revert)
                setNavigationOnClickListener { }
                menu.add("Search").setShowAsAction(MenuItem.SHOW_AS_ACTION_ALWAYS)
                menu.add("Settings")
                setOnMenuItemClickListener {
                    said.text = "$it ${++times}"
                    true
                }
                reacts("bar")
            }
            for (index in 0 until bar.childCount) (bar.getChildAt(index) as? ImageButton)?.dead("up")
            column(bar, said, deadButton("Compose"))
        }
        screen("tabs over text") {
            val said = label("first")
            val tabs = TabLayout(activity)
            for (name in listOf("first", "second", "third")) tabs.addTab(tabs.newTab().setText(name))
            tabs.addOnTabSelectedListener(object : TabLayout.OnTabSelectedListener {
                override fun onTabSelected(tab: TabLayout.Tab) {
                    said.text = tab.text
                }

                override fun onTabUnselected(tab: TabLayout.Tab) = Unit

                override fun onTabReselected(tab: TabLayout.Tab) = Unit
            })
            column(tabs.reacts("tabs"), said, deadButton("Edit"))
        }
        screen("pages that are swiped") {
            val pager = ViewPager2(activity)
            pager.adapter = Rows({ 4 }, { column() }) { page, holder ->
                page.layoutParams = RecyclerView.LayoutParams(Page.MATCH, Page.MATCH)
                page.removeAllViews()
                var times = 0
                val said = label("page ${holder.bindingAdapterPosition}")
                page.addView(said)
                page.addView(button("Like") { said.text = "liked ${++times}" }.reacts("like"))
                page.addView(deadButton("Share"))
            }
            val tabs = TabLayout(activity)
            val all = column(tabs.reacts("tabs"))
            all.addView(pager, LinearLayout.LayoutParams(Page.MATCH, 0, 1f))
            TabLayoutMediator(tabs, pager) { tab, index -> tab.text = "$index" }.attach()
            all
        }
        screen("navigation bar whose last item is dead") { navigation() }
    }

    private fun Page.navigation(): View {
        val said = label("home")
        val bar = BottomNavigationView(activity)
        bar.labelVisibilityMode = NavigationBarView.LABEL_VISIBILITY_LABELED
        for ((id, name) in listOf(1 to "home", 2 to "news", 3 to "me", 4 to "dead")) {
            bar.menu.add(0, id, id, name).setIcon(android.R.drawable.ic_menu_agenda)
        }
        bar.setOnItemSelectedListener { item ->
            if (item.itemId != 4) said.text = item.title
            item.itemId != 4
        }
        for (id in 1..3) bar.findViewById<View>(id)?.reacts("item $id")
        bar.findViewById<View>(4)?.dead("item 4")
        val all = column()
        all.addView(said, LinearLayout.LayoutParams(Page.MATCH, 0, 1f))
        all.addView(bar, LinearLayout.LayoutParams(Page.MATCH, Page.WRAP))
        return all
    }
}
