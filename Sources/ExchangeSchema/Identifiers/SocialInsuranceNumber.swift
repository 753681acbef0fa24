/// A social-insurance number: 10 digits, one for each person, for life. No rule for a check digit is published.
public struct SocialInsuranceNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The 10 digits as a number.
    public let number: UInt64

    /// Reads 10 digits.
    public init(parsing text: String, field: String = "MA_THE_BHYT") throws(IdentifierError) {
        switch DecimalDigits.read(text, count: 10) {
        case .number(let number): self.number = number
        case .wrongLength: throw IdentifierError(field: field, rule: .socialInsuranceNumberLength, value: text)
        case .notDigits: throw IdentifierError(field: field, rule: .socialInsuranceNumberDigits, value: text)
        }
    }

    /// The number with this value, or nil when it has more than 10 digits.
    public init?(number: UInt64) {
        guard number <= 9_999_999_999 else { return nil }
        self.number = number
    }

    /// Orders by number.
    public static func < (first: SocialInsuranceNumber, second: SocialInsuranceNumber) -> Bool {
        first.number < second.number
    }

    /// The 10 digits.
    public var description: String { DecimalDigits.write(number, count: 10) }
}
