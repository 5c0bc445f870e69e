import AmendsCore
import Foundation
import Testing

@testable import Amends

struct EventQueueTests {
    private func queue(wake: @escaping @Sendable () -> Void = {}) -> EventQueue {
        EventQueue(clock: ManualClock(), wake: wake)
    }

    @Test("When it is full the oldest evidence goes, reports stay, and the loss is told first")
    func overflow() {
        let queue = queue()
        queue.push(.errorReported)
        queue.push(.shown(message: 1))
        for load in 1...UInt64(EventQueue.most + 7) {
            queue.push(.loadProgress(load: load))
        }
        queue.push(.uploaded(upload: 1, answer: .unreachable))
        let events = queue.takeAll().map(\.event)
        #expect(events.count == EventQueue.most + 1)
        #expect(events[0] == .queueDropped(count: 10))
        #expect(events[1] == .errorReported)
        #expect(events[2] == .shown(message: 1))
        #expect(events[3] == .loadProgress(load: 11))
        #expect(events.last == .uploaded(upload: 1, answer: .unreachable))
        queue.push(.background)
        #expect(queue.takeAll().map(\.event) == [.background], "told once")
    }

    @Test("Without evidence the oldest happening goes; who it is and what was answered stay")
    func overflowWithoutEvidence() {
        let queue = queue()
        queue.push(.person(name: nil))
        queue.push(.notShown(message: 1))
        for _ in 0..<EventQueue.most {
            queue.push(.errorReported)
        }
        let events = queue.takeAll().map(\.event)
        #expect(events.prefix(3) == [.queueDropped(count: 2), .person(name: nil), .notShown(message: 1)])
        #expect(events.count == EventQueue.most + 1)
    }

    @Test("What the status view says goes before what the person wants, and after what happened")
    func overflowOfReports() {
        let queue = queue()
        let report = OperationReport(
            id: "order", title: nil, progress: .sent, expectedWithinMs: nil, faqUrl: nil)
        let wanted: [Event] = [
            .optedOut(of: .messages), .pause, .resume, .languages(tags: ["pt-BR"]),
            .answered(question: 1, answer: 5),
        ]
        wanted.forEach(queue.push)
        queue.push(.operationReported(report: report))
        let happened: [Event] = [
            .contentShown(content: .empty), .playbackChanged(playback: 1, change: .stalled),
            .hung(hang: Hang(blockedMs: 1, sleepAskedMs: 0, sleepTookMs: 0, debugger: false)),
        ]
        happened.forEach(queue.push)
        for _ in (wanted.count + 1 + happened.count)..<EventQueue.most {
            queue.push(.newSession)
        }
        happened.forEach { _ in queue.push(.newSession) }
        queue.push(.shown(message: 1))
        let events = queue.takeAll().map(\.event)
        #expect(events.first == .queueDropped(count: 4), "what happened, then the report")
        #expect(Array(events.dropFirst().prefix(wanted.count)) == wanted)
        #expect(events.dropFirst(1 + wanted.count).dropLast().allSatisfy { $0 == .newSession })
        #expect(events.last == .shown(message: 1))
        #expect(events.count == EventQueue.most + 1)
    }

    @Test("What waits from the beginning is first, stamped, and wakes nobody")
    func first() {
        let wakes = Record<Void>()
        let queue = EventQueue(clock: ManualClock(at: 7), first: [.languages(tags: ["sv"])]) {
            wakes.append(())
        }
        queue.push(.foreground)
        #expect(wakes.all.isEmpty)
        let expected: [Event] = [.languages(tags: ["sv"]), .foreground]
        #expect(queue.takeAll() == expected.map { TimedEvent(atMs: 7, event: $0) })
    }

    @Test("It wakes the driver once for all that waits")
    func wakes() {
        let wakes = Record<Void>()
        let queue = queue { wakes.append(()) }
        queue.push(.foreground)
        queue.push(.background)
        #expect(wakes.all.count == 1)
        #expect(queue.takeAll().count == 2)
        queue.push(.foreground)
        #expect(wakes.all.count == 2)
        queue.close()
        queue.push(.background)
        #expect(wakes.all.count == 2)
        #expect(queue.takeAll().isEmpty)
    }

    @Test("Nothing is lost between threads, and stamps do not run backwards")
    func threads() {
        let queue = EventQueue(clock: SystemClock(), wake: {})
        let taken = Record<TimedEvent>()
        DispatchQueue.concurrentPerform(iterations: 5) { thread in
            if thread == 0 {
                for _ in 0..<50 { queue.takeAll().forEach(taken.append) }
            } else {
                for _ in 0..<200 { queue.push(.errorReported) }
            }
        }
        queue.takeAll().forEach(taken.append)
        let stamps = taken.all.map(\.atMs)
        #expect(stamps.count == 800)
        #expect(stamps == stamps.sorted())
    }
}
