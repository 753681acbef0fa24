/// The fields of a message in all its versions, from one line of text.
///
/// `name:type`, types being `i8 i16 i32 i64 bool uuid s ns b nb` (n: may be null) and `[ … ]` or `n[ … ]` for an array of
/// structures, `[i32]` and `[s]` for plain ones. `@3` after a type: from version 3 on; `@0-2`: in these versions.
public struct WireLayout: Sendable {
    indirect enum Kind: Sendable {
        case integer(bytes: Int)
        case uuid
        case text(nullable: Bool)
        case bytes(nullable: Bool)
        case array(of: Kind, nullable: Bool)
        case record([Field])
    }

    struct Field: Sendable {
        var name: String
        var kind: Kind
        var versions: ClosedRange<Int16>
    }

    let fields: [Field]

    /// - Parameter text: the layout; of an unknown type nothing is made, which the tests would show.
    init(_ text: String) {
        var words = text.split { $0 == " " || $0 == "\n" }[...]
        fields = Self.fields(&words)
    }

    private static func fields(_ words: inout ArraySlice<Substring>) -> [Field] {
        var found: [Field] = []
        while let word = words.popFirst() {
            let parts = word.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let type = parts[1].prefix { $0 != "@" }
            if type == "[" || type == "n[" {
                let (inner, range) = structure(&words)
                found.append(
                    Field(
                        name: String(parts[0]), kind: .array(of: .record(inner), nullable: type == "n["),
                        versions: range))
            } else if let kind = plain(type) {
                found.append(Field(name: String(parts[0]), kind: kind, versions: versions(parts[1])))
            }
        }
        return found
    }

    /// The fields up to the matching bracket, and the versions that stand behind it.
    private static func structure(_ words: inout ArraySlice<Substring>) -> ([Field], ClosedRange<Int16>) {
        var depth = 1
        var inner: [Substring] = []
        while let word = words.popFirst() {
            if word.hasSuffix("[") { depth += 1 }
            if word.hasPrefix("]") { depth -= 1 }
            if depth == 0 {
                var content = inner[...]
                return (fields(&content), versions(word))
            }
            inner.append(word)
        }
        return ([], 0...Int16.max)
    }

    private static func plain(_ type: Substring) -> Kind? {
        switch type {
        case "i8", "bool": .integer(bytes: 1)
        case "i16": .integer(bytes: 2)
        case "i32": .integer(bytes: 4)
        case "i64": .integer(bytes: 8)
        case "uuid": .uuid
        case "s": .text(nullable: false)
        case "ns": .text(nullable: true)
        case "b": .bytes(nullable: false)
        case "nb": .bytes(nullable: true)
        case "[i32]": .array(of: .integer(bytes: 4), nullable: false)
        case "[s]": .array(of: .text(nullable: false), nullable: false)
        case "n[s]": .array(of: .text(nullable: false), nullable: true)
        default: nil
        }
    }

    private static func versions(_ text: Substring) -> ClosedRange<Int16> {
        guard let at = text.lastIndex(of: "@") else { return 0...Int16.max }
        let ends = text[text.index(after: at)...].split(separator: "-").compactMap { Int16($0) }
        guard let first = ends.first else { return 0...Int16.max }
        return ends.count == 2 ? first...ends[1] : first...Int16.max
    }
}
