import ExchangeSchema

/// Whom a visit is of: what nearly every record writes of a person. What only a fault needs, it asks the population for.
struct VisitPatient {
    var place: BirthPlace
    var group: EthnicGroups.Group
    var birthDay: Int
    var birthDate: CivilDate
    var residence: Residence
    var entitlement: Entitlement

    /// Place in the population.
    var index: UInt64 { place.person }
    var sex: Sex { place.cell.sex }
}

extension SyntheticPopulation {
    /// The person of this index, as ``person(_:)`` knows him or her.
    func patient(_ index: UInt64) -> VisitPatient {
        let place = place(index % configuration.persons)
        let birthDay = birthDay(place)
        let residence = residence(place)
        return VisitPatient(
            place: place, group: ethnicGroup(place), birthDay: birthDay, birthDate: date(birthDay),
            residence: residence, entitlement: entitlement(place, birthDay, residence))
    }
}
