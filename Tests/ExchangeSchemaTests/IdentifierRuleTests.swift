import ExchangeSchema
import Testing

/// Every rule of every identifier: what breaks it, and that the error names field, rule and value.
@Suite struct IdentifierRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var field: String
        var value: String
        var rule: IdentifierError.Rule
        var read: @Sendable (String, String) throws(IdentifierError) -> Void

        init(
            _ field: String, _ value: String, _ rule: IdentifierError.Rule,
            _ read: @escaping @Sendable (String, String) throws(IdentifierError) -> Void
        ) {
            self.field = field
            self.value = value
            self.rule = rule
            self.read = read
        }

        var testDescription: String { "\(field) \(value) \(rule)" }
    }

    static let cases: [Case] = numbers + cards + diagnoses + times + names

    static let numbers: [Case] = [
        Case("SO_CCCD", "01234", .citizenNumberLength, citizen),
        Case("SO_CCCD", "", .citizenNumberLength, citizen),
        Case("SO_CCCD", "0010990000011", .citizenNumberLength, citizen),
        Case("SO_CCCD", "00109900000x", .citizenNumberDigits, citizen),
        Case("SO_CCCD", "００１０９９", .citizenNumberLength, citizen),
        Case("SO_CCCD", "003099000001", .citizenNumberProvince, citizen),
        Case("SO_CCCD", "999099000001", .citizenNumberProvince, citizen),
        Case("SO_CCCD", "001099000001", .citizenNumberBirthYear) { text, field throws(IdentifierError) in
            try CitizenNumber(parsing: text, field: field)
                .check(birthDate: CivilDate(number: 20_000_000), sex: nil, field: field)
        },
        Case("SO_CCCD", "001099000001", .citizenNumberSex) { text, field throws(IdentifierError) in
            try CitizenNumber(parsing: text, field: field).check(birthDate: nil, sex: .female, field: field)
        },
        Case("MA_CSKCB", "0101", .facilityCodeLength, facility),
        Case("MA_CSKCB", "0101A", .facilityCodeDigits, facility),
        Case("MA_CSKCB", "03013", .facilityCodeProvince, facility),
        Case("GIOI_TINH", "4", .sexCode) { text, field throws(IdentifierError) in
            _ = try Sex(parsing: text, field: field)
        },
        Case("MA_TTDV", "012345678", .socialInsuranceNumberLength) { text, field throws(IdentifierError) in
            _ = try SocialInsuranceNumber(parsing: text, field: field)
        },
    ]

    static let cards: [Case] = [
        Case("MA_THE_BHYT", "GD401012345678", .cardLength, card),
        Case("MA_THE_BHYT", "ZZ4010123456789", .cardSubject, card),
        Case("MA_THE_BHYT", "gd4010123456789", .cardSubject, card),
        Case("MA_THE_BHYT", "GD6010123456789", .cardBenefitLevel, card),
        Case("MA_THE_BHYT", "GD0010123456789", .cardBenefitLevel, card),
        Case("MA_THE_BHYT", "GD4X10123456789", .cardProvince, card),
        Case("MA_THE_BHYT", "GD401012345678O", .socialInsuranceNumberDigits, card),
        Case("MA_THE_BHYT", "012345678O", .socialInsuranceNumberDigits, card),
        Case("MA_THE_BHYT", "00109900000x", .citizenNumberDigits, card),
        Case("MA_THE_BHYT", "003099000001", .citizenNumberProvince, card),
        Case("MA_THE_BHYT", "GD4010123456789;", .cardListLength, cardList),
        Case("MA_THE_BHYT", ";", .cardListLength, cardList),
    ]

    static let diagnoses: [Case] = [
        Case("MA_BENH_CHINH", "I1", .diagnosisLength, diagnosis),
        Case("MA_BENH_CHINH", "I10.1234", .diagnosisLength, diagnosis),
        Case("MA_BENH_CHINH", "110", .diagnosisShape, diagnosis),
        Case("MA_BENH_CHINH", "i10", .diagnosisShape, diagnosis),
        Case("MA_BENH_CHINH", "I1X", .diagnosisShape, diagnosis),
        Case("MA_BENH_CHINH", "I10.", .diagnosisShape, diagnosis),
        Case("MA_BENH_CHINH", "I10.*", .diagnosisShape, diagnosis),
        Case("MA_BENH_CHINH", "I109", .diagnosisShape, diagnosis),
        Case("MA_BENH_CHINH", "I10+9", .diagnosisShape, diagnosis),
        Case("MA_BENH_KT", String(repeating: "I10;", count: 12) + "I10", .diagnosisListLength) {
            text, field throws(IdentifierError) in _ = try DiagnosisCode.list(parsing: text, field: field)
        },
    ]

    static let times: [Case] = [
        Case("NGAY_VAO", "2026111608", .timeLength, time),
        Case("NGAY_VAO", "20261116 800", .timeDigits, time),
        Case("NGAY_VAO", "202611310800", .timeNoSuchDay, time),
        Case("NGAY_VAO", "202600000800", .timeNoSuchDay, time),
        Case("NGAY_RA", "202611162400", .timeNoSuchHour, time),
        Case("NGAY_RA", "202611160860", .timeNoSuchHour, time),
        Case("NGAY_SINH", "1980", .birthDateLength, birth),
        Case("NGAY_SINH", "1980-1-1", .birthDateDigits, birth),
        Case("NGAY_SINH", "198013010000", .birthDateNoSuchDay, birth),
        Case("NGAY_SINH", "198000010000", .birthDateNoSuchDay, birth),
        Case("NGAY_SINH", "198101012500", .birthDateNoSuchHour, birth),
    ]

    static let names: [Case] = [
        Case("HO_TEN", "", .nameEmpty, name),
        Case("HO_TEN", " - ", .nameEmpty, name),
        Case("HO_TEN", "NGUYỄN VĂN 4N", .nameDigit, name),
        Case("HO_TEN", "NGUYỄN VĂN\u{7}AN", .nameControlCharacter, name),
        Case("HO_TEN", "NGUYỄN\nVĂN AN", .nameControlCharacter, name),
        Case("HO_TEN", "NGUYỄN VĂN AN?", .nameCharacter, name),
        Case("HO_TEN", String(repeating: "Ế", count: 256), .nameLength, name),
    ]

    @Test(arguments: cases) func namesFieldRuleAndValue(_ broken: Case) throws {
        let error = try #require(throws: IdentifierError.self) { try broken.read(broken.value, broken.field) }
        #expect(error == IdentifierError(field: broken.field, rule: broken.rule, value: broken.value))
        #expect(error.description.hasPrefix("\(broken.field): \""))
        #expect(error.description.hasSuffix("; \(broken.rule.text)"))
    }

    @Test func tellsTheErrorInAWholeSentence() throws {
        let error = try #require(throws: IdentifierError.self) { try CitizenNumber(parsing: "01234") }
        #expect(error.description == "SO_CCCD: \"01234\" has 5 characters; a citizen number has 12 digits")
    }

    @Test func keepsControlCharactersAndLongValuesOutOfTheSentence() {
        let error = IdentifierError(
            field: "HO_TEN", rule: .nameControlCharacter, value: "A\u{1B}[2J" + String(repeating: "B", count: 5_000))
        #expect(!error.description.contains("\u{1B}"))
        #expect(error.description.count < 200)
    }

    static let citizen: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try CitizenNumber(parsing: text, field: field)
    }
    static let facility: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try FacilityCode(parsing: text, field: field)
    }
    static let card: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try InsuranceCard(parsing: text, field: field)
    }
    static let cardList: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try InsuranceCard.list(parsing: text, field: field)
    }
    static let diagnosis: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try DiagnosisCode(parsing: text, field: field)
    }
    static let time: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try VisitTime(parsing: text, field: field)
    }
    static let birth: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in _ = try BirthDate.parse(text, field: field)
    }
    static let name: @Sendable (String, String) throws(IdentifierError) -> Void = {
        text, field throws(IdentifierError) in try PersonName.check(text, field: field)
    }
}
