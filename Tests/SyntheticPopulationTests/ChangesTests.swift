import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import SyntheticPopulation

/// What happens to people in the visits' time: computed both ways, and never in the way of a visit.
@Suite struct ChangesTests {
    private static func population(_ rates: [FaultKind: UInt64]? = nil, seed: UInt64 = 3) throws -> SyntheticPopulation
    {
        var configuration = PopulationConfiguration(seed: seed, persons: 40_000)
        configuration.faultPartsPerMillion =
            rates ?? Dictionary(uniqueKeysWithValues: FaultKind.changes.map { ($0, 60_000) })
        configuration.changingPartsPerMillion = 10_000
        return try SyntheticPopulation(configuration: configuration)
    }

    @Test func everyChangeIsFoundByItsPlaceAndByItsPerson() throws {
        let population = try Self.population()
        let planned = PlannedChanges(population: population, visits: 1_000)
        #expect(planned.count == 400)
        var kinds: Set<FaultKind> = []
        for index in 0..<planned.count {
            guard let change = planned.change(index) else { continue }
            let person = try #require(population.person(citizenNumber: change.citizenNumber))
            #expect(person.unreported == UnreportedChange(index: index, change: change))
            let place = try #require(population.index(ofCitizenNumber: change.citizenNumber))
            kinds.insert(try #require(population.changeKind(of: place)))
            switch change.kind {
            case .moved(let from, let to):
                #expect(from != to && person.residentProvince == to && person.formerProvince == from)
            case .died: #expect(person.death == change.moment)
            case .missing: #expect(person.missingSince == change.moment.date)
            case .reissued(let former):
                let old = try #require(population.person(citizenNumber: former))
                #expect(former != change.citizenNumber && old.isSuperseded && !person.isSuperseded)
                #expect(old.numberSince == change.moment.date && old.citizenNumber == change.citizenNumber)
                #expect(population.index(ofCitizenNumber: former) == place)
            }
        }
        #expect(kinds == Set(FaultKind.changes))
        #expect(planned.reported == Int64((0..<planned.count).count { planned.change($0) != nil }))
        // The dead, and those renumbered before, have nothing to report.
        #expect(planned.reported <= planned.count && planned.reported > planned.count * 9 / 10)
    }

    @Test func eachIsDueInItsTurnAndTheLastAfterHalfOfTheVisits() throws {
        let planned = PlannedChanges(population: try Self.population(), visits: 1_000)
        #expect(!planned.isDue(0, afterChecks: 0) && !planned.isDue(399, afterChecks: 499))
        #expect(planned.isDue(399, afterChecks: 500) && planned.isDue(0, afterChecks: 2))
        let alone = PlannedChanges(population: try Self.population(), visits: 0)
        #expect(!alone.isDue(0, afterChecks: 0) && alone.isDue(399, afterChecks: 1))
    }

    /// Nobody comes who has died or lost the number, but for the visit before it.
    @Test func noOtherVisitMeetsADeathOrANewNumber() throws {
        let population = try Self.population()
        var seen: [FaultKind: Int] = [:]
        for index in 0..<6_000 as Range<UInt64> {
            let (fault, person) = (population.fault(ofVisit: index), population.personIndex(ofVisit: index))
            let kind = population.changeKind(of: person)
            if let fault, FaultKind.changes.contains(fault) { #expect(kind == fault) }
            if kind == .diedInHospital || kind == .renumberedAfterwards { #expect(fault == kind) }
            if let kind { seen[kind, default: 0] += 1 }
        }
        #expect(FaultKind.changes.allSatisfy { seen[$0] ?? 0 > 200 }, "\(seen)")
        let died = try #require((0..<6_000).first { population.fault(ofVisit: UInt64($0)) == .diedInHospital })
        #expect(population.visit(UInt64(died)).clinical.ketQuaDtri == "5")
    }

    @Test func withoutTheFaultsNothingHappensAndNoBytesChange() throws {
        var configuration = PopulationConfiguration(seed: 3, persons: 40_000)
        let plain = try SyntheticPopulation(configuration: configuration)
        configuration.changingPartsPerMillion = 500_000
        let other = try SyntheticPopulation(configuration: configuration)
        #expect(PlannedChanges(population: plain, visits: 9).count == 0)
        for visit in 0..<200 as Range<UInt64> {
            #expect(plain.encodedBlocks(ofVisit: visit) == other.encodedBlocks(ofVisit: visit))
        }
    }

    @Test func changesAreSpreadOverTheVisitsOfSuchPeople() {
        var configuration = PopulationConfiguration(seed: 1, persons: 400_000)
        configuration.faultPartsPerMillion = [.movedAfterwards: 50_000, .diedInHospital: 50_000]
        configuration.spreadChanges(overVisits: 6_000)
        #expect(configuration.changingPartsPerMillion == 1_500)
    }

    @Test func twoPeopleHadOneOldNumberAndTheSecondNumberIsNobodys() throws {
        let population = try Self.population([.oldIdentityNumberShared: 1_000_000])
        var pairs = 0
        for index in 0..<40 as Range<UInt64> {
            guard population.fault(ofVisit: index) == .oldIdentityNumberShared else { continue }
            let person = population.personIndex(ofVisit: index)
            let number = try #require(population.person(person).oldIdentityNumber)
            #expect(population.person(person ^ 1).oldIdentityNumber == number)
            #expect(population.isOfSeveralPeople(oldIdentityNumber: number))
            #expect(population.visit(index).administrative.soCccd == number)
            pairs += 1
        }
        #expect(pairs == 40)
        let plain = try Self.population([:])
        let number = try #require((0..<100).lazy.compactMap { plain.person($0).oldIdentityNumber }.first)
        #expect(!plain.isOfSeveralPeople(oldIdentityNumber: number))
    }
}
