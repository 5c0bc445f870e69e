// swift-tools-version: 6.0
import PackageDescription

// The Rust core. On a Mac it is AmendsFFI.xcframework, of the slices that `scripts/cross` builds (`xcodebuild
// -create-xcframework -library libamends_ffi.a -headers include`, one pair a slice, one `lipo` for the two simulators);
// elsewhere, or with AMENDS_FFI=static, the same C module over this machine's static library, which
// `scripts/bindings swift` puts beside it.
#if canImport(Darwin)
    let linksStaticLibrary = Context.environment["AMENDS_FFI"] == "static"
#else
    let linksStaticLibrary = true
#endif

let ffi: Target =
    linksStaticLibrary
    ? .target(
        name: "AmendsFFI",
        exclude: ["libamends_ffi.a"],
        linkerSettings: [
            .linkedLibrary("amends_ffi"),
            .unsafeFlags(["-L\(Context.packageDirectory)/Sources/AmendsFFI"]),
        ]
    )
    : .binaryTarget(name: "AmendsFFI", path: "AmendsFFI.xcframework")

let package = Package(
    name: "Amends",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "Amends", targets: ["Amends"])],
    targets: [
        ffi,
        .target(name: "AmendsCore", dependencies: ["AmendsFFI"]),
        .target(name: "Amends", dependencies: ["AmendsCore"]),
        .testTarget(name: "AmendsTests", dependencies: ["Amends", "AmendsCore"]),
    ],
    swiftLanguageModes: [.v6]
)
