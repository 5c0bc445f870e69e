import Foundation
internal import AmendsCore

extension Amends {
    /// The app came to the foreground.
    public func foreground() {
        queue.push(.foreground)
    }

    /// The app left the foreground. Nobody waits any more: every open watch is dropped, and counts are sent.
    public func background() {
        queue.push(.background)
    }

    /// A new session by the app's own rules. Without it a session ends after 30 minutes away.
    public func newSession() {
        queue.push(.newSession)
    }

    /// A screen appeared. Use stable names ("Checkout"), never ids or titles with personal data.
    public func screen(_ name: String) {
        queue.push(.screen(name: name))
    }

    /// The person tapped something. If nothing comes of it within 3 s, it is a dead tap; taps that follow quickly on one
    /// element, close together, are a rage tap.
    ///
    /// - Parameter point: where on the screen. Without it all taps on an element count as close together.
    public func tapped(
        _ target: Target, role: Role = .button, enabled: Bool = true, fingers: Int = 1,
        at point: Point = .zero
    ) {
        let tap = Tap(
            target: target.number, role: role.core, enabled: enabled, fingers: UInt8(clamping: fingers),
            x: Int32(clamping: point.x), y: Int32(clamping: point.y))
        queue.push(.tapped(tap: tap))
    }

    /// The person submitted an input; `field` is the text field, not the icon beside it.
    public func submitted(_ field: Target, via: SubmitVia = .editorAction) {
        queue.push(.submit(target: field.number, via: via.core))
    }

    /// The app visibly reacted, or began to do something.
    public func reacted(_ reaction: Reaction = .frame) {
        queue.push(.reacted(reaction: reaction.core))
    }

    /// The app met an error that the person will feel.
    public func errorReported() {
        queue.push(.errorReported)
    }

    /// Something was shown, and the app knows how good it is. A load that succeeds says so by itself.
    public func contentShown(_ content: Content) {
        queue.push(.contentShown(content: content.core))
    }

    /// Something that the person waits for began to load.
    ///
    /// - Parameters:
    ///   - operation: what is loading, in the app's own words; recognises a retry, and stays on the device.
    ///   - showsProgress: whether a spinner, bar or skeleton is already visible: people wait longer with it.
    public func loadStarted(
        operation: String? = nil, kind: LoadKind = .content, showsProgress: Bool = false
    ) -> Load {
        let number = nextNumber()
        queue.push(
            .loadStarted(load: number, kind: kind.core, progress: showsProgress, operation: operation))
        return Load(number, queue: queue)
    }

    /// Runs a load: it succeeded when `body` returns, was cancelled when that throws `CancellationError`, and failed
    /// when it throws anything else.
    public func load<Value: Sendable>(
        operation: String? = nil,
        showsProgress: Bool = false,
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Value
    ) async rethrows -> Value {
        let load = loadStarted(operation: operation, showsProgress: showsProgress)
        do {
            let value = try await body()
            load.succeeded()
            return value
        } catch {
            if error is CancellationError { load.cancelled() } else { load.failed() }
            throw error
        }
    }

    /// A network request began. `operation` is what it asks for, without ids ("POST /orders"): by it the app's own retry
    /// is known, and a failure that the retry mends is not spoken of. It stays on the device.
    public func requestStarted(operation: String? = nil) -> Request {
        let number = nextNumber()
        queue.push(.requestStarted(request: number, operation: operation))
        return Request(number, queue: queue)
    }

    /// A video or sound plays: its first frame or sound is there. What comes before that is a load.
    public func playback() -> Playback {
        let number = nextNumber()
        queue.push(.playbackChanged(playback: number, change: .started))
        return Playback(number, queue: queue)
    }

    /// How something that the person set going is getting on: an order, a transfer, a message. For the status view; it
    /// stays on the device.
    ///
    /// - Parameters:
    ///   - id: the app's own name for it, the same each time.
    ///   - title: what the person calls it ("Order 1042"); `nil` leaves it as it was.
    ///   - expectedWithin: how long it usually takes from here to its end, in seconds; when that has passed, it is
    ///     delayed by itself.
    ///   - faq: where the questions about it are answered; `https` only.
    public func operation(
        _ id: String, progress: OperationProgress, title: String? = nil, expectedWithin: TimeInterval? = nil,
        faq: URL? = nil
    ) {
        let report = OperationReport(
            id: id, title: title, progress: progress.core,
            expectedWithinMs: expectedWithin.map { UInt64(millisecondsOf: $0) }, faqUrl: faq?.absoluteString)
        queue.push(.operationReported(report: report))
    }

    /// The main thread did not answer for a while, and answers again. For hooks: a watchdog thread of theirs asks the
    /// main thread for a sign of life, sleeps, and looks whether it came. Call it once the hang is over.
    ///
    /// - Parameters:
    ///   - blocked: how long it did not answer, in seconds, up to now.
    ///   - sleepAsked: the longest sleep that the watchdog asked for meanwhile, in seconds…
    ///   - sleepTook: …and how long that one took. Much longer means that the whole process was suspended.
    ///   - debugger: whether one is attached: somebody holds the thread on purpose.
    public func hung(
        blocked: TimeInterval, sleepAsked: TimeInterval = 0, sleepTook: TimeInterval = 0,
        debugger: Bool = false
    ) {
        let hang = Hang(
            blockedMs: UInt64(millisecondsOf: blocked), sleepAskedMs: UInt64(millisecondsOf: sleepAsked),
            sleepTookMs: UInt64(millisecondsOf: sleepTook), debugger: debugger)
        queue.push(.hung(hang: hang))
    }
}
