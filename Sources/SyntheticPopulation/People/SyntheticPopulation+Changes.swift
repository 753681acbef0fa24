import ExchangeSchema
public import PartyCore
import Vocabulary

extension SyntheticPopulation {
    /// Shares are evenly spaced from one beginning: this one begins elsewhere, so that those to whom something happens are not
    /// just the dead.
    private static let changingOffset: UInt64 = 37

    private func isChanging(_ person: UInt64) -> Bool { changing.contains(person + Self.changingOffset) }

    /// How many people before this one are in the share of those to whom something happens.
    func changingCount(below person: UInt64) -> UInt64 {
        changing.count(below: person + Self.changingOffset) - changing.count(below: Self.changingOffset)
    }

    /// The person with so many of the share before him or her; nil beyond the population.
    func changingPerson(_ rank: UInt64) -> UInt64? {
        let member = changing.member(rank + changing.count(below: Self.changingOffset))
        return member.map { $0 - Self.changingOffset }.flatMap { $0 < configuration.persons ? $0 : nil }
    }

    /// What happens to a person in the visits' time; nil for nearly everybody, for the dead, and for those whose number was
    /// issued anew before.
    ///
    /// What happens, happens on the first day of the visits or the day after it: so visits of that day lie before it.
    func changeKind(of person: UInt64) -> FaultKind? {
        guard isChanging(person), !deceased.contains(person), !superseded.contains(person) else { return nil }
        let rates = FaultKind.changes.map { configuration.faultPartsPerMillion[$0] ?? 0 }
        var draws = Draws(seed: configuration.seed, .civilChange, person)
        var point = draws.below(rates.reduce(0, +))
        for (kind, rate) in zip(FaultKind.changes, rates) {
            if point < rate { return kind }
            point -= rate
        }
        return nil
    }

    /// The change of a person that C06 is to report; its place is the person's among all who have one.
    public func change(ofPerson person: UInt64) -> UnreportedChange? {
        guard let kind = changeKind(of: person) else { return nil }
        let place = place(person)
        var draws = Draws(seed: configuration.seed, .civilChange, person)
        _ = draws.next()
        let number = citizenNumber(place)
        let day = CivilMoment(date: date(clock.firstDay))
        let change: CivilChange
        switch kind {
        case .movedAfterwards:
            let from = residence(place).formerProvince.province
            let step = 1 + draws.below(Province.all.count - 1)
            change = CivilChange(
                number, .moved(from: from, to: Province.all[(from.index + step) % Province.all.count]), day)
        case .renumberedAfterwards:
            let serial = Self.firstSupersededSerial + place.ordinal
            change = CivilChange(
                citizenNumber(cellIndex: place.cellIndex, cell: place.cell, serial: serial),
                .reissued(former: number), CivilMoment(date: date(clock.firstDay + 1)))
        case .diedInHospital:
            // Of every second death the hour is known: late on that day.
            let hour: Int32? = draws.below(2) == 0 ? 2_300 + Int32(draws.below(60)) : nil
            change = CivilChange(number, .died, CivilMoment(date: day.date, hourAndMinute: hour))
        default: change = CivilChange(number, .missing, day)
        }
        return UnreportedChange(index: Int64(changingCount(below: person)), change: change)
    }

    /// Whether a person can come to any visit of the whole run: neither dead nor about to die or to lose the number.
    func isAround(_ person: UInt64) -> Bool {
        if deceased.contains(person) { return false }
        let kind = changeKind(of: person)
        return kind != .diedInHospital && kind != .renumberedAfterwards
    }
}

/// What C06 has to report in a scenario, spread over its visits.
public struct PlannedChanges: CivilChanges {
    private let population: SyntheticPopulation
    private let visits: Int64
    /// How many there are: people in the population's share, some of whom have nothing to report after all.
    public let count: Int64

    /// The changes of a population.
    /// - Parameter visits: Visits of the scenario.
    public init(population: SyntheticPopulation, visits: Int64) {
        self.population = population
        self.visits = visits
        count = Int64(population.changingCount(below: population.configuration.persons))
    }

    /// The last one is due when C06 has been asked about half of the visits: some never come to it.
    public func isDue(_ index: Int64, afterChecks checks: Int64) -> Bool {
        checks > 0 && checks * count * 2 >= (index + 1) * visits
    }

    /// The change of the person at a place of the share; nil where nothing happens to him or her.
    public func change(_ index: Int64) -> CivilChange? {
        guard let person = population.changingPerson(UInt64(index)) else { return nil }
        return population.change(ofPerson: person)?.change
    }

    /// How many of them C06 reports.
    public var reported: Int64 { (0..<count).reduce(0) { $0 + (change($1) == nil ? 0 : 1) } }
}
