import ExchangeSchema
import Testing
import Vocabulary

@testable import SyntheticPopulation

/// Vaccinations that the population writes: as many as are asked for, sound, and nothing else changed.
@Suite struct VaccinationTests {
    private static func population(
        _ share: UInt64, _ faults: [FaultKind: UInt64] = [:]
    ) throws -> SyntheticPopulation {
        var configuration = PopulationConfiguration(seed: 11, persons: 20_000, facilities: 9)
        configuration.vaccinationPartsPerMillion = share
        configuration.faultPartsPerMillion = faults
        configuration.writesTables = true
        return try SyntheticPopulation(configuration: configuration)
    }

    /// What is no vaccination is byte for byte what it is without them.
    @Test func theOthersAreAsTheyAreWithoutThem() throws {
        let (with, without) = (try Self.population(300_000), try Self.population(0))
        var vaccinations = 0
        for visit in 0..<2_000 as Range<UInt64> {
            #expect(with.recordIdentifier(ofVisit: visit) == without.recordIdentifier(ofVisit: visit))
            guard !with.truth(ofVisit: visit).isVaccination else {
                vaccinations += 1
                continue
            }
            #expect(with.encodedBlocks(ofVisit: visit) == without.encodedBlocks(ofVisit: visit))
            #expect(with.truth(ofVisit: visit) == without.truth(ofVisit: visit))
        }
        #expect((500...700).contains(vaccinations))
        #expect((0..<500).allSatisfy { !without.truth(ofVisit: $0).isVaccination })
    }

    @Test func eachIsSoundAndHasNothingOfAVisit() throws {
        let population = try Self.population(1_000_000)
        var vaccines: Set<String> = []
        for index in 0..<1_000 as Range<UInt64> {
            let blocks = population.encodedBlocks(ofVisit: index)
            #expect(blocks.insurance.isEmpty && blocks.details.isEmpty && population.tables(ofVisit: index).isEmpty)
            let visit = population.visit(index)
            let vaccination = visit.clinical.vaccination
            var rest = visit.clinical
            rest.clearVaccination()
            #expect(visit.clinical.hasVaccination && rest == ClinicalBlock())
            #expect(visit.clinical.encoded == blocks.clinical, "in the form that the generated code writes")
            #expect(!visit.isInsured && visit.fault == nil)
            let given = try VisitTime(parsing: vaccination.ngayTiem, field: "NGAY_TIEM")
            #expect(given.date.number >= (try BirthDate.parse(visit.administrative.ngaySinh)).number)
            let (dose, doses) = (try #require(Int(vaccination.soMui)), try #require(Int(vaccination.tongMui)))
            #expect((1...doses).contains(dose) && (dose < doses) == !vaccination.ngayHen.isEmpty)
            #expect(vaccination.maBacSi.hasPrefix(visit.facilityCode.description) && vaccination.soLo.count == 6)
            vaccines.insert(vaccination.maVacxin)
        }
        #expect(vaccines.count > 6)
    }

    /// Faults of cards, claims and diagnoses do not befall it; those of the person and of its time do, and are corrected.
    @Test(arguments: FaultKind.allCases) func onlyWhatCanBefallItDoes(_ kind: FaultKind) throws {
        let population = try Self.population(1_000_000, [kind: 1_000_000])
        let faulted = (0..<60 as Range<UInt64>).filter { population.truth(ofVisit: $0).fault == kind }
        let cannot: Bool =
            kind.rawValue.hasPrefix("card")
            || [
                .twoCards, .childWithoutCard, .participationStopped, .shareAboveCard, .registeredElsewhere,
                .lineOutsideStay, .sumsAboveLines, .careKindUnknown, .diagnosisMalformed, .amountsContradict,
            ].contains(kind)
        #expect(faulted.isEmpty == cannot, "\(kind): \(faulted.count)")
        for index in faulted {
            #expect(!population.truth(ofVisit: index).isInsured)
            guard kind.isCorrectable else { continue }
            let corrected = population.visit(index, revision: 2)
            let person = population.person(corrected.personIndex)
            #expect(corrected.administrative.hoTen == person.fullName)
            #expect(corrected.administrative.soCccd == person.citizenNumber.description)
            #expect(!corrected.clinical.vaccination.ngayTiem.isEmpty)
        }
    }

    @Test func contradictingDatesAreAVaccinationBeforeBirth() throws {
        let population = try Self.population(1_000_000, [.dischargeBeforeAdmission: 1_000_000])
        for index in 0..<50 as Range<UInt64> {
            let visit = population.visit(index)
            let given = try VisitTime(parsing: visit.clinical.vaccination.ngayTiem, field: "")
            #expect(given.date.number < (try BirthDate.parse(visit.administrative.ngaySinh)).number)
        }
    }
}
