import Foundation
internal import AmendsCore

extension Amends {
    /// How the SDK is set up.
    public struct Configuration: Sendable {
        /// The app, as its counts are labelled: `service.name`.
        public var serviceName: String
        /// The release: `service.version`.
        public var release: String
        /// The canary's address, without a path: `https://canary.example.com`.
        public var endpoint: URL
        /// The canary's ingest key, if it wants one.
        public var ingestKey: String?
        /// Where the app is at home for this person, in the app's own words (`eu`, `us-west`), at most 64
        /// bytes: counts can then be told apart by it. It is never found out from an address; without it
        /// nothing is sent.
        public var region: String?
        /// A directory for the SDK alone; made if need be. It grows to 1 MB at most.
        public var directory: URL
        /// The share of devices that stays silent, from 0 to 1, so that the effect of saying sorry can be measured;
        /// without it 0.1.
        public var holdout: Double?
        /// The languages that the person reads, best first, as BCP 47 tags; the system's by default. Where there are
        /// none it is English, until `languages` says otherwise.
        public var languages: [String]
        /// Draws messages. Without one, failures are counted and nothing is said.
        public var renderer: (any MessageRenderer)?
        /// Carries counts to the canary.
        public var transport: any Transport
        /// Takes the one line that is written when the SDK turns itself off. Called off the main thread.
        public var log: @Sendable (String) -> Void

        /// For tests: how soon and how often counts are sent.
        var pace: Pace?
        /// For tests: draws the same lots each time.
        var seed: UInt64?

        /// Everything but the first three has a default.
        public init(
            serviceName: String,
            release: String,
            endpoint: URL,
            ingestKey: String? = nil,
            region: String? = nil,
            directory: URL = Configuration.usualDirectory,
            holdout: Double? = nil,
            languages: [String] = Locale.preferredLanguages,
            renderer: (any MessageRenderer)? = nil,
            transport: any Transport = URLSessionTransport(),
            log: @escaping @Sendable (String) -> Void = { NSLog("%@", $0) }
        ) {
            self.serviceName = serviceName
            self.release = release
            self.endpoint = endpoint
            self.ingestKey = ingestKey
            self.region = region
            self.directory = directory
            self.holdout = holdout
            self.languages = languages
            self.renderer = renderer
            self.transport = transport
            self.log = log
        }

        /// `Amends` in the app's Application Support folder.
        public static var usualDirectory: URL {
            let folders = FileManager.default.urls(for: .applicationSupportDirectory, in: .userDomainMask)
            let folder = folders.first ?? FileManager.default.temporaryDirectory
            return folder.appendingPathComponent("Amends", isDirectory: true)
        }
    }
}

extension Amends.Configuration {
    var core: Config {
        let system = ProcessInfo.processInfo.operatingSystemVersion
        return Config(
            directory: directory.path,
            endpoint: endpoint.absoluteString,
            ingestKey: ingestKey,
            serviceName: serviceName,
            serviceVersion: release,
            osName: Self.systemName,
            osVersion: "\(system.majorVersion).\(system.minorVersion)",
            sdkLanguage: "swift",
            region: region,
            holdout: holdout,
            pace: pace,
            seed: seed
        )
    }

    private static var systemName: String {
        #if os(iOS)
            "iOS"
        #elseif os(macOS)
            "macOS"
        #elseif os(tvOS)
            "tvOS"
        #elseif os(watchOS)
            "watchOS"
        #elseif os(visionOS)
            "visionOS"
        #else
            "Linux"
        #endif
    }
}
