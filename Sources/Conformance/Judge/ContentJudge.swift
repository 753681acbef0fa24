import ExchangeSchema
import Foundation
import Replay
import Vocabulary

/// What the content of a message must be, field by field of its ProtoJSON. Free is what no contract fixes: times of the
/// party's own clock, and rules in words. Blocks and tables are compared as the bytes that they are.
enum ContentJudge {
    /// Times of the party's own clock: any but none.
    private static let times: Set<String> = [
        "acceptedAt", "assessedAt", "checkedAt", "authenticatedAt", "sharedAt", "refusedAt", "handedOverAt", "toldAt",
        "answeredAt", "reportedAt", "dueAt",
    ]
    /// Words for people: any but none.
    private static let words: Set<String> = ["rule", "explanation"]
    /// Encoded messages inside the message.
    private static let bytes: Set<String> = ["administrative", "insurance", "clinical", "clinicalDetails", "rows"]

    static func findings(_ value: [UInt8]?, _ expected: ExpectedMessage) -> [Finding] {
        let codec = MessageCodec.of(expected.type)
        guard let value, let found = try? JSONValue(text: codec.json(value)) else {
            return [
                Finding(
                    "payload", expected: "an encoded \(expected.type.eventType)",
                    found: value.map { "\($0.count) bytes that are none" } ?? "no payload")
            ]
        }
        let right = (try? JSONValue(text: codec.json(expected.payload))) ?? .null
        return right.differences(from: found).compactMap(finding) + beyondSchema(value, found, codec)
    }

    private static func finding(_ difference: JSONValue.Difference) -> Finding? {
        let (path, first, second) = (difference.path, difference.first, difference.second)
        let name = path.split(separator: ".").last.map { $0.prefix { $0 != "[" } }.map(String.init) ?? path
        if times.contains(name) || words.contains(name), first != nil, second != nil { return nil }
        if first == nil, second != nil {
            let what = bytes.contains(name) ? size(second) : text(second)
            return Finding(path, expected: "nothing: the reader may not have it, or there is none", found: what)
        }
        if times.contains(name), second == nil { return Finding(path, expected: "a time", found: "nothing") }
        if words.contains(name), second == nil { return Finding(path, expected: "the rule in words", found: "nothing") }
        if bytes.contains(name) {
            return Finding(
                path, expected: size(first) + ", as they came",
                found: second == nil ? "nothing" : "\(size(second)), others")
        }
        return Finding(path, expected: text(first), found: second == nil ? "nothing" : text(second))
    }

    /// Fields that the schema does not have carry what nobody has agreed on. One with the value that stands for nothing says
    /// nothing; some encoders write those.
    private static func beyondSchema(_ value: [UInt8], _ json: JSONValue, _ codec: MessageCodec) -> [Finding] {
        guard let known = try? codec.bytes(json: json.text) else { return [] }
        let numbers = Set(WireFields(known).fields.map(\.number))
        return WireFields(value).fields.filter { !numbers.contains($0.number) && !$0.isNothing }.map {
            Finding("field number \($0.number)", expected: "no field beyond the .proto file", found: "\($0.size) bytes")
        }
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "nothing" }
        if let tables = tables(value) { return tables }
        let text = value.text
        return text.count > 120 ? text.prefix(120) + "…" : text
    }

    /// Carried tables by their names: nobody wants to read their bytes.
    private static func tables(_ value: JSONValue) -> String? {
        switch value {
        case .array(let rows):
            let names = rows.compactMap(tables)
            return !rows.isEmpty && names.count == rows.count ? names.joined(separator: ", ") : nil
        case .object(let members):
            guard case .string(let name)? = members["table"], members["rows"] != nil else { return nil }
            return name
        default: return nil
        }
    }

    private static func size(_ value: JSONValue?) -> String {
        guard case .string(let base64)? = value, let data = Data(base64Encoded: base64) else { return text(value) }
        return "\(data.count) bytes"
    }
}
