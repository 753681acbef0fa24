import ExchangeSchema
import SyntheticPopulation
import Testing
import Vocabulary

/// Facilities, the identifiers of records, and the settings.
@Suite struct FacilityAndClockTests {
    static func population(_ change: (inout PopulationConfiguration) -> Void) throws -> SyntheticPopulation {
        var configuration = PopulationConfiguration(seed: 9, persons: 10_000)
        change(&configuration)
        return try SyntheticPopulation(configuration: configuration)
    }

    @Test(arguments: [1, 2, 120, 10_000]) func facilitiesHaveCodesOfTheirOwn(_ count: Int) throws {
        let population = try Self.population { $0.facilities = count }
        let facilities = (0..<count).map(population.facility)
        #expect(Set(facilities.map(\.code)).count == count)
        for facility in facilities {
            #expect(try FacilityCode(parsing: facility.code.description) == facility.code)
            #expect(population.facilityIndex(ofCode: facility.code) == facility.index)
            #expect(facility.province == facility.code.formerProvince.province)
        }
        #expect(population.facility(count) == facilities[0])
        #expect(population.facility(-1).code.number > 0)
    }

    @Test func fewFacilitiesHaveMostVisits() throws {
        let population = try Self.population { $0.facilities = 1_000 }
        var visits = [Int](repeating: 0, count: 1_000)
        for visit in 0..<40_000 as Range<UInt64> { visits[population.truth(ofVisit: visit).facilityIndex] += 1 }
        let sorted = visits.sorted(by: >)
        #expect(sorted[0] > 15 * 40)
        #expect(sorted.prefix(100).reduce(0, +) > 15_000)
        #expect(sorted[900] > 0)
        let first = (0..<1_000).map(population.facility).max { $0.visitsPartsPerMillion < $1.visitsPartsPerMillion }
        #expect(first.map { visits[$0.index] } ?? 0 > 15 * 40)
    }

    @Test(arguments: [1, 7, 999, 1_000, 1_001, 250_000, 1_000_000] as [UInt64])
    func recordIdentifiersAscendAndInvert(_ perSecond: UInt64) throws {
        let population = try Self.population { $0.visitsPerSecond = perSecond }
        var last = RecordIdentifier(high: 0, low: 0)
        for start in [0, 1_000_000, 199_999_000] as [UInt64] {
            for visit in start..<start + 1_500 {
                let identifier = population.recordIdentifier(ofVisit: visit)
                #expect(last < identifier)
                #expect(population.visitIndex(ofRecord: identifier) == visit)
                last = identifier
            }
        }
        #expect(population.visitIndex(ofRecord: RecordIdentifier(high: last.high, low: last.low ^ 1)) == nil)
        #expect(population.visitIndex(ofRecord: RecordIdentifier(high: 0, low: 0)) == nil)
        #expect(population.visitIndex(ofRecord: RecordIdentifier(high: UInt64.max, low: 0)) == nil)
    }

    @Test func farVisitsDoNotTrap() throws {
        let population = try Self.population { $0.visitsPerSecond = 1_000_000 }
        #expect(population.encodedBlocks(ofVisit: 1_000_000_000_000).count > 500)
        #expect(population.recordIdentifier(ofVisit: UInt64.max).description.utf8.count == 36)
    }

    @Test func wrongSettingsAreNamed() {
        expect("persons") { $0.persons = 1 }
        expect("persons") { $0.persons = 100_000_001 }
        expect("facilities") { $0.facilities = -3 }
        expect("visitsPerSecond") { $0.visitsPerSecond = 0 }
        expect("visitsStart") { $0.visitsStart = -1 }
        expect("deceasedPartsPerMillion") { $0.deceasedPartsPerMillion = 500_001 }
        expect("faultPartsPerMillion[deceased]") { $0.faultPartsPerMillion = [.deceased: 1_000_001] }
        expect("faultPartsPerMillion (their sum)") {
            $0.faultPartsPerMillion = [.deceased: 600_000, .nameWrong: 400_001]
        }
    }

    private func expect(_ setting: String, _ change: (inout PopulationConfiguration) -> Void) {
        let error = #expect(throws: PopulationError.self) { try Self.population(change) }
        #expect(error?.setting == setting)
        #expect(error?.description.contains("must be from") == true)
    }

    @Test func ratesAreRoundedToPartsPerMillion() {
        #expect(
            [0, 0.000_000_4, 0.06, 1, 7, -1, .nan].map(PopulationConfiguration.partsPerMillion)
                == [0, 0, 60_000, 1_000_000, 1_000_000, 0, 0])
    }

    @Test(arguments: [946_771_200_000, 1_735_689_600_000, 1_709_164_800_000, 4_070_822_400_000] as [Int64])
    func visitsOfOtherYearsAreRightToo(_ start: Int64) throws {
        let population = try Self.population { $0.visitsStart = start }
        let parties = PartiesInShort(population: population)
        for index in 0..<200 as Range<UInt64> {
            let visit = population.visit(index)
            #expect(parties.answer(visit) == .shared(person: visit.personIndex))
        }
    }
}
