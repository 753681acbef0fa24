/// A health-insurance card number, in one of the three formats that live side by side.
public enum InsuranceCard: Sendable, Hashable, CustomStringConvertible {
    /// 15 characters, `XX D PP NNNNNNNNNN` (Decision 1351/QD-BHXH, 2015): subject code, benefit level 1 to 5, issuing
    /// province (two digits), social-insurance number.
    case full(subject: String, benefitLevel: Int, province: String, number: SocialInsuranceNumber)
    /// 10 digits: the social-insurance number (card form of April 2021).
    case socialInsurance(SocialInsuranceNumber)
    /// 12 digits: the citizen number (Decree 188/2025/ND-CP, since 15 August 2025).
    case citizen(CitizenNumber)

    /// Reads one card. The digits of the issuing province are not compared with a list: that is for VSS to say (052).
    public init(parsing text: String, field: String = "MA_THE_BHYT") throws(IdentifierError) {
        switch text.utf8.count {
        case 10: self = .socialInsurance(try SocialInsuranceNumber(parsing: text, field: field))
        case 12: self = .citizen(try CitizenNumber(parsing: text, field: field))
        case 15: self = try Self.full(text, field)
        default: throw IdentifierError(field: field, rule: .cardLength, value: text)
        }
    }

    /// Reads MA_THE_BHYT: no card, one, or several joined by `;` in the order of their validity.
    public static func list(parsing text: String, field: String = "MA_THE_BHYT") throws(IdentifierError) -> [Self] {
        if text.isEmpty { return [] }
        guard text.utf8.contains(0x3B) else { return [try InsuranceCard(parsing: text, field: field)] }
        var cards: [InsuranceCard] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: false) {
            if part.isEmpty { throw IdentifierError(field: field, rule: .cardListLength, value: text) }
            cards.append(try InsuranceCard(parsing: String(part), field: field))
        }
        return cards
    }

    /// The social-insurance number, where the format carries it.
    public var socialInsuranceNumber: SocialInsuranceNumber? {
        switch self {
        case .full(_, _, _, let number), .socialInsurance(let number): number
        case .citizen: nil
        }
    }

    /// The card as it is written.
    public var description: String {
        switch self {
        case .full(let subject, let benefitLevel, let province, let number):
            "\(subject)\(benefitLevel)\(province)\(number)"
        case .socialInsurance(let number): number.description
        case .citizen(let number): number.description
        }
    }

    private static func full(_ text: String, _ field: String) throws(IdentifierError) -> InsuranceCard {
        var bytes = text.utf8.makeIterator()
        guard let first = bytes.next(), let second = bytes.next(), let level = bytes.next(),
            let subject = InsuranceSubject.code(first, second)
        else { throw IdentifierError(field: field, rule: .cardSubject, value: text) }
        guard (0x31...0x35).contains(level) else {
            throw IdentifierError(field: field, rule: .cardBenefitLevel, value: text)
        }
        guard let tens = bytes.next(), let ones = bytes.next(), tens &- 0x30 < 10, ones &- 0x30 < 10 else {
            throw IdentifierError(field: field, rule: .cardProvince, value: text)
        }
        var number: UInt64 = 0
        while let byte = bytes.next() {
            guard byte &- 0x30 < 10 else {
                throw IdentifierError(field: field, rule: .socialInsuranceNumberDigits, value: text)
            }
            number = number * 10 + UInt64(byte - 0x30)
        }
        guard let socialInsurance = SocialInsuranceNumber(number: number) else {
            throw IdentifierError(field: field, rule: .socialInsuranceNumberLength, value: text)
        }
        let digits = Int(tens - 0x30) * 10 + Int(ones - 0x30)
        let province = FormerProvince(number: digits)?.twoDigits ?? DecimalDigits.write(UInt64(digits), count: 2)
        return .full(
            subject: subject, benefitLevel: Int(level - 0x30), province: province, number: socialInsurance)
    }
}
