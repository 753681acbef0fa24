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
    /// Where the person lived before; nil where no move is registered.
    public var formerProvince: Province?
    /// Since when the person lives where he or she lives now; nil where it is not known.
    public var movedOn: CivilDate?
    /// When the person died; nil for the living.
    public var death: CivilMoment?
    /// Since when nobody knows where the person is; nil for everybody else.
    public var missingSince: CivilDate?
    /// Whether the number asked for was cancelled and `citizenNumber` issued in its place.
    public var isSuperseded: Bool
    /// Since when `citizenNumber` is in force in place of the one asked for; nil where that is not known.
    public var numberSince: CivilDate?
    /// What C06 is still to report of this person: until it has done so, it knows nothing of it.
    public var unreported: UnreportedChange?

    /// The day the person died; nil for the living, and where the day is not known.
    public var diedOn: CivilDate? {
        get { death?.date }
        set { death = newValue.map { CivilMoment(date: $0) } }
    }

    /// Takes all fields.
    public init(
        citizenNumber: CitizenNumber, fullName: String, birthDate: CivilDate, residentProvince: Province,
        diedOn: CivilDate? = nil, isSuperseded: Bool = false
    ) {
        self.citizenNumber = citizenNumber
        self.fullName = fullName
        self.birthDate = birthDate
        self.residentProvince = residentProvince
        death = diedOn.map { CivilMoment(date: $0) }
        self.isSuperseded = isSuperseded
    }
}

/// A change of civil status.
public struct CivilChange: Sendable, Hashable {
    /// What happened.
    public enum Kind: Sendable, Hashable {
        /// The person lives in another province.
        case moved(from: Province, to: Province)
        /// The person has died.
        case died
        /// Nobody knows where the person is.
        case missing
        /// A number was cancelled and another one issued in its place.
        case reissued(former: CitizenNumber)
    }

    /// The number in force after it.
    public var citizenNumber: CitizenNumber
    /// What happened.
    public var kind: Kind
    /// When; only of a death parts may be unknown.
    public var moment: CivilMoment

    /// Takes all fields.
    public init(_ citizenNumber: CitizenNumber, _ kind: Kind, _ moment: CivilMoment) {
        self.citizenNumber = citizenNumber
        self.kind = kind
        self.moment = moment
    }
}

/// A change that C06 reports by itself, once its turn has come.
public struct UnreportedChange: Sendable, Hashable {
    /// Its place among all changes that C06 has to report, from 0.
    public var index: Int64
    /// What happens.
    public var change: CivilChange

    /// Takes both.
    public init(index: Int64, change: CivilChange) {
        self.index = index
        self.change = change
    }
}

/// The changes that C06 has to report, in their order. Pure: the same question always has the same answer.
public protocol CivilChanges: Sendable {
    /// How many there are.
    var count: Int64 { get }
    /// How many people C06 must have been asked about before a change is reported: by that its world goes on.
    func isDue(_ index: Int64, afterChecks checks: Int64) -> Bool
    /// The change at a place; nil where there is none.
    func change(_ index: Int64) throws -> CivilChange?
}

/// C06's population, as a look-up: the same question always has the same answer. One that lies in a file throws when it
/// cannot be read: that is no answer, and least of all "not registered".
public protocol PopulationRegistry: Sendable {
    /// The person with this 12-digit number, in force or superseded; nil when the number was never issued.
    func person(citizenNumber: CitizenNumber) throws -> RegisteredPerson?
    /// The person with this 9-digit number of the old identity card (CMND); nil when it was never issued.
    func person(oldIdentityNumber: String) throws -> RegisteredPerson?
    /// Whether two people had this 9-digit number, so that it names neither.
    func isOfSeveralPeople(oldIdentityNumber: String) throws -> Bool
}

extension PopulationRegistry {
    /// In a register of people who all have numbers of their own.
    public func isOfSeveralPeople(oldIdentityNumber: String) throws -> Bool { false }
}

/// What the register says of a card that is not simply in force.
public struct CardStanding: Sendable, Equatable {
    /// What happened to the card.
    public enum Event: String, Sendable, CaseIterable {
        /// Another card was issued in its place, and this one is void.
        case replaced
        /// Another card was issued, and this one may still be used.
        case replacedStillValid = "replaced-still-valid"
        /// It was recalled.
        case recalled
        /// It was reported decreased, and no more is known.
        case decreased
        /// Decreased: its holder moved to another province.
        case movedToAnotherProvince = "moved-to-another-province"
        /// Decreased: its holder moved inside the province.
        case movedInsideProvince = "moved-inside-province"
        /// Decreased: its holder was taken up again at the same unit.
        case readdedAtSameUnit = "readded-at-same-unit"
        /// Decreased: its holder takes part no more.
        case stoppedParticipating = "stopped-participating"
    }

    /// What happened.
    public var event: Event
    /// The first day for which it counts.
    public var since: CivilDate
    /// Whether VSS hears of it only after it has assessed the visit, in time for its review. Simulator-defined.
    public var isReportedLate: Bool

    /// Takes all fields.
    public init(_ event: Event, since: CivilDate, isReportedLate: Bool = false) {
        self.event = event
        self.since = since
        self.isReportedLate = isReportedLate
    }
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
    /// What happened to the card; nil when nothing did.
    public var standing: CardStanding?
    /// MA_DKBD, where the person is registered for care of the first level; nil where the register does not say.
    public var registeredFacility: FacilityCode?

    /// Takes all fields.
    public init(
        socialInsuranceNumber: SocialInsuranceNumber, subjectCode: String, benefitLevel: Int, issuingProvince: String,
        fullName: String, birthDate: CivilDate, validFrom: CivilDate, validTo: CivilDate,
        standing: CardStanding? = nil, registeredFacility: FacilityCode? = nil
    ) {
        self.socialInsuranceNumber = socialInsuranceNumber
        self.subjectCode = subjectCode
        self.benefitLevel = benefitLevel
        self.issuingProvince = issuingProvince
        self.fullName = fullName
        self.birthDate = birthDate
        self.validFrom = validFrom
        self.validTo = validTo
        self.standing = standing
        self.registeredFacility = registeredFacility
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
