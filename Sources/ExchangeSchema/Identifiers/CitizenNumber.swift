/// A personal identification number of 12 digits: `PPP G YY RRRRRR`.
///
/// Decree 137/2015/ND-CP, article 13, and Circular 07/2016/TT-BCA, article 7: three digits of the province of birth
/// registration, one of century and sex, two of the birth year, six drawn at random. There is no check digit.
public struct CitizenNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The 12 digits as a number.
    public let number: UInt64

    /// Reads 12 digits whose first three are one of the 63 codes.
    public init(parsing text: String, field: String = "SO_CCCD") throws(IdentifierError) {
        switch DecimalDigits.read(text, count: 12) {
        case .number(let number):
            guard FormerProvince(number: Int(number / 1_000_000_000)) != nil else {
                throw IdentifierError(field: field, rule: .citizenNumberProvince, value: text)
            }
            self.number = number
        case .wrongLength: throw IdentifierError(field: field, rule: .citizenNumberLength, value: text)
        case .notDigits: throw IdentifierError(field: field, rule: .citizenNumberDigits, value: text)
        }
    }

    /// The number with this value, or nil when it has more than 12 digits or an unknown province.
    public init?(number: UInt64) {
        guard number <= 999_999_999_999, FormerProvince(number: Int(number / 1_000_000_000)) != nil else { return nil }
        self.number = number
    }

    /// Where the birth was registered.
    public var birthProvince: FormerProvince {
        FormerProvince(number: Int(number / 1_000_000_000)) ?? FormerProvince.all[0]
    }

    /// Male or female, by the fourth digit.
    public var sex: Sex { centuryAndSex.isMultiple(of: 2) ? .male : .female }

    /// Year of birth, 1900 to 2399, by digits 4 to 6.
    public var birthYear: Int { 1_900 + centuryAndSex / 2 * 100 + Int(number / 1_000_000 % 100) }

    /// Names a contradiction with what else the record says; an unknown date or sex contradicts nothing.
    /// - Throws: `IdentifierError` of `citizenNumberBirthYear` or `citizenNumberSex`.
    public func check(
        birthDate: CivilDate?, sex other: Sex?, field: String = "SO_CCCD"
    ) throws(IdentifierError) {
        if let birthDate, birthDate.year != birthYear {
            throw IdentifierError(field: field, rule: .citizenNumberBirthYear, value: description)
        }
        if let other, other != .undetermined, other != sex {
            throw IdentifierError(field: field, rule: .citizenNumberSex, value: description)
        }
    }

    /// Orders by number.
    public static func < (first: CitizenNumber, second: CitizenNumber) -> Bool { first.number < second.number }

    /// The 12 digits.
    public var description: String { DecimalDigits.write(number, count: 12) }

    private var centuryAndSex: Int { Int(number / 100_000_000 % 10) }
}
