/// The entries of a mapping whose keys have been checked against the known ones.
struct YAMLFields {
    let value: YAMLValue
    private let entries: [String: YAMLValue]

    /// Reads a mapping. Unknown keys are reported with the nearest known one and left out.
    ///
    /// - Parameters:
    ///   - kind: what the keys are, in the singular: `topic key`, `fault kind`.
    init?(_ value: YAMLValue, kind: String, keys: [String], expected: String) {
        guard let members = value.entries else {
            value.reportWrong(expected: expected)
            return nil
        }
        var entries: [String: YAMLValue] = [:]
        for (name, key, value) in members {
            if keys.contains(name) {
                entries[name] = value
            } else {
                key.report(
                    found: "\(key.path) is not a \(kind)", expected: Suggestion.oneOf(keys, for: name, kind: kind))
            }
        }
        self.value = value
        self.entries = entries
    }

    /// The value of an optional key.
    subscript(key: String) -> YAMLValue? { entries[key] }

    /// The value of a key that must be there.
    func required(_ key: String, _ expected: String) -> YAMLValue? {
        if let entry = entries[key] { return entry }
        value.report(
            found: "\(value.path.isEmpty ? key : value.path + "." + key) is missing", expected: expected)
        return nil
    }

    /// A required name: lower-case letters, digits and hyphens, for names become process and file names.
    func name(of what: String) -> Located<String>? {
        guard let source = required("name", "the name of \(what)") else { return nil }
        let expected = "the name of \(what): up to 64 of a-z, 0-9 and -, a letter first"
        guard let text = source.text(expected) else { return nil }
        return YAMLFields.isName(text) ? Located(value: text, source: source) : source.wrong(expected: expected)
    }

    /// Whether a text may name a party, an agreement, a scenario or a topology.
    static func isName(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count), text.utf8.first.map({ $0 >= UInt8(ascii: "a") }) == true else {
            return false
        }
        return text.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
    }
}
