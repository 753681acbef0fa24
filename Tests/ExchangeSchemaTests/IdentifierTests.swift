import ExchangeSchema
import Testing

/// What well-formed identifiers tell, and that they are written as they were read.
@Suite struct IdentifierTests {
    @Test(arguments: [
        ("001099000001", "001", Sex.male, 1999), ("079301123456", "079", .female, 2001),
        ("096200999999", "096", .male, 2000), ("040945000000", "040", .female, 2345),
    ])
    func readsACitizenNumber(_ text: String, _ province: String, _ sex: Sex, _ year: Int) throws {
        let number = try CitizenNumber(parsing: text)
        #expect(number.birthProvince.code == province)
        #expect(number.sex == sex)
        #expect(number.birthYear == year)
        #expect(number.description == text)
        #expect(CitizenNumber(number: number.number) == number)
    }

    @Test func anUnknownSexOrBirthPartIsNoContradiction() throws {
        let number = try CitizenNumber(parsing: "001099000001")
        try number.check(birthDate: nil, sex: nil)
        try number.check(birthDate: CivilDate(number: 19_990_000), sex: .undetermined)
        try number.check(birthDate: CivilDate(number: 19_991_231), sex: .male)
    }

    @Test func refusesNumbersThatAreTooLarge() {
        #expect(CitizenNumber(number: 1_001_099_000_001) == nil)
        #expect(CitizenNumber(number: UInt64.max) == nil)
        #expect(SocialInsuranceNumber(number: 10_000_000_000) == nil)
        #expect(FacilityCode(number: 100_000) == nil)
        #expect(FacilityCode(number: UInt32.max) == nil)
    }

    @Test(arguments: ["GD4010123456789", "CN2790000000001", "LH4960123456789", "0123456789", "079301123456"])
    func readsACardOfEachForm(_ text: String) throws {
        let card = try InsuranceCard(parsing: text)
        #expect(card.description == text)
        #expect((card.socialInsuranceNumber == nil) == (text.utf8.count == 12))
    }

    @Test func takesAFullCardApart() throws {
        let number = try SocialInsuranceNumber(parsing: "0123456789")
        let card = try InsuranceCard(parsing: "GD4790123456789")
        #expect(card == .full(subject: "GD", benefitLevel: 4, province: "79", number: number))
    }

    @Test func readsListsOfCards() throws {
        #expect(try InsuranceCard.list(parsing: "").isEmpty)
        #expect(try InsuranceCard.list(parsing: "0123456789").count == 1)
        let two = try InsuranceCard.list(parsing: "GD4010123456789;079301123456")
        #expect(two.map(\.description) == ["GD4010123456789", "079301123456"])
        let error = try #require(throws: IdentifierError.self) {
            _ = try InsuranceCard.list(parsing: "GD4010123456789;XX4010123456789")
        }
        #expect(error.value == "XX4010123456789")
    }

    @Test(arguments: ["I10", "E11.9", "A91", "Z00.0", "S72.001", "U07.1", "E11.3+", "G01*", "M54.5"])
    func readsADiagnosis(_ text: String) throws {
        let code = try DiagnosisCode(parsing: text)
        #expect(code.description == text)
        #expect(code.category == text.prefix(3))
    }

    @Test func readsListsOfDiagnoses() throws {
        #expect(try DiagnosisCode.list(parsing: "").isEmpty)
        #expect(try DiagnosisCode.list(parsing: "I10;E11.9").map(\.description) == ["I10", "E11.9"])
    }

    @Test func readsTimesAndComparesThem() throws {
        let morning = try VisitTime(parsing: "202611160730", field: "NGAY_VAO")
        let evening = try VisitTime(parsing: "202611161930", field: "NGAY_RA")
        let day = try VisitTime(parsing: "20261116", field: "NGAY_RA")
        #expect(morning.date == CivilDate(number: 20_261_116))
        #expect(morning.hour == 7 && morning.minute == 30 && morning.hasHour)
        #expect(morning < evening && morning.isEarlier(than: evening))
        #expect(day < morning && !day.isEarlier(than: morning) && !morning.isEarlier(than: day))
        #expect([morning, evening, day].map(\.description) == ["202611160730", "202611161930", "20261116"])
        #expect(VisitTime(date: morning.date, hour: 7, minute: 30) == morning)
    }

    @Test(arguments: [
        ("198002290815", 19_800_229), ("19800229", 19_800_229), ("198000000000", 19_800_000),
        ("198002000000", 19_800_200), ("19800000", 19_800_000),
    ])
    func readsABirthDateWithUnknownParts(_ text: String, _ number: Int32) throws {
        #expect(try BirthDate.parse(text).number == number)
    }

    @Test func readsAFacilityCode() throws {
        let code = try FacilityCode(parsing: "01013")
        #expect(code.formerProvince.name == "Hà Nội")
        #expect(code.description == "01013")
    }

    @Test func readsTheThreeSexes() throws {
        #expect(try ["1", "2", "3"].map { try Sex(parsing: $0) } == Sex.allCases)
        #expect(Sex.allCases.map(\.description) == ["1", "2", "3"])
    }
}
