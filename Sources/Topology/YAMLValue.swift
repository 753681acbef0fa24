import Yams

/// A YAML node that knows its path in the file, so that whatever is wrong with it can be said precisely.
///
/// Numbers are read from the written text, not through YAML's own types: in YAML 1.1 `010` is eight and `1:30` is
/// ninety, and neither is what the writer of a scenario means.
struct YAMLValue {
    let node: Node
    /// For instance `topics[moh.records].partitions`; empty for the root.
    let path: String
    let errors: ErrorList

    var location: SourceLocation {
        SourceLocation(file: errors.file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    /// Reports that this value is not what was expected, and gives nil for the caller to return.
    func wrong<Wanted>(expected: String) -> Wanted? {
        reportWrong(expected: expected)
        return nil
    }

    func reportWrong(expected: String) {
        report(found: "\(path.isEmpty ? "the file" : path) is \(shown)", expected: expected)
    }

    func report(found: String, expected: String) {
        errors.report(location, found: found, expected: expected)
    }

    /// The text of a non-empty scalar.
    func text(_ expected: String) -> String? {
        guard let scalar = node.scalar, !scalar.string.isEmpty else { return wrong(expected: expected) }
        return scalar.string
    }

    /// A whole number in plain decimal digits (`2_000` is allowed, `010` is not) within the range.
    func integer<Number: FixedWidthInteger>(in range: ClosedRange<Number>, note: String = "") -> Number? {
        let isChoice = range.lowerBound < range.upperBound
        let wanted = isChoice ? "a whole number, \(range.lowerBound) to \(range.upperBound)" : "\(range.lowerBound)"
        let expected = wanted + note
        guard let text = plain, let number = Number(text.filter { $0 != "_" }), text.first?.isNumber == true,
            text == "0" || text.first != "0", range.contains(number)
        else { return wrong(expected: expected) }
        return number
    }

    /// A decimal number from 0 to 1.
    func share() -> Double? {
        guard let text = plain, let number = Double.written(text), (0...1).contains(number) else {
            return wrong(expected: "a number, 0 to 1")
        }
        return number
    }

    /// `true` or `false`.
    func boolean() -> Bool? {
        switch plain {
        case "true": true
        case "false": false
        default: wrong(expected: "true or false")
        }
    }

    /// One of the names of an enumeration.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type, kind: String) -> Choice? {
        choice(of: Choice.allCases.map(\.rawValue), kind: kind) { Choice(rawValue: $0) }
    }

    /// One of these names.
    func choice<Choice>(of names: [String], kind: String, _ named: (String) -> Choice?) -> Choice? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            return wrong(expected: "a \(kind), \(Suggestion.list(names))")
        }
        return named(text) ?? wrong(expected: Suggestion.oneOf(names, for: text, kind: kind))
    }

    /// The members of a list. A member that is a mapping with a name is shown by it in paths.
    func list(of content: String) -> [YAMLValue]? {
        guard let sequence = node.sequence else { return wrong(expected: "a list of \(content)") }
        return sequence.enumerated().map { index, node in
            let name = node.mapping?["name"]?.scalar?.string ?? ""
            return YAMLValue(
                node: node, path: "\(path)[\(name.isEmpty ? String(index) : Self.cut(name))]", errors: errors)
        }
    }

    /// Whether this is a list without members.
    var isEmptyList: Bool { node.sequence?.isEmpty == true }

    /// The entries of a mapping; nil when this is none. A key that is no text has an empty name.
    var entries: [(name: String, key: YAMLValue, value: YAMLValue)]? {
        node.mapping?.map { key, node in
            let name = key.scalar?.string ?? ""
            let shown = name.isEmpty ? "?" : Self.cut(name)
            let path = path.isEmpty ? shown : "\(path).\(shown)"
            return (
                name, YAMLValue(node: key, path: path, errors: errors),
                YAMLValue(node: node, path: path, errors: errors)
            )
        }
    }

    /// A list of texts, each with its place.
    func texts(of content: String, each: String) -> [Located<String>]? {
        list(of: content)?.compactMap { member in member.text(each).map { Located(value: $0, source: member) } }
    }

    /// The scalar's text if it is written without quotes.
    var plain: String? {
        guard let scalar = node.scalar, scalar.style == .plain else { return nil }
        return scalar.string
    }

    private var shown: String {
        switch node {
        case .scalar(let scalar) where scalar.style == .plain: scalar.string.isEmpty ? "empty" : Self.cut(scalar.string)
        case .scalar(let scalar): "the text \"\(Self.cut(scalar.string))\""
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    /// The text on one line and of a bounded length.
    static func cut(_ text: String) -> String {
        let line = text.prefix(60).map { $0.isNewline ? " " : $0 }
        return String(line) + (text.count > 60 ? "…" : "")
    }
}

/// A value and where it was read.
struct Located<Value> {
    let value: Value
    let source: YAMLValue
}

extension Double {
    /// A number as people write one: digits, `.`, exponent, `_`; not `inf`, `nan` or hexadecimal.
    static func written(_ text: some StringProtocol) -> Double? {
        let digits = String(text.filter { $0 != "_" })
        let unsigned = String(digits.first == "-" ? digits.dropFirst() : digits[...])
        guard let first = unsigned.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            !unsigned.contains(where: { $0 == "x" || $0 == "X" }), let number = Double(digits), number.isFinite
        else { return nil }
        return number
    }
}
