public import ExchangeSchema
public import PartyCore

/// One register before another: who is in neither is unknown, who is in both is as the first has them.
public struct LayeredRegister<First: Sendable, Second: Sendable>: Sendable {
    /// Asked first: people of one's own; nil where there are none.
    public let first: First?
    /// Asked where the first knows nobody; nil where there is only the first.
    public let second: Second?

    /// Takes both.
    public init(_ first: First?, over second: Second?) {
        self.first = first
        self.second = second
    }
}

extension LayeredRegister: PopulationRegistry where First: PopulationRegistry, Second: PopulationRegistry {
    /// The person with this 12-digit number, in force or superseded.
    public func person(citizenNumber: CitizenNumber) throws -> RegisteredPerson? {
        try first?.person(citizenNumber: citizenNumber) ?? second?.person(citizenNumber: citizenNumber)
    }

    /// The person with this 9-digit number of the old identity card.
    public func person(oldIdentityNumber: String) throws -> RegisteredPerson? {
        try first?.person(oldIdentityNumber: oldIdentityNumber) ?? second?.person(oldIdentityNumber: oldIdentityNumber)
    }

    /// Whether two people had this number: in the register that knows it first, or one in each.
    public func isOfSeveralPeople(oldIdentityNumber: String) throws -> Bool {
        let own = try first?.person(oldIdentityNumber: oldIdentityNumber)
        if own != nil, try first?.isOfSeveralPeople(oldIdentityNumber: oldIdentityNumber) == true { return true }
        if own != nil { return false }
        return try second?.isOfSeveralPeople(oldIdentityNumber: oldIdentityNumber) ?? false
    }
}

extension LayeredRegister: InsuranceRegistry where First: InsuranceRegistry, Second: InsuranceRegistry {
    /// The insured person with this social-insurance number.
    public func insured(socialInsuranceNumber: SocialInsuranceNumber) throws -> InsuredPerson? {
        try first?.insured(socialInsuranceNumber: socialInsuranceNumber)
            ?? second?.insured(socialInsuranceNumber: socialInsuranceNumber)
    }

    /// The insured person with this citizen number in force.
    public func insured(citizenNumber: CitizenNumber) throws -> InsuredPerson? {
        try first?.insured(citizenNumber: citizenNumber) ?? second?.insured(citizenNumber: citizenNumber)
    }
}

extension LayeredRegister: ResidentRegistry where First: ResidentRegistry, Second: ResidentRegistry {
    /// Those of the first register, then those of the second whom the first does not have.
    public func forEachPossibleResident(
        of province: Province, _ body: (RegisteredPerson) throws -> Void
    ) throws {
        try first?.forEachPossibleResident(of: province, body)
        try second?.forEachPossibleResident(of: province) { person in
            if try first?.person(citizenNumber: person.citizenNumber) == nil { try body(person) }
        }
    }
}
