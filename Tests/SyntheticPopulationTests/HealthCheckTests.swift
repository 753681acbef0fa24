import ExchangeSchema
import Testing
import Vocabulary

@testable import SyntheticPopulation

/// Health checks that the population writes: as many as are asked for, sound, and nothing else changed.
@Suite struct HealthCheckTests {
    private static func population(
        _ share: UInt64, _ faults: [FaultKind: UInt64] = [:], vaccinations: UInt64 = 0
    ) throws -> SyntheticPopulation {
        var configuration = PopulationConfiguration(seed: 12, persons: 20_000, facilities: 9)
        configuration.healthCheckPartsPerMillion = share
        configuration.vaccinationPartsPerMillion = vaccinations
        configuration.faultPartsPerMillion = faults
        configuration.writesTables = true
        return try SyntheticPopulation(configuration: configuration)
    }

    /// What is none is byte for byte what it is without them, and vaccinations stay what they are.
    @Test func theOthersAreAsTheyAreWithoutThem() throws {
        let with = try Self.population(300_000, vaccinations: 200_000)
        let without = try Self.population(0, vaccinations: 200_000)
        var checks = 0
        for visit in 0..<2_000 as Range<UInt64> {
            #expect(with.recordIdentifier(ofVisit: visit) == without.recordIdentifier(ofVisit: visit))
            guard with.truth(ofVisit: visit).kind != .healthCheck else {
                checks += 1
                continue
            }
            #expect(with.encodedBlocks(ofVisit: visit) == without.encodedBlocks(ofVisit: visit))
            #expect(with.truth(ofVisit: visit) == without.truth(ofVisit: visit))
        }
        #expect((400...560).contains(checks), "\(checks)")
    }

    @Test func eachIsSoundAndHasNothingOfAVisit() throws {
        let population = try Self.population(1_000_000)
        var (children, ill, results) = (0, 0, 0)
        for index in 0..<1_500 as Range<UInt64> {
            let blocks = population.encodedBlocks(ofVisit: index)
            #expect(blocks.insurance.isEmpty && population.tables(ofVisit: index).isEmpty)
            let visit = population.visit(index)
            let check = visit.clinical.healthCheck
            var rest = visit.clinical
            rest.clearHealthCheck()
            #expect(visit.clinical.hasHealthCheck && rest == ClinicalBlock())
            #expect(visit.clinical.encoded == blocks.clinical, "in the form that the generated code writes")
            #expect(visit.details.encoded == blocks.details)
            #expect(!visit.isInsured && visit.fault == nil && check.maCskcb == visit.facilityCode.description)
            var details = visit.details
            results += details.results.count
            details.results = []
            #expect(details == ClinicalDetails())
            let made = try VisitTime(parsing: check.ngayVao, field: "NGAY_VAO")
            let birth = try BirthDate.parse(visit.administrative.ngaySinh)
            #expect(made.date.number >= birth.number && check.maGtinCskcb.count == 13)
            if HealthCheckForm(birth: birth, on: made.date) == .underSix {
                children += 1
                #expect(!check.xml3Mach.isEmpty && !check.xml4CanNang.isEmpty && !check.xml8BinhThuong.isEmpty)
                #expect(check.xml12PhanLoaiSk.isEmpty && check.doiTuong == "10")
            } else {
                #expect((1...5).contains(try #require(Int(check.xml12PhanLoaiSk))) && check.xml3Mach.isEmpty)
                #expect(!check.xml10HuyetAp.isEmpty && !check.xml10ChiSoBmi.isEmpty)
                if !check.diseases.isEmpty { ill += 1 }
            }
            #expect(!check.tables.isEmpty && check.tables.allSatisfy { !$0.fields.isEmpty })
        }
        #expect(children > 50 && ill > 300 && results > 100, "\(children) \(ill) \(results)")
    }

    /// Faults of cards and claims do not befall it; those of the person, its time and its conclusion do, and are corrected.
    @Test(arguments: FaultKind.allCases) func onlyWhatCanBefallItDoes(_ kind: FaultKind) throws {
        let population = try Self.population(1_000_000, [kind: 1_000_000])
        let faulted = (0..<60 as Range<UInt64>).filter { population.truth(ofVisit: $0).fault == kind }
        let cannot: Bool =
            kind.rawValue.hasPrefix("card")
            || [
                .twoCards, .childWithoutCard, .participationStopped, .shareAboveCard, .registeredElsewhere,
                .lineOutsideStay, .sumsAboveLines, .careKindUnknown, .amountsContradict,
            ].contains(kind)
        #expect(faulted.isEmpty == cannot, "\(kind): \(faulted.count)")
        for index in faulted where kind.isCorrectable {
            let corrected = population.visit(index, revision: 2)
            #expect(corrected.administrative.hoTen == population.person(corrected.personIndex).fullName)
            #expect(!corrected.clinical.healthCheck.ngayVao.isEmpty)
        }
        guard kind == .diagnosisMalformed else { return }
        for index in faulted {
            #expect(throws: IdentifierError.self) {
                try DiagnosisCode.list(parsing: population.visit(index).clinical.healthCheck.diseases)
            }
        }
    }
}
