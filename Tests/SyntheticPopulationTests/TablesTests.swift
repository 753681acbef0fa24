import ExchangeSchema
import HealthStandards
import SyntheticPopulation
import Testing
import Vocabulary

/// Tables that the population writes: sound by the field tables, the same each time, and none where nobody asks for them.
@Suite struct TablesTests {
    private func population(_ writesTables: Bool) throws -> SyntheticPopulation {
        var configuration = PopulationConfiguration(seed: 9, persons: 20_000, facilities: 7)
        configuration.writesTables = writesTables
        return try SyntheticPopulation(configuration: configuration)
    }

    @Test func withoutTheSwitchThereAreNone() throws {
        let population = try population(false)
        #expect((0..<200).allSatisfy { population.tables(ofVisit: $0).isEmpty })
    }

    /// Each is read from an envelope as it was written, without a fault under either profile.
    @Test(arguments: ValidationProfile.allCases) func everyTableIsSound(profile: ValidationProfile) throws {
        let population = try population(true)
        var seen: [RecordPart: Int] = [:]
        var visits: [String: [VisitRecord]] = [:]
        for index in 0..<1_500 as Range<UInt64> {
            let visit = population.visit(index)
            let tables = population.tables(ofVisit: index)
            #expect(tables.fault == nil && tables == population.tables(ofVisit: index))
            for part in tables.compactMap(\.part) { seen[part, default: 0] += 1 }
            visits[visit.facilityCode.description, default: []].append(
                VisitRecord(
                    administrative: visit.administrative, insurance: visit.insurance, clinical: visit.clinical,
                    details: visit.details, tables: tables.compactMap(TableRows.init)))
        }
        for (facility, visits) in visits {
            let bytes = try EnvelopeWriter.write(visits, facilityCode: facility, createdOn: "20261117")
            let report = try EnvelopeReader.read(bytes, profile: profile)
            #expect(report.warnings.prefix(3).map(\.description) == [])
            let sound = Dictionary(report.visits.map { ($0.episodeCode, $0.tables) }) { first, _ in first }
            for visit in visits where sound[visit.episodeCode] != nil {
                let isSame = sound[visit.episodeCode] == visit.tables
                #expect(isSame, "\(visit.episodeCode)")
            }
            #expect(sound.count > visits.count / 2)
        }
        let kinds: [RecordPart] = [.xml0, .xml6, .xml7, .xml8, .xml11, .xml13, .xml14, .xml15]
        #expect(Set(seen.keys) == Set(kinds), "\(seen)")
        #expect(seen[.xml6, default: 0] < 30 && seen[.xml7] == seen[.xml8])
    }
}
