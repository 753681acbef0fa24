public import ExchangeSchema
public import PartyCore

/// One person of a file, with every rule kept.
public struct PersonEntry: Sendable, Equatable {
    /// The number in force; nil for somebody who has none yet.
    public var citizenNumber: CitizenNumber?
    /// Numbers that were replaced.
    public var earlierNumbers: [EarlierNumber]
    /// Full name, upper case, composed, single spaces.
    public var fullName: String
    /// Birth date; month and day may be unknown.
    public var birthDate: CivilDate
    /// As GIOI_TINH has it.
    public var sex: Sex
    /// Where the person lives, after the last move.
    public var residence: Province
    /// Ward, five digits; empty when it is not given.
    public var ward: String
    /// What insurers know; nil for somebody not insured.
    public var insurance: InsuranceEntry?
    /// When the person died.
    public var death: CivilMoment?
    /// The day of the last move.
    public var movedOn: CivilDate?
    /// Where the person lived before it.
    public var formerProvince: Province?
    /// Since when nobody knows where the person is.
    public var missingSince: CivilDate?
}

/// A number that a person had.
public struct EarlierNumber: Sendable, Equatable {
    /// 12 digits, or 9 of the old identity card.
    public var number: String
    /// The day since when another one is in force in its place; nil where it is not known.
    public var replacedOn: CivilDate?
}

/// A person's insurance.
public struct InsuranceEntry: Sendable, Equatable {
    /// The card as it is written.
    public var written: String
    /// The number for life.
    public var number: SocialInsuranceNumber
    /// Subject group, two letters.
    public var subject: String
    /// 1 to 5.
    public var benefitLevel: Int
    /// Province that issued the card, two digits.
    public var issuingProvince: String
    /// First day of validity.
    public var validFrom: CivilDate
    /// Last day of validity.
    public var validTo: CivilDate
    /// Where the person is registered for primary care; nil when it is not given.
    public var registeredFacility: FacilityCode?
    /// What happened to the card; nil where nothing did.
    public var standing: CardStanding?
}
