public import ExchangeSchema

extension SyntheticPopulation {
    /// The number in force of a person; people beyond the population have the number of somebody in it.
    public func citizenNumber(ofPerson index: UInt64) -> CitizenNumber { citizenNumber(place(index)) }

    /// Whose number this is, whether in force or superseded; nil when it was never issued.
    public func index(ofCitizenNumber number: CitizenNumber) -> UInt64? { place(citizenNumber: number)?.place.person }

    /// Whose 9-digit number of the old identity card this is; nil when it was never issued.
    public func index(ofOldIdentityNumber number: String) -> UInt64? { place(oldIdentityNumber: number)?.person }

    /// Whose number of social insurance this is; nil when it was never issued.
    public func index(ofSocialInsuranceNumber number: SocialInsuranceNumber) -> UInt64? {
        place(socialInsuranceNumber: number)?.person
    }

    /// The old identity card's number as a number of up to nine digits; nil for people born from 2000 on.
    ///
    /// Simulator-defined: a random order of all nine-digit numbers. Real ones begin with a code of the province.
    func oldIdentityNumber(_ place: BirthPlace) -> UInt64? {
        guard place.cell.year < 2_000 else { return nil }
        let member = hasSharedOldNumber(place.person) ? 0 : place.person & 1
        return oldIdentityOrder.image(of: place.pair * 2 + member)
    }

    /// Whether both of a person's pair had the same number of the old identity card.
    func hasSharedOldNumber(_ person: UInt64) -> Bool {
        sharedOldNumbers.contains(person / 2) && person ^ 1 < configuration.persons
    }

    func place(oldIdentityNumber text: String) -> BirthPlace? {
        guard text.utf8.count == 9, let number = UInt64(text), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else {
            return nil
        }
        let position = oldIdentityOrder.preimage(of: number)
        guard position / 2 < cells.positions(before: 2_000).upperBound else { return nil }
        let found = place(pair: position / 2, member: position & 1)
        // The second number of a pair with one between them was never issued.
        if let found, position & 1 == 1, hasSharedOldNumber(found.person) { return nil }
        return found
    }

    /// Two digits of the province of birth registration, then eight that no two people share.
    func socialInsuranceNumber(_ place: BirthPlace) -> SocialInsuranceNumber {
        let serial = socialInsuranceOrder.image(of: place.person)
        let number = UInt64(place.cell.province.number) * 100_000_000 + serial
        guard let result = SocialInsuranceNumber(number: number) else {
            preconditionFailure("a province of two digits and a serial of eight are ten digits")
        }
        return result
    }

    func place(socialInsuranceNumber: SocialInsuranceNumber) -> BirthPlace? {
        let person = socialInsuranceOrder.preimage(of: socialInsuranceNumber.number % 100_000_000)
        guard person < configuration.persons else { return nil }
        let place = place(person)
        return UInt64(place.cell.province.number) == socialInsuranceNumber.number / 100_000_000 ? place : nil
    }
}
