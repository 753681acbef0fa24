import ExchangeSchema
import Testing

@testable import FHIRMapping

/// Searches of one book.
@Suite struct ResourceSearchTests {
    private static let now: Int64 = 1_795_200_000_000
    private let all = BookMapping(naming: SampleBook.naming, systems: .moh).resources(SampleBook.extract())

    private func find(_ type: FHIRType, _ criteria: [(String, String)]) throws -> Int {
        let known = SearchParameter.all(of: type)
        let search = ResourceSearch(
            try criteria.map { name, value in (try #require(known.first { $0.name == name }), value) })
        return try search.choose(all.filter { $0.key.type == type }, now: Self.now).count
    }

    static let cases: [(FHIRType, [(String, String)], Int)] = [
        (.condition, [("code", "J18.9")], 1), (.condition, [("code", "http://hl7.org/fhir/sid/icd-10|I10,E11.9")], 4),
        (.condition, [("code", "http://loinc.org|J18.9")], 0), (.condition, [("recorded-date", "2026-11-18")], 3),
        (.observation, [("category", "vital-signs")], 4),
        (.observation, [("date", "ge2026-11-16"), ("date", "lt2026-11-17")], 2),
        (.observation, [("code", "urn:closed-cycle:cs:MA_CHI_SO|WBC")], 1),
        (.encounter, [("type", "urn:closed-cycle:cs:KHAMSUCKHOE|KHAMSUCKHOE")], 1),
        (.clinicalImpression, [("date", "2026-11-17")], 1),
        (.composition, [("type", "http://loinc.org|18842-5"), ("date", "2026-11-18")], 1),
        (.encounter, [("date", "2026-11")], 2), (.encounter, [("date", "gt2026-11-19")], 0),
        (.encounter, [("date", "sa2026-11-15")], 1), (.encounter, [("date", "eb2026-11-15")], 1),
        (.encounter, [("identifier", "urn:ietf:rfc:3986|urn:uuid:01900000-0000-7000-8000-000000000001")], 1),
        (.encounter, [("_lastUpdated", "lt2020")], 0), (.encounter, [("_lastUpdated", "ge2026-11-01")], 2),
        (.coverage, [("identifier", "http://fhir.hl7.org.vn/core/sid/bhyt|GD4010000000103")], 1),
        (.coverage, [("identifier", "http://fhir.ehealth.gov.vn/core/sid/insurance_number|")], 2),
        (.coverage, [("identifier", "|GD4010000000103")], 0),
        (.immunization, [("vaccine-code", "VX01"), ("date", "2026-11-01")], 1),
        (.medicationRequest, [("authoredon", "2026-11-16T09:00")], 2), (.medicationRequest, [("_id", "x,y")], 0),
        (.procedure, [("date", "ap2026-11-16")], 1), (.composition, [("date", "ge2026")], 2),
    ]

    @Test(arguments: cases) func whatIsAskedForIsFound(type: FHIRType, criteria: [(String, String)], count: Int) throws
    {
        #expect(try find(type, criteria) == count, "\(type) \(criteria)")
    }

    @Test func rowsOfAVisitAreFoundByIt() throws {
        let encounter = try #require(all.first { $0.key.type == .encounter }).identifier
        #expect(try find(.observation, [("encounter", "Encounter/\(encounter)")]) == 3)
        #expect(try find(.observation, [("encounter", encounter)]) == 3)
        #expect(try find(.observation, [("encounter", "Encounter/x")]) == 0)
    }

    @Test func aValueThatIsNoneIsNamedAndNotRepeated() {
        do {
            _ = try find(.encounter, [("date", "001180000101")])
            Issue.record("it was taken")
        } catch {
            let problem = error as? SearchProblem
            #expect(problem?.parameter == "date" && problem?.problem.contains("001180000101") == false)
        }
    }

    @Test func everythingOfASpanKeepsWhatHasNoTime() throws {
        let early = try ResourceSearch.happened(all, since: nil, until: "2026-11-01", now: Self.now)
        #expect(Set(early.map(\.key.type)).isSuperset(of: [.patient, .immunization, .coverage, .composition]))
        #expect(!early.contains { $0.key.type == .encounter })
        let late = try ResourceSearch.happened(all, since: "2026-11-17", until: nil, now: Self.now)
        #expect(late.contains { $0.key.type == .encounter } && !late.contains { $0.key.type == .medicationRequest })
        #expect(throws: SearchProblem.self) { try ResourceSearch.happened(all, since: "x", until: nil, now: Self.now) }
    }
}
