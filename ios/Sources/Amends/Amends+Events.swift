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

    /// Who is using the app: a first name, or how the person wants to be called; `nil` when signed out. It never
    /// leaves the device.
    public func person(_ name: String?) {
        queue.push(.person(name: name))
    }

    /// The value or cohort of this person in the app's own words ("vip", "trial"); `nil` for none. It leaves the
    /// device as a label: nothing that tells one person from another.
    public func segment(_ name: String?) {
        queue.push(.segment(name: name))
    }

    /// A screen appeared. Use stable names ("Checkout"), never ids or titles with personal data.
    public func screen(_ name: String) {
        queue.push(.screen(name: name))
    }

    /// The person tapped something. If nothing comes of it within 3 s, it is a dead tap.
    public func tapped(_ target: Target, role: Role = .button, enabled: Bool = true, fingers: Int = 1) {
        let tap = Tap(
            target: target.number, role: role.core, enabled: enabled, fingers: UInt8(clamping: fingers))
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

    /// A network request began.
    public func requestStarted() -> Request {
        let number = nextNumber()
        queue.push(.requestStarted(request: number))
        return Request(number, queue: queue)
    }
}
