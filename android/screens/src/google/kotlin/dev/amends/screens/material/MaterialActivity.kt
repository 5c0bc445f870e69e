package dev.amends.screens.material

import android.os.Bundle
import android.view.ViewGroup
import androidx.appcompat.app.AppCompatActivity
import androidx.recyclerview.widget.RecyclerView
import com.google.android.material.R
import dev.amends.screens.Page
import dev.amends.screens.Screen
import dev.amends.screens.ScreensTest
import org.robolectric.ParameterizedRobolectricTestRunner.Parameters

/** Screens of AppCompat, Material and RecyclerView. */
internal class MaterialScreensTest(screen: Screen) : ScreensTest(screen) {
    companion object {
        @JvmStatic
        @Parameters(name = "{0}")
        fun screens(): List<Array<Any>> = of(listOf(Bars, Inputs, Recyclers, Layers))
    }
}

/** Shows a screen of AppCompat's and Material's views. */
internal class MaterialActivity : AppCompatActivity() {
    override fun onCreate(state: Bundle?) {
        setTheme(R.style.Theme_Material3_Light_NoActionBar)
        super.onCreate(state)
        Screen.shown?.let { setContentView(it.fill(Page(this))) }
    }
}

/** Rows that are a view each, made by [make] and filled by [fill]. */
internal class Rows<V : android.view.View>(
    private val count: () -> Int,
    private val make: () -> V,
    private val fill: Rows<V>.(V, RecyclerView.ViewHolder) -> Unit,
) : RecyclerView.Adapter<RecyclerView.ViewHolder>() {
    override fun getItemCount(): Int = count()

    override fun onCreateViewHolder(parent: ViewGroup, type: Int): RecyclerView.ViewHolder {
        val view = make()
        view.layoutParams = RecyclerView.LayoutParams(Page.MATCH, Page.WRAP)
        return object : RecyclerView.ViewHolder(view) {}
    }

    @Suppress("UNCHECKED_CAST")
    override fun onBindViewHolder(holder: RecyclerView.ViewHolder, row: Int): Unit = fill(holder.itemView as V, holder)
}
