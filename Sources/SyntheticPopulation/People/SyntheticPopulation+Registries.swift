public import ExchangeSchema
public import PartyCore
import Vocabulary

extension SyntheticPopulation: PopulationRegistry {
    /// The person with this 12-digit number, in force or superseded; nil when the number was never issued.
    public func person(citizenNumber: CitizenNumber) -> RegisteredPerson? {
        guard let (place, isSuperseded) = place(citizenNumber: citizenNumber) else { return nil }
        var person = registered(place, isSuperseded: isSuperseded)
        if case .reissued(citizenNumber) = person.unreported?.change.kind {
            person.isSuperseded = true
            person.numberSince = person.unreported?.change.moment.date
        }
        return person
    }

    /// The person with this 9-digit number of the old identity card; nil when it was never issued.
    public func person(oldIdentityNumber: String) -> RegisteredPerson? {
        place(oldIdentityNumber: oldIdentityNumber).map { registered($0, isSuperseded: false) }
    }

    /// Whether two people had this number of the old identity card.
    public func isOfSeveralPeople(oldIdentityNumber: String) -> Bool {
        place(oldIdentityNumber: oldIdentityNumber).map { hasSharedOldNumber($0.person) } ?? false
    }

    private func registered(_ place: BirthPlace, isSuperseded: Bool) -> RegisteredPerson {
        let birthDay = birthDay(place)
        var person = RegisteredPerson(
            citizenNumber: citizenNumber(place), fullName: fullName(place), birthDate: date(birthDay),
            residentProvince: residence(place).formerProvince.province, diedOn: deathDay(place, birthDay).map(date),
            isSuperseded: isSuperseded)
        if let change = change(ofPerson: place.person) { person.apply(change) }
        return person
    }
}

extension SyntheticPopulation: ResidentRegistry {
    /// Goes over all people, and computes those who live there.
    public func forEachPossibleResident(
        of province: Province, _ body: (RegisteredPerson) throws -> Void
    ) rethrows {
        for person in 0..<configuration.persons {
            let place = place(person)
            guard
                residence(place).formerProvince.province == province
                    || changeKind(of: person) == .movedAfterwards
            else { continue }
            try body(registered(place, isSuperseded: false))
        }
    }
}

extension RegisteredPerson {
    /// The person after a change that C06 is to report.
    fileprivate mutating func apply(_ unreported: UnreportedChange) {
        self.unreported = unreported
        switch unreported.change.kind {
        case .moved(let from, let to):
            (formerProvince, residentProvince, movedOn) = (from, to, unreported.change.moment.date)
        case .died: death = unreported.change.moment
        case .missing: missingSince = unreported.change.moment.date
        case .reissued: citizenNumber = unreported.change.citizenNumber
        }
    }
}

extension SyntheticPopulation: InsuranceRegistry {
    /// The insured person with this number; nil when it was never issued. Everybody is insured.
    public func insured(socialInsuranceNumber: SocialInsuranceNumber) -> InsuredPerson? {
        if let other = OtherCard(prefix: socialInsuranceNumber.number / 100_000_000) {
            return insured(socialInsuranceNumber, other)
        }
        return place(socialInsuranceNumber: socialInsuranceNumber).map(insured)
    }

    /// The holder of a card that is not the one in force.
    private func insured(_ number: SocialInsuranceNumber, _ other: OtherCard) -> InsuredPerson? {
        let person = socialInsuranceOrder.preimage(of: number.number % 100_000_000)
        guard person < configuration.persons else { return nil }
        var found = insured(place(person))
        found.socialInsuranceNumber = number
        if let subject = other.subject { (found.subjectCode, found.benefitLevel) = subject }
        found.standing = other.event.map {
            CardStanding($0, since: found.validFrom, isReportedLate: other == .recalledLate)
        }
        return found
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
