internal import AmendsCore

/// Between the driver and the app's renderer: keeps messages in order, and never has the driver wait for the main
/// thread. A message that is taken back before the main thread came to it is not drawn.
final class Stage: Sendable {
    private enum Order {
        case show(Amends.Message)
        case hide(UInt64)
    }

    private struct State {
        var orders: [Order] = []
        var isClosed = false
    }

    private let renderer: (any Amends.MessageRenderer)?
    private let queue: EventQueue
    private let answers: Amends.MessageAnswers
    private let state = Locked(State())

    init(renderer: (any Amends.MessageRenderer)?, queue: EventQueue) {
        self.renderer = renderer
        self.queue = queue
        answers = Amends.MessageAnswers(queue: queue)
    }

    func show(_ message: Amends.Message) {
        if renderer == nil {
            queue.push(.notShown(message: message.id))
        } else {
            order(.show(message))
        }
    }

    func hide(_ message: UInt64) {
        let wasWaiting = state.withLock { state in
            let waits = state.orders.firstIndex { order in
                if case .show(let shown) = order { shown.id == message } else { false }
            }
            if let waits { state.orders.remove(at: waits) }
            return waits != nil
        }
        if wasWaiting {
            queue.push(.notShown(message: message))
        } else if renderer != nil {
            order(.hide(message))
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.orders.removeAll { order in
                if case .show = order { true } else { false }
            }
        }
    }

    private func order(_ order: Order) {
        let isFirst = state.withLock { state in
            guard !state.isClosed else { return false }
            state.orders.append(order)
            return state.orders.count == 1
        }
        if isFirst {
            Task { @MainActor in carryOut() }
        }
    }

    @MainActor
    private func carryOut() {
        guard let renderer else { return }
        while let order = state.withLock({ $0.orders.isEmpty ? nil : $0.orders.removeFirst() }) {
            switch order {
            case .show(let message): renderer.show(message, answers: answers)
            case .hide(let message): renderer.hide(message)
            }
        }
    }
}
