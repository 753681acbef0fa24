public import ExchangeSchema
public import PartyCore

extension SyntheticPopulation: PopulationRegistry {
    /// The person with this 12-digit number, in force or superseded; nil when the number was never issued.
    public func person(citizenNumber: CitizenNumber) -> RegisteredPerson? {
        guard let (place, isSuperseded) = place(citizenNumber: citizenNumber) else { return nil }
        return registered(place, isSuperseded: isSuperseded)
    }

    /// The person with this 9-digit number of the old identity card; nil when it was never issued.
    public func person(oldIdentityNumber: String) -> RegisteredPerson? {
        place(oldIdentityNumber: oldIdentityNumber).map { registered($0, isSuperseded: false) }
    }

    private func registered(_ place: BirthPlace, isSuperseded: Bool) -> RegisteredPerson {
        let birthDay = birthDay(place)
        return RegisteredPerson(
            citizenNumber: citizenNumber(place), fullName: fullName(place), birthDate: date(birthDay),
            residentProvince: residence(place).formerProvince.province, diedOn: deathDay(place, birthDay).map(date),
            isSuperseded: isSuperseded)
    }
}

extension SyntheticPopulation: InsuranceRegistry {
    /// The insured person with this number; nil when it was never issued. Everybody is insured.
    public func insured(socialInsuranceNumber: SocialInsuranceNumber) -> InsuredPerson? {
        place(socialInsuranceNumber: socialInsuranceNumber).map(insured)
    }

    /// The insured person with this citizen number in force; nil for every other number.
    public func insured(citizenNumber: CitizenNumber) -> InsuredPerson? {
        guard let (place, isSuperseded) = place(citizenNumber: citizenNumber), !isSuperseded else { return nil }
        return insured(place)
    }

    private func insured(_ place: BirthPlace) -> InsuredPerson {
        let birthDay = birthDay(place)
        let entitlement = entitlement(place, birthDay, residence(place))
        return InsuredPerson(
            socialInsuranceNumber: socialInsuranceNumber(place), subjectCode: entitlement.subject,
            benefitLevel: entitlement.benefitLevel, issuingProvince: entitlement.issuingProvince.twoDigits,
            fullName: fullName(place), birthDate: date(birthDay), validFrom: entitlement.validFrom,
            validTo: entitlement.validTo)
    }
}
