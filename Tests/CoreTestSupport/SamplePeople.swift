public import ExchangeSchema
public import PartyCore

/// A person of the tests, as C06 and VSS know them.
public struct SamplePerson: Sendable {
    /// What C06 holds.
    public var registered: RegisteredPerson
    /// What VSS holds.
    public var insured: InsuredPerson

    /// The 15-character card.
    public var card: String {
        "\(insured.subjectCode)\(insured.benefitLevel)\(insured.issuingProvince)\(insured.socialInsuranceNumber)"
    }

    init(_ number: UInt64, _ name: String, born: Int, insuranceNumber: UInt64, subject: String = "GD", level: Int = 4) {
        let fallback = FormerProvince.all[0].number
        let citizen = CitizenNumber(number: number) ?? CitizenNumber(number: UInt64(fallback) * 1_000_000_000)
        guard let citizen, let birth = CivilDate(number: born),
            let insurance = SocialInsuranceNumber(number: insuranceNumber),
            let from = CivilDate(number: 2025_01_01), let to = CivilDate(number: 2025_12_31)
        else { preconditionFailure("a sample person is malformed: \(name)") }
        registered = RegisteredPerson(
            citizenNumber: citizen, fullName: name, birthDate: birth, residentProvince: Province.all[0])
        insured = InsuredPerson(
            socialInsuranceNumber: insurance, subjectCode: subject, benefitLevel: level, issuingProvince: "01",
            fullName: name, birthDate: birth, validFrom: from, validTo: to)
    }
}

/// The people of the tests.
public enum SamplePeople {
    /// MA_CSKCB of the facility of the tests.
    public static let facilityCode = "01013"
    /// A man born on 17 March 1985.
    public static let an = SamplePerson(1_085_000_001, "NGUYỄN VĂN AN", born: 1985_03_17, insuranceNumber: 123_456_789)
    /// A woman born on 29 February 2000, with a soldier's card.
    public static let binh = SamplePerson(
        1_300_000_002, "ĐỖ THỊ BÌNH", born: 2000_02_29, insuranceNumber: 123_456_790, subject: "QN", level: 5)
    /// A man who died.
    public static let cuong: SamplePerson = {
        var person = SamplePerson(1_050_000_003, "LÊ CƯỜNG", born: 1950_10_01, insuranceNumber: 123_456_791)
        person.registered.diedOn = CivilDate(number: 2025_01_15)
        return person
    }()
    /// All of them.
    public static let all = [an, binh, cuong]
}

/// The registers of the tests: a few people, each of whom is found by every number.
public struct SampleRegister: PopulationRegistry, InsuranceRegistry {
    /// Whom C06 finds under a citizen number.
    public var people: [CitizenNumber: RegisteredPerson]
    /// Whom C06 finds under a number of the old identity card.
    public var byOldNumber: [String: RegisteredPerson] = [:]
    /// Numbers of the old identity card that two people had.
    public var ofSeveral: Set<String> = []
    /// Whom VSS finds.
    public var insured: [SocialInsuranceNumber: InsuredPerson]
    /// Whom VSS finds under a citizen number.
    public var insuredByCitizenNumber: [CitizenNumber: InsuredPerson]

    /// A register of these people.
    public init(_ people: [SamplePerson] = SamplePeople.all) {
        self.people = Dictionary(uniqueKeysWithValues: people.map { ($0.registered.citizenNumber, $0.registered) })
        insured = Dictionary(uniqueKeysWithValues: people.map { ($0.insured.socialInsuranceNumber, $0.insured) })
        insuredByCitizenNumber = Dictionary(
            uniqueKeysWithValues: people.map { ($0.registered.citizenNumber, $0.insured) })
    }

    /// The person with this number.
    public func person(citizenNumber: CitizenNumber) -> RegisteredPerson? { people[citizenNumber] }

    /// The person with this old number.
    public func person(oldIdentityNumber: String) -> RegisteredPerson? { byOldNumber[oldIdentityNumber] }

    /// Whether two people had this old number.
    public func isOfSeveralPeople(oldIdentityNumber: String) -> Bool { ofSeveral.contains(oldIdentityNumber) }

    /// The insured person with this number.
    public func insured(socialInsuranceNumber: SocialInsuranceNumber) -> InsuredPerson? {
        insured[socialInsuranceNumber]
    }

    /// The insured person with this citizen number.
    public func insured(citizenNumber: CitizenNumber) -> InsuredPerson? { insuredByCitizenNumber[citizenNumber] }
}
