internal import AmendsCore

/// Steps the core, off the main thread: takes all that waits in the queue, steps, has the effects carried out, and
/// sleeps until the next deadline or event. Nothing runs when nothing happens.
actor Driver {
    private let executor = QueueExecutor()
    private let clock: any HostClock
    private let queue: EventQueue
    private let stage: Stage
    private let uploader: Uploader
    private let log: @Sendable (String) -> Void
    private let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private var state: State
    private var alarm: Alarm

    private enum State {
        case new(@Sendable () throws -> any Core)
        case running(any Core)
        /// The core is kept: to free it after a panic could panic again.
        case stopped((any Core)?)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// - Parameters:
    ///   - queue: told to call `wake` when it is no longer empty.
    ///   - wakes: what wakes the driver; buffers one.
    init(
        clock: any HostClock,
        queue: EventQueue,
        wakes: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation),
        stage: Stage,
        uploader: Uploader,
        log: @escaping @Sendable (String) -> Void,
        open: @escaping @Sendable () throws -> any Core
    ) {
        self.clock = clock
        self.queue = queue
        (self.wakes, self.wake) = wakes
        self.stage = stage
        self.uploader = uploader
        self.log = log
        state = .new(open)
        alarm = Alarm(clock: clock) { [wake] in wake.yield() }
    }

    /// Runs until the driver is stopped.
    func run() async {
        advance()  // opens the core, and sends what an earlier process left
        for await _ in wakes {
            advance()
        }
    }

    /// Stops for good. What waits is stepped first.
    func stop() {
        advance()
        halt()
    }

    /// The latest decisions, with everything that has happened up to now taken in.
    func decisions() -> [AmendsCore.Decision] {
        ask { try $0.decisionsAfter(number: 0) } ?? []
    }

    /// The body that would be sent now.
    func whatWeSend() -> String? {
        ask { try $0.whatWeSend() }
    }

    /// What happened up to now still goes by the document before it.
    func use(document: String?) throws {
        let refused: Amends.DocumentError? =
            ask { core in
                do {
                    try core.useDocument(json: document)
                    return nil
                } catch AmendsCore.DocumentError.Invalid(let reason) {
                    return Amends.DocumentError(reason: reason)
                }
            } ?? nil
        if let refused { throw refused }
    }

    private func ask<Answer>(_ question: (any Core) throws -> Answer) -> Answer? {
        advance()
        guard case .running(let core) = state else { return nil }
        do {
            return try question(core)
        } catch {
            fail("it stopped working", error)
            return nil
        }
    }

    /// One step with all that waits.
    private func advance() {
        guard let core = opened() else { return }
        let events = queue.takeAll()
        let now = clock.now  // after the events were taken: none of them may lie ahead
        do {
            let step = try core.step(events: events, now: now)
            for effect in step.effects {
                carryOut(effect)
            }
            alarm.set(step.nextDeadlineMs, now: now.monotonicMs)
        } catch {
            fail("it stopped working", error)
        }
    }

    private func opened() -> (any Core)? {
        switch state {
        case .running(let core): return core
        case .stopped: return nil
        case .new(let open):
            do {
                let core = try open()
                if try core.isOff() {
                    log("Amends is off for up to four hours: the app's last five starts ended within seconds")
                    halt()
                    return nil
                }
                state = .running(core)
                return core
            } catch {
                fail("it could not start", error)
                return nil
            }
        }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .show(let message): stage.show(Amends.Message(message))
        case .hide(let message): stage.hide(message)
        case .ask(let question): stage.ask(Amends.Question(question))
        case .operations(let list): stage.operations(list.map(Amends.OperationStatus.init))
        case .upload(let upload): uploader.begin(upload)
        }
    }

    private func fail(_ what: String, _ error: any Error) {
        log("Amends is off until the app starts anew, because \(what): \(error)")
        halt()
    }

    private func halt() {
        queue.close()
        stage.close()
        alarm.cancel()
        wake.finish()
        if case .running(let core) = state { state = .stopped(core) } else { state = .stopped(nil) }
    }
}
