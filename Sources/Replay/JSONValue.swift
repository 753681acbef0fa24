import Foundation

/// A JSON text (RFC 8259) as a value: what the messages' ProtoJSON is compared and changed as.
public enum JSONValue: Sendable, Equatable, Codable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Reads a value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// Reads a text.
    /// - Throws: `DecodingError` that says where it is no JSON.
    public init(text: String) throws { self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) }

    /// The text, members in order of their names; one line.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    /// The value with a patch applied: members of objects are set one by one, null removes, all else is replaced (JSON
    /// Merge Patch, RFC 7396).
    public func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members: [String: JSONValue] = [:]
        if case .object(let own) = self { members = own }
        for (name, change) in changes {
            members[name] = change == .null ? nil : (members[name] ?? .null).merged(with: change)
        }
        return .object(members)
    }

    /// One place in which two values differ.
    public struct Difference: Sendable, Equatable {
        /// Where, as `clinical.maBenhChinh` or `details[2].code`; empty for the value itself.
        public var path: String
        /// What stands in the first; nil for nothing.
        public var first: JSONValue?
        /// What stands in the second; nil for nothing.
        public var second: JSONValue?
    }

    /// Where this value and another one differ, in order of the paths; down to the smallest part.
    public func differences(from other: JSONValue) -> [Difference] {
        var found: [Difference] = []
        Self.compare(self, other, path: "", &found)
        return found
    }

    private static func compare(
        _ first: JSONValue?, _ second: JSONValue?, path: String, _ found: inout [Difference]
    ) {
        switch (first, second) {
        case (.object(let one)?, .object(let two)?):
            for name in Set(one.keys).union(two.keys).sorted() {
                compare(one[name], two[name], path: path.isEmpty ? name : "\(path).\(name)", &found)
            }
        case (.array(let one)?, .array(let two)?):
            for index in 0..<max(one.count, two.count) {
                compare(
                    one.indices.contains(index) ? one[index] : nil, two.indices.contains(index) ? two[index] : nil,
                    path: "\(path)[\(index)]", &found)
            }
        default:
            if first != second { found.append(Difference(path: path, first: first, second: second)) }
        }
    }
}
