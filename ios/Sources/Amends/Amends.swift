import Foundation
internal import AmendsCore

/// Notices where the app fails people in small ways, says sorry while they wait, and counts every such moment.
///
///     let amends = Amends.start(.init(serviceName: "shop", release: "4.2.0", endpoint: canary))
///     amends.person("Jackie")
///     let load = amends.loadStarted(operation: "catalogue")
///     // …
///     load.succeeded()
///
/// Every method may be called from any thread. None waits, does IO or reaches the core, but for those that are
/// `async`. If the SDK cannot work it says so once, in the log, and every call does nothing: the app goes on.
public final class Amends: Sendable {
    private static let first = Locked<Amends?>(nil)

    let queue: EventQueue
    private let clock: any HostClock
    private let driver: Driver
    private let lastNumber = Locked<UInt64>(0)

    /// Starts the SDK for this process. A second call returns what the first one started, whatever it asks for: two
    /// of them on one directory would count twice.
    @discardableResult
    public static func start(_ configuration: Configuration) -> Amends {
        first.withLock { first in
            if let first { return first }
            let config = configuration.core
            let amends = Amends(configuration, clock: SystemClock()) { now in
                try sharedDevice(config: config, now: now)
            }
            first = amends
            return amends
        }
    }

    /// What `start` started; before that there is none.
    public static var shared: Amends? {
        first.withLock { $0 }
    }

    /// An SDK with a core and a clock of its own. `open` runs on the driver.
    init(_ configuration: Configuration, clock: any HostClock, open: @escaping OpenCore) {
        let wakes = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        // The core's time begins here and not where the driver gets to opening it: what happens till then counts from
        // when it happened.
        let start = clock.now
        let languages = configuration.languages
        let queue = EventQueue(clock: clock, first: languages.isEmpty ? [] : [.languages(tags: languages)]) {
            [wake = wakes.continuation] in wake.yield()
        }
        let driver = Driver(
            clock: clock,
            queue: queue,
            wakes: (wakes.stream, wakes.continuation),
            stage: Stage(renderer: configuration.renderer, queue: queue),
            uploader: Uploader(transport: configuration.transport, queue: queue, clock: clock),
            log: configuration.log,
            open: { try open(start) }
        )
        self.queue = queue
        self.clock = clock
        self.driver = driver
        Task.detached { await driver.run() }
    }

    /// Says what is said, from now on: texts, rules and known incidents, as JSON (`docs/messages.md`). `nil` goes back
    /// to the built-in texts. It is not kept over a restart: hand it in at each start. Does nothing while the SDK is
    /// off.
    ///
    /// - Throws: `DocumentError` if the document is not as it should be; what was said before goes on being said.
    public func use(document: String?) async throws {
        try await driver.use(document: document)
    }

    /// The latest decisions about failures, oldest first, at most 32.
    public func lastDecisions() async -> [Decision] {
        let decisions = await driver.decisions()
        let now = clock.now
        return decisions.map { Decision($0, now: now) }
    }

    /// The exact body that would be sent if the window closed now, as JSON: everything that ever leaves the device.
    /// Empty while the SDK is off.
    public func whatWeSend() async -> String {
        await driver.whatWeSend() ?? ""
    }

    /// Stops for good, after what is waiting was stepped. For tests.
    func stop() async {
        await driver.stop()
    }

    /// A number that no other load, request or playback of this process has.
    func nextNumber() -> UInt64 {
        lastNumber.withLock { last in
            last += 1
            return last
        }
    }
}
