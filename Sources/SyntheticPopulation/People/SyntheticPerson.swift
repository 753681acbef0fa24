public import ExchangeSchema

/// One synthetic person, as all registers know him or her.
public struct SyntheticPerson: Sendable, Equatable {
    /// Place in the population.
    public var index: UInt64
    /// The number in force.
    public var citizenNumber: CitizenNumber
    /// An earlier number that was cancelled.
    public var supersededNumber: CitizenNumber?
    /// Nine digits of the old identity card (CMND); only for people born before 2000.
    public var oldIdentityNumber: String?
    /// The lifelong number of social insurance.
    public var socialInsuranceNumber: SocialInsuranceNumber
    /// Full name, upper case, composed, single spaces.
    public var fullName: String
    /// Male or female.
    public var sex: Sex
    /// Birth date, complete.
    public var birthDate: CivilDate
    /// Where the birth was registered.
    public var birthProvince: FormerProvince
    /// MA_DANTOC, two digits.
    public var ethnicGroup: String
    /// Where the person lives.
    public var residence: Residence
    /// What the insurance fund owes the person.
    public var entitlement: Entitlement
    /// The day of death; always before the first visit.
    public var diedOn: CivilDate?
    /// The other person of the same full name, birth year and sex, if this is one of such a pair.
    public var namesake: UInt64?
}

/// Where a person lives. The codes of district and ward are simulator-defined: plausible, but of no real place.
public struct Residence: Sendable, Hashable {
    /// The former province; MATINH_CU_TRU is its two digits.
    public var formerProvince: FormerProvince
    /// District, 1 to 945, written with three digits.
    public var district: Int
    /// Ward, 1 to 32,760, written with five digits.
    public var ward: Int
}

/// The insurance of a person, as the 15-character card writes it.
public struct Entitlement: Sendable, Hashable {
    /// Subject group, two letters.
    public var subject: String
    /// Benefit level, 1 to 5.
    public var benefitLevel: Int
    /// Former province that issued the card.
    public var issuingProvince: FormerProvince
    /// First day of validity.
    public var validFrom: CivilDate
    /// Last day of validity.
    public var validTo: CivilDate

    /// The share that the fund pays: 100 % at the levels 1, 2 and 5; 95 % at 3; 80 % at 4.
    public var benefitPercent: Int { benefitLevel == 3 ? 95 : benefitLevel == 4 ? 80 : 100 }
}
