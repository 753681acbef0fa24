import ExchangeSchema
import FHIRMapping
import Foundation
import HealthStandards
import SyntheticPopulation
import Testing

/// The example set in `docs/fhir`: made of synthetic visits, and what is committed is what the mapping gives. With
/// `CLOSED_CYCLE_WRITE_EXAMPLES` set it is written anew.
@Suite struct ExampleSetTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs/fhir")

    private static func visits() throws -> [VisitRecord] {
        let population = try SyntheticPopulation(configuration: PopulationConfiguration(seed: 3, persons: 1_000))
        return (UInt64(0)..<3).map { index in
            let visit = population.visit(index)
            return VisitRecord(
                administrative: visit.administrative, insurance: visit.insurance, clinical: visit.clinical,
                details: visit.details)
        }
    }

    /// The visits as if all were of the first one's patient, and of one book.
    private static func extract() throws -> BookExtract {
        let visits = try visits()
        var extract = SampleBook.extract()
        extract.person = visits[0].administrative
        (extract.citizenNumber, extract.firstNumber) = (
            visits[0].administrative.soCccd, visits[0].administrative.soCccd
        )
        extract.formerNumbers = []
        extract.visits = visits.enumerated().map { place, visit in
            var shared = HistoryVisit()
            shared.sources = [SampleBook.source(UInt64(place) + 10, at: visit.insurance.maCskcb)]
            shared.stay.ngayVao = visit.insurance.ngayVao
            shared.stay.ngayRa = visit.insurance.ngayRa
            shared.stay.maLoaiKcb = visit.insurance.maLoaiKcb
            shared.stay.soNgayDtri = visit.insurance.soNgayDtri
            shared.stay.maTheBhyt = visits[0].insurance.maTheBhyt
            shared.clinical = visit.clinical
            shared.course = visit.details.courses
            if place == 0 { shared.recordSummary = SampleBook.visit().recordSummary }
            shared.drugs = visit.details.drugs
            shared.services = visit.details.services
            shared.results = visit.details.results.map { line in
                var result = HistoryResult()
                result.line = line
                result.facilityCodes = [visit.insurance.maCskcb]
                return result
            }
            return shared
        }
        return extract
    }

    /// A vaccination and a health check, as a facility sends them.
    private static func others() throws -> [BundleRecord.Content] {
        func visit(_ change: (inout PopulationConfiguration) -> Void) throws -> SyntheticVisit {
            var configuration = PopulationConfiguration(seed: 3, persons: 1_000)
            change(&configuration)
            return try SyntheticPopulation(configuration: configuration).visit(0)
        }
        let given = try visit { $0.vaccinationPartsPerMillion = 1_000_000 }
        let made = try visit { $0.healthCheckPartsPerMillion = 1_000_000 }
        return [
            .vaccination(given.administrative, given.clinical.vaccination),
            .healthCheck(
                HealthCheckRecord(
                    administrative: made.administrative, check: made.clinical.healthCheck, results: made.details.results
                )),
        ]
    }

    private static func book(_ set: IdentifierSet) throws -> FHIRValue {
        let extract = try extract()
        var resources = BookMapping(naming: SampleBook.naming, systems: set).resources(extract)
        resources += BookMapping.facilities(extract).map {
            OrganizationResource.resource($0, name: "Cơ sở \($0)", systems: set)
        }
        let base = "http://127.0.0.1:8080/fhir"
        return FHIRBundle.searchset(
            total: resources.count, links: [(relation: "self", url: "\(base)/Patient/Patient-0-0/$everything")],
            entries: resources.map { (url: "\(base)/\($0.key.type.rawValue)/\($0.identifier)", resource: $0.value) },
            at: extract.answeredAt)
    }

    static let examples: [(String, @Sendable () throws -> FHIRValue)] = [
        ("book-vn-core-moh.json", { try book(.moh) }), ("book-vn-core-community.json", { try book(.community) }),
        ("book-local.json", { try book(.local) }),
        (
            "visits-transaction.json",
            { VisitBundle.transaction(try visits(), facilityCode: "01999", systems: .moh) }
        ),
        (
            "records-transaction.json",
            { VisitBundle.transaction(try others(), facilityCode: "01999", systems: .moh) }
        ),
        (
            "visits-transaction-response.json",
            {
                FHIRBundle.transactionResponse([
                    .init(
                        status: "201 Created", version: "1",
                        outcome: [OutcomeIssue("informational", "taken in", severity: "information")])
                ])
            }
        ),
        (
            "outcome.json",
            {
                OutcomeIssue.outcome([
                    OutcomeIssue(
                        "business-rule", "XML1.HO_TEN: a value is required",
                        at: "Bundle.entry[0].resource.name[0].text")
                ])
            }
        ),
        (
            "metadata.json",
            {
                CapabilityStatement.statement(
                    address: "http://127.0.0.1:8080/fhir", security: "Authorization: Bearer TOKEN.")
            }
        ),
    ]

    @Test(arguments: examples) func whatIsCommittedIsWhatIsGiven(
        name: String, make: @Sendable () throws -> FHIRValue
    ) throws {
        let file = Self.folder.appendingPathComponent(name)
        let bytes = try make().printed
        if ProcessInfo.processInfo.environment["CLOSED_CYCLE_WRITE_EXAMPLES"] != nil {
            try Data(bytes).write(to: file)
            return
        }
        #expect(
            try Data(contentsOf: file) == Data(bytes),
            "docs/fhir/\(name) is out of date; run the tests once with CLOSED_CYCLE_WRITE_EXAMPLES=1")
    }
}
