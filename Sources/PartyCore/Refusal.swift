public import ExchangeSchema

/// A rule that a record breaks, with what the facility needs to put it right.
public struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The code.
    public var reason: ReasonCode
    /// Field of Decision 130 to look at first.
    public var field: String
    /// The value as written.
    public var value: String
    /// The rule, in words.
    public var rule: String

    /// Takes all fields. A character of the value that cannot be seen is named after the rule: nobody finds a zero-width
    /// space by looking.
    public init(_ reason: ReasonCode, field: String, value: String, rule: String) {
        self.reason = reason
        self.field = field
        self.value = value
        self.rule = PrintableText.unseenCharacter(in: value).map { "\(rule); \($0)" } ?? rule
    }

    /// Wraps an identifier's complaint.
    public init(_ reason: ReasonCode, _ error: IdentifierError) {
        self.init(reason, field: error.field, value: error.value, rule: error.rule.text)
    }

    /// For people.
    public var description: String {
        "\(reason.text): \(field) \"\(PrintableText.escaped(value))\": \(PrintableText.escaped(rule))"
    }
}
