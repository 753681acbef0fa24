import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import SyntheticPopulation

/// Everybody lives somewhere, once: what the computed register says by province is what it says by number.
@Suite struct ResidentsTests {
    @Test func theProvincesTogetherAreThePopulation() throws {
        var configuration = PopulationConfiguration(seed: 3, persons: 20_001)
        configuration.faultPartsPerMillion = Dictionary(uniqueKeysWithValues: FaultKind.changes.map { ($0, 60_000) })
        configuration.changingPartsPerMillion = 50_000
        let population = try SyntheticPopulation(configuration: configuration)
        var residents: Set<CitizenNumber> = []
        var moved: Set<CitizenNumber> = []
        for province in Province.all {
            var seen: Set<CitizenNumber> = []
            population.forEachPossibleResident(of: province) { person in
                #expect(seen.insert(person.citizenNumber).inserted)
                #expect(population.person(citizenNumber: person.citizenNumber) == person)
                #expect(person.residentProvince == province || person.formerProvince != nil)
                if person.residentProvince == province {
                    #expect(residents.insert(person.citizenNumber).inserted)
                }
                // Until C06 has reported the move, the person lives where he or she lived.
                if case .moved(province, _)? = person.unreported?.change.kind { moved.insert(person.citizenNumber) }
            }
        }
        #expect(residents.count == 20_001)
        let expected = (0..<UInt64(20_001)).count { population.changeKind(of: $0) == .movedAfterwards }
        #expect(moved.count == expected && expected > 100)
    }
}
