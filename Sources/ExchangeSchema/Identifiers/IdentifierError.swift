/// A value that breaks a rule of its field, told in words that a person at the facility can act upon.
public struct IdentifierError: Error, Equatable, Hashable, Sendable, CustomStringConvertible {
    /// Field of Decision 130/QD-BYT, for example `SO_CCCD`.
    public var field: String
    /// The rule that the value breaks.
    public var rule: Rule
    /// The value as it was written.
    public var value: String

    /// Takes all fields.
    public init(field: String, rule: Rule, value: String) {
        self.field = field
        self.rule = rule
        self.value = value
    }

    /// For example `SO_CCCD: "01234" has 5 characters; a citizen number has 12 digits`.
    public var description: String {
        "\(field): \"\(PrintableText.escaped(value, limit: 80))\" \(rule.finding(in: value)); \(rule.text)"
    }
}
