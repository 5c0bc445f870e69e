import Foundation
import Testing

@testable import Amends

/// A file of vectors.
struct VectorFile: Sendable, CustomTestStringConvertible {
    /// `tests/vectors` at the top of the repository.
    static let folder = URL(fileURLWithPath: #filePath)  // ios/Tests/AmendsTests/Vectors/VectorTests.swift
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("tests/vectors", isDirectory: true)

    let name: String
    var testDescription: String { name }

    static var all: [VectorFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map(VectorFile.init)
    }

    func vectors() throws -> [Vector] {
        let url = Self.folder.appendingPathComponent(name)
        return try Vector.all(in: String(contentsOf: url, encoding: .utf8))
    }
}

/// The conformance vectors of the repository, through the core as Swift has it.
struct VectorTests {
    static let files = VectorFile.all

    @Test("There are vectors")
    func some() {
        #expect(!Self.files.isEmpty, "no *.json in \(VectorFile.folder.path)")
    }

    @Test("Every vector comes out as expected", arguments: files)
    func conforms(_ file: VectorFile) throws {
        let vectors = try vectors(of: file)
        #expect(!vectors.isEmpty, "\(file.name) has no vector")
        #expect(Set(vectors.map(\.name)).count == vectors.count, "two vectors in \(file.name) share a name")
        for vector in vectors {
            for mismatch in Self.mismatches(of: vector) {
                Issue.record("\(file.name): \(vector.name): \(mismatch)")
            }
        }
    }

    private func vectors(of file: VectorFile) throws -> [Vector] {
        do {
            return try file.vectors()
        } catch {
            throw TestError("\(file.name) cannot be read: \(error)")
        }
    }

    static func mismatches(of vector: Vector) -> [String] {
        do {
            return vector.mismatches(try VectorReplay(vector))
        } catch {
            return ["it cannot be replayed: \(error)"]
        }
    }
}
