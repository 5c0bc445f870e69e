import AmendsCore

@testable import Amends

/// The platform that draws, as a vector has it: what it will report about what it was asked to show.
struct VectorPlatform {
    let draws: Vector.Draws
    /// When to report what.
    private var toCome: [(at: UInt64, event: Event)] = []
    /// How long each message that is not drawn yet will stay.
    private var waiting: [(id: UInt64, onScreen: UInt64)] = []

    init(draws: Vector.Draws) {
        self.draws = draws
    }

    /// It is asked to draw this. What it reports at once.
    mutating func asked(_ id: UInt64, onScreen: UInt64, now: UInt64) -> Event? {
        switch draws {
        case .never:
            return .notShown(message: id)
        case .atOnce:
            drawn(id, onScreen: onScreen, now: now)
            return .shown(message: id)
        case .after(let span):
            waiting.append((id, onScreen))
            toCome.append((now + span, .shown(message: id)))
            return nil
        }
    }

    private mutating func drawn(_ id: UInt64, onScreen: UInt64, now: UInt64) {
        toCome.append((now + onScreen, .responded(message: id, response: .expired)))
    }

    /// It is told to take this away. What it reports at once: that it was not drawn, if it was not.
    mutating func hide(_ id: UInt64) -> Event? {
        forget(id)
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        waiting.remove(at: index)
        return .notShown(message: id)
    }

    /// The person answered: it does not leave by itself any more.
    mutating func saw(_ event: Event) {
        switch event {
        case .responded(let id, _), .answered(let id, _): forget(id)
        default: break
        }
    }

    private mutating func forget(_ id: UInt64) {
        toCome.removeAll { report in
            switch report.event {
            case .shown(id), .responded(id, _): true
            default: false
            }
        }
    }

    /// When the next report comes.
    var next: UInt64? {
        toCome.map(\.at).min()
    }

    /// The report that is due first, if it is due by then.
    mutating func take(until: UInt64) -> (at: UInt64, event: Event)? {
        guard let next, next <= until, let index = toCome.firstIndex(where: { $0.at == next }) else {
            return nil
        }
        let report = toCome.remove(at: index)
        if case .shown(let id) = report.event, let index = waiting.firstIndex(where: { $0.id == id }) {
            let (id, onScreen) = waiting.remove(at: index)
            drawn(id, onScreen: onScreen, now: report.at)
        }
        return report
    }
}
