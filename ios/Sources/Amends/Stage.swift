internal import AmendsCore

/// Between the driver and the app's renderer: keeps messages in order, and never has the driver wait for the main
/// thread. A message or question that is taken back before the main thread came to it is not drawn, and of several lists
/// of operations that wait only the latest is handed on.
final class Stage: Sendable {
    private enum Order {
        case show(Amends.Message)
        case ask(Amends.Question)
        case hide(UInt64)
        case operations([Amends.OperationStatus])

        /// The number of what is to be drawn.
        var drawn: UInt64? {
            switch self {
            case .show(let message): message.id
            case .ask(let question): question.id
            case .hide, .operations: nil
            }
        }

        var isOperations: Bool {
            if case .operations = self { true } else { false }
        }
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
        draw(.show(message), message.id)
    }

    func ask(_ question: Amends.Question) {
        draw(.ask(question), question.id)
    }

    func operations(_ list: [Amends.OperationStatus]) {
        guard renderer != nil else { return }
        state.withLock { $0.orders.removeAll(where: \.isOperations) }
        order(.operations(list))
    }

    func hide(_ message: UInt64) {
        let wasWaiting = state.withLock { state in
            let waits = state.orders.firstIndex { $0.drawn == message }
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
            state.orders.removeAll { $0.drawn != nil }
        }
    }

    private func draw(_ order: Order, _ number: UInt64) {
        if renderer == nil {
            queue.push(.notShown(message: number))
        } else {
            self.order(order)
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
            case .ask(let question): renderer.ask(question, answers: answers)
            case .hide(let message): renderer.hide(message)
            case .operations(let list): renderer.operations(list)
            }
        }
    }
}
