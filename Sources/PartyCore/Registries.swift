public import ExchangeSchema

/// What the national population database holds of one person, as far as the exchange needs it.
public struct RegisteredPerson: Sendable, Equatable {
    /// The number in force.
    public var citizenNumber: CitizenNumber
    /// Full name, upper case, composed (NFC), single spaces.
    public var fullName: String
    /// Birth date, complete.
    public var birthDate: CivilDate
    /// Where the person lives now.
    public var residentProvince: Province
    /// The day the person died, when registered.
    public var diedOn: CivilDate?
    /// Whether the number asked for was cancelled and `citizenNumber` issued in its place.
    public var isSuperseded: Bool

    /// Takes all fields.
    public init(
        citizenNumber: CitizenNumber, fullName: String, birthDate: CivilDate, residentProvince: Province,
        diedOn: CivilDate? = nil, isSuperseded: Bool = false
    ) {
        self.citizenNumber = citizenNumber
        self.fullName = fullName
        self.birthDate = birthDate
        self.residentProvince = residentProvince
        self.diedOn = diedOn
        self.isSuperseded = isSuperseded
    }
}

/// C06's population, as a look-up: the same question always has the same answer. One that lies in a file throws when it
/// cannot be read: that is no answer, and least of all "not registered".
public protocol PopulationRegistry: Sendable {
    /// The person with this 12-digit number, in force or superseded; nil when the number was never issued.
    func person(citizenNumber: CitizenNumber) throws -> RegisteredPerson?
    /// The person with this 9-digit number of the old identity card (CMND); nil when it was never issued.
    func person(oldIdentityNumber: String) throws -> RegisteredPerson?
}

/// What VSS holds of one insured person.
public struct InsuredPerson: Sendable, Equatable {
    /// The lifelong 10-digit number.
    public var socialInsuranceNumber: SocialInsuranceNumber
    /// Subject group, two letters, for example `GD`.
    public var subjectCode: String
    /// Benefit level, 1 to 5 (third character of the 15-character card).
    public var benefitLevel: Int
    /// Issuing province, two digits (characters 4 and 5 of the 15-character card).
    public var issuingProvince: String
    /// Full name, upper case, composed (NFC), single spaces.
    public var fullName: String
    /// Birth date, complete.
    public var birthDate: CivilDate
    /// First day of validity.
    public var validFrom: CivilDate
    /// Last day of validity.
    public var validTo: CivilDate

    /// Takes all fields.
    public init(
        socialInsuranceNumber: SocialInsuranceNumber, subjectCode: String, benefitLevel: Int, issuingProvince: String,
        fullName: String, birthDate: CivilDate, validFrom: CivilDate, validTo: CivilDate
    ) {
        self.socialInsuranceNumber = socialInsuranceNumber
        self.subjectCode = subjectCode
        self.benefitLevel = benefitLevel
        self.issuingProvince = issuingProvince
        self.fullName = fullName
        self.birthDate = birthDate
        self.validFrom = validFrom
        self.validTo = validTo
    }
}

/// VSS's register of insured people, as a look-up; throws as ``PopulationRegistry`` does.
public protocol InsuranceRegistry: Sendable {
    /// The insured person with this social-insurance number; nil when there is none.
    func insured(socialInsuranceNumber: SocialInsuranceNumber) throws -> InsuredPerson?
    /// The insured person with this citizen number (the 12-digit card form); nil when there is none.
    func insured(citizenNumber: CitizenNumber) throws -> InsuredPerson?
}
