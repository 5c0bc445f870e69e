package dev.amends.screens.compose

import androidx.compose.animation.AnimatedContent
import androidx.compose.animation.AnimatedVisibility
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.FloatingActionButton
import androidx.compose.material3.ModalBottomSheet
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.Scaffold
import androidx.compose.material3.SnackbarHost
import androidx.compose.material3.SnackbarHostState
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import androidx.navigation.compose.NavHost
import androidx.navigation.compose.composable
import androidx.navigation.compose.rememberNavController
import kotlinx.coroutines.launch

@OptIn(ExperimentalMaterial3Api::class)
internal object Over : ComposeFamily("dialogs, menus, sheets, routes (Compose)") {
    init {
        composed("dialog") {
            var isOpen by remember { mutableStateOf(false) }
            var times by remember { mutableIntStateOf(0) }
            Column {
                Text("deleted $times")
                LiveButton("Delete") { isOpen = true }
                DeadButton("Rename")
            }
            if (isOpen) {
                AlertDialog(
                    { isOpen = false },
                    {
                        TextButton({
                            times++
                            isOpen = false
                        }, Modifier.reacts("yes")) { Text("Yes") }
                    },
                    dismissButton = { TextButton({ times++ }, Modifier.reacts("behind")) { Text("Count behind") } },
                    text = { DeadButton("Why?") },
                )
            }
        }
        composed("menu that drops down") {
            var isOpen by remember { mutableStateOf(false) }
            var said by remember { mutableStateOf("") }
            var times by remember { mutableIntStateOf(0) }
            Column {
                Text(said)
                Box {
                    LiveButton("Menu") { isOpen = true }
                    DropdownMenu(isOpen, { isOpen = false }) {
                        for (item in listOf("Copy", "Move")) {
                            DropdownMenuItem({ Text(item) }, {
                                said = "$item ${++times}"
                                isOpen = false
                            }, Modifier.reacts(item))
                        }
                    }
                }
                DeadButton("More")
            }
        }
        composed("sheet from below") {
            var isOpen by remember { mutableStateOf(false) }
            var times by remember { mutableIntStateOf(0) }
            Column {
                Text("copied $times")
                LiveButton("Share") { isOpen = true }
                DeadButton("Save")
            }
            if (isOpen) {
                ModalBottomSheet({ isOpen = false }) {
                    LiveButton("Copy") { times++ }
                    LiveButton("Close") { isOpen = false }
                    DeadButton("Print")
                }
            }
        }
        composed("bars, a floating button and a snackbar") {
            var page by remember { mutableIntStateOf(0) }
            var added by remember { mutableIntStateOf(0) }
            val bars = remember { SnackbarHostState() }
            val scope = rememberCoroutineScope()
            Scaffold(
                bottomBar = {
                    NavigationBar {
                        for (one in 0..2) {
                            NavigationBarItem(page == one, {
                                page = one
                            }, { Text("$one") }, Modifier.reacts("item $one"))
                        }
                    }
                },
                floatingActionButton = {
                    val add = {
                        bars.currentSnackbarData?.dismiss()
                        scope.launch { bars.showSnackbar("added ${++added}") }
                        Unit
                    }
                    FloatingActionButton(add, Modifier.reacts("add")) { Text("+") }
                },
                snackbarHost = { SnackbarHost(bars) },
            ) { padding ->
                Column(Modifier.padding(padding)) {
                    Text("page $page")
                    DeadButton("Archive")
                }
            }
        }
        composed("parts that fold out") {
            var isOpen by remember { mutableStateOf(false) }
            var count by remember { mutableIntStateOf(0) }
            Column {
                LiveButton("Details") { isOpen = !isOpen }
                AnimatedVisibility(isOpen) {
                    Column {
                        Text("details")
                        DeadButton("Copy")
                    }
                }
                AnimatedContent(count) { Text("count $it", Modifier.padding(20.dp)) }
                LiveButton("Count") { count++ }
                DeadButton("Help")
            }
        }
        composed("routes") {
            val routes = rememberNavController()
            NavHost(routes, "list") {
                composable("list") {
                    Column(Modifier.fillMaxSize()) {
                        for (row in 0..5) {
                            Text(
                                "row $row",
                                Modifier.padding(12.dp).reacts("row").clickable {
                                    routes.navigate("detail/$row")
                                },
                            )
                        }
                        DeadButton("Sort")
                    }
                }
                composable("detail/{id}") { entry ->
                    Column(Modifier.fillMaxSize()) {
                        Text("detail ${entry.arguments?.getString("id")}")
                        LiveButton("Back") { routes.navigate("list") }
                        DeadButton("Share")
                    }
                }
            }
        }
    }
}
