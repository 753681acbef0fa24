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

/// What kind of place a facility is. Simulator-defined: the public lists name more kinds than rules here tell apart.
public enum FacilityKind: String, Sendable, CaseIterable {
    /// A hospital of any level.
    case hospital
    /// A clinic that keeps nobody overnight.
    case clinic
    /// A commune or ward health station.
    case communeStation
    /// Any other.
    case other
}

/// What MoH holds of one facility.
public struct RegisteredFacility: Sendable, Equatable {
    /// MA_CSKCB.
    public var code: FacilityCode
    /// The identifier of 13 digits; nil when it has none yet.
    public var identifier: String?
    /// Where it lies.
    public var province: Province
    /// What it is.
    public var kind: FacilityKind
    /// Whether it may send records.
    public var isConnected: Bool
    /// Whether it keeps electronic medical records.
    public var hasElectronicRecords: Bool
    /// Whether its practitioners are on the register; where not, they are not examined.
    public var namesPractitioners: Bool

    /// Takes all fields.
    public init(
        code: FacilityCode, identifier: String?, province: Province, kind: FacilityKind, isConnected: Bool,
        hasElectronicRecords: Bool, namesPractitioners: Bool
    ) {
        self.code = code
        self.identifier = identifier
        self.province = province
        self.kind = kind
        self.isConnected = isConnected
        self.hasElectronicRecords = hasElectronicRecords
        self.namesPractitioners = namesPractitioners
    }
}

/// MoH's register of facilities, as a look-up; throws as ``PopulationRegistry`` does.
public protocol FacilityRegistry: Sendable {
    /// The facility with this code; nil when there is none.
    func facility(_ code: FacilityCode) throws -> RegisteredFacility?
    /// Whether somebody with this practice certificate (MA_BAC_SI) works there.
    func hasPractitioner(_ certificate: String, at code: FacilityCode) throws -> Bool
}
