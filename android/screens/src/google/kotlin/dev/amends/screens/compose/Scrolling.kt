package dev.amends.screens.compose

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.grid.GridCells
import androidx.compose.foundation.lazy.grid.LazyVerticalGrid
import androidx.compose.foundation.pager.HorizontalPager
import androidx.compose.foundation.pager.rememberPagerState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Button
import androidx.compose.material3.ListItem
import androidx.compose.material3.Text
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.dp
import kotlinx.coroutines.launch

internal object Scrolling : ComposeFamily("lists, grids, pages (Compose)") {
    init {
        composed("list whose every fourth row is dead") {
            val times = remember { mutableStateMapOf<Int, Int>() }
            LazyColumn {
                items(60) { row ->
                    val mark = if (row % 4 == 3) Modifier.dead("row") else Modifier.reacts("row")
                    val click = Modifier.clickable {
                        if (row % 4 ==
                            3
                        ) {
                            nothing()
                        } else {
                            times[row] = (times[row] ?: 0) + 1
                        }
                    }
                    ListItem({ Text("row $row, ${times[row] ?: 0}") }, mark.then(click))
                }
            }
        }
        composed("rows that come and go") {
            val rows = remember { mutableStateListOf<Int>().apply { addAll(0..7) } }
            var made by remember { mutableIntStateOf(8) }
            Column {
                Row {
                    LiveButton("Add") { rows.add(0, made++) }
                    DeadButton("Sort")
                }
                LazyColumn {
                    items(rows.size, { rows[it] }) { index ->
                        val row = rows[index]
                        ListItem({
                            Text("row $row")
                        }, Modifier.animateItem().reacts("row").clickable { rows.remove(row) })
                    }
                }
            }
        }
        composed("grid whose tiles are chosen by a long press") {
            var chosen by remember { mutableStateOf(setOf<Int>()) }
            var opened by remember { mutableIntStateOf(-1) }
            var times by remember { mutableIntStateOf(0) }
            Column {
                Text("opened $opened, $times")
                LazyVerticalGrid(GridCells.Fixed(3)) {
                    items(60) { tile ->
                        val colour = if (tile in chosen) Color.Cyan else Color.LightGray
                        val toggle = { chosen = if (tile in chosen) chosen - tile else chosen + tile }
                        val open = {
                            opened = tile
                            times++
                        }
                        Box(
                            Modifier.size(100.dp).background(colour).reacts("tile")
                                .combinedClickable(onLongClick = toggle) { if (chosen.isEmpty()) open() else toggle() },
                        ) { Text("$tile") }
                    }
                }
            }
        }
        composed("pages that are swiped") {
            val pages = rememberPagerState { 4 }
            val scope = rememberCoroutineScope()
            val likes = remember { mutableStateMapOf<Int, Int>() }
            Column {
                LiveButton("Next page") { scope.launch { pages.animateScrollToPage((pages.currentPage + 1) % 4) } }
                HorizontalPager(pages) { page ->
                    Column(Modifier.fillMaxSize()) {
                        Text("page $page, ${likes[page] ?: 0}")
                        LiveButton("Like") { likes[page] = (likes[page] ?: 0) + 1 }
                        DeadButton("Share")
                    }
                }
            }
        }
        composed("long page with shelves that slide") {
            val read = remember { mutableStateMapOf<String, Int>() }
            Column(Modifier.verticalScroll(rememberScrollState())) {
                for (shelf in 0..9) {
                    Row(Modifier.horizontalScroll(rememberScrollState())) {
                        for (book in 0..9) {
                            if (book % 5 == 4) {
                                DeadButton("dead")
                            } else {
                                Button({
                                    read["$shelf.$book"] = (read["$shelf.$book"] ?: 0) + 1
                                }, Modifier.reacts("book")) {
                                    Text("$shelf.$book, ${read["$shelf.$book"] ?: 0}")
                                }
                            }
                        }
                    }
                    Text("shelf $shelf", Modifier.fillMaxWidth())
                }
            }
        }
    }
}
