package dev.amends.banner

import dev.amends.OperationStatus

/** What the person set going, as told last, and the views that show it. For the main thread. */
internal object OperationBoard {
    private val views = LinkedHashSet<OperationStatusView>()
    private var list: List<OperationStatus>? = null

    fun show(list: List<OperationStatus>) {
        this.list = list
        for (view in views.toList()) view.show(list)
    }

    /** It is on screen from now on, and shows what is known: what the app itself had it show, if nothing was told here. */
    fun add(view: OperationStatusView) {
        if (views.add(view)) list?.let(view::show)
    }

    fun remove(view: OperationStatusView) {
        views -= view
    }
}
