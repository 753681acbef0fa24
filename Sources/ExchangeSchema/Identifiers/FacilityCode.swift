/// MA_CSKCB: the code of a facility, 5 digits of which the first two are the former province.
///
/// Decision 130/QD-BYT, annex (length); Decision 384/QD-BYT 2019 (structure, secondary source). There is no check
/// digit; whether codes were renumbered after the mergers of July 2025 is unconfirmed.
public struct FacilityCode: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The 5 digits as a number.
    public let number: UInt32

    /// Reads 5 digits.
    public init(parsing text: String, field: String = "MA_CSKCB") throws(IdentifierError) {
        switch DecimalDigits.read(text, count: 5) {
        case .number(let number):
            guard FormerProvince(number: Int(number / 1_000)) != nil else {
                throw IdentifierError(field: field, rule: .facilityCodeProvince, value: text)
            }
            self.number = UInt32(number)
        case .wrongLength: throw IdentifierError(field: field, rule: .facilityCodeLength, value: text)
        case .notDigits: throw IdentifierError(field: field, rule: .facilityCodeDigits, value: text)
        }
    }

    /// The code with this value, or nil when it has more than 5 digits or an unknown province.
    public init?(number: UInt32) {
        guard number <= 99_999, FormerProvince(number: Int(number / 1_000)) != nil else { return nil }
        self.number = number
    }

    /// The former province of the first two digits.
    public var formerProvince: FormerProvince {
        FormerProvince(number: Int(number / 1_000)) ?? FormerProvince.all[0]
    }

    /// Orders by number.
    public static func < (first: FacilityCode, second: FacilityCode) -> Bool { first.number < second.number }

    /// The 5 digits.
    public var description: String { DecimalDigits.write(UInt64(number), count: 5) }
}
