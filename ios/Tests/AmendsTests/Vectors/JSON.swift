import Foundation

@testable import Amends

/// Any JSON, to be looked into piece by piece.
enum JSON: Hashable, Sendable, Codable {
    case null
    case bool(Bool)
    case whole(UInt64)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let whole = try? value.decode(UInt64.self) {
            self = .whole(whole)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .bool(let bool): try value.encode(bool)
        case .whole(let whole): try value.encode(whole)
        case .number(let number): try value.encode(number)
        case .text(let text): try value.encode(text)
        case .list(let list): try value.encode(list)
        case .object(let object): try value.encode(object)
        }
    }

    init(parsing text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    /// As JSON text, the keys in order.
    var written: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "\(self)"
    }

    func whole() throws -> UInt64 {
        guard case .whole(let whole) = self else { throw TestError("no whole number: \(written)") }
        return whole
    }

    func fits<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
        if case .number(let number) = self, let exact = Number(exactly: number) { return exact }
        guard let number = Number(exactly: try whole()) else { throw TestError("too large: \(written)") }
        return number
    }

    func number() throws -> Double {
        if case .number(let number) = self { return number }
        return Double(try whole())
    }

    func bool() throws -> Bool {
        guard case .bool(let bool) = self else { throw TestError("neither true nor false: \(written)") }
        return bool
    }

    func text() throws -> String {
        guard case .text(let text) = self else { throw TestError("no text: \(written)") }
        return text
    }

    func list() throws -> [JSON] {
        guard case .list(let list) = self else { throw TestError("no list: \(written)") }
        return list
    }

    func object() throws -> [String: JSON] {
        guard case .object(let object) = self else { throw TestError("no object: \(written)") }
        return object
    }

    /// One of the words of this type, as they are written on the wire: `left_app` for `leftApp`.
    func word<Word: CaseIterable>(_: Word.Type) throws -> Word {
        let text = try text()
        guard let word = Word.allCases.first(where: { JSON.word($0) == text }) else {
            throw TestError("no \(Word.self): \(text)")
        }
        return word
    }

    /// A case of an enumeration as it is written on the wire.
    static func word(_ word: some Any) -> String {
        String(describing: word).reduce(into: "") { text, letter in
            text += letter.isUppercase ? "_\(letter.lowercased())" : String(letter)
        }
    }
}

/// The fields of an object, taken out one after another. What is left over in the end is a mistake.
struct Fields {
    private let what: String
    private var left: [String: JSON]

    init(_ json: JSON, of what: String) throws {
        self.what = what
        left = try json.object()
    }

    /// A field that may be missing, or null.
    mutating func may<Value>(_ name: String, _ read: (JSON) throws -> Value) throws -> Value? {
        guard let json = left.removeValue(forKey: name), json != .null else { return nil }
        do {
            return try read(json)
        } catch {
            throw TestError("\(what), \(name): \(error)")
        }
    }

    mutating func must<Value>(_ name: String, _ read: (JSON) throws -> Value) throws -> Value {
        guard let value = try may(name, read) else { throw TestError("\(what): \(name) is missing") }
        return value
    }

    func end() throws {
        guard left.isEmpty else { throw TestError("\(what): unknown \(left.keys.sorted())") }
    }
}
