import ExchangeSchema
import Testing

@testable import HealthStandards

@Suite struct EnvelopeRoundTripTests {
    @Test(arguments: ValidationProfile.allCases)
    func everyFieldSurvivesWritingAndReading(profile: ValidationProfile) throws {
        var samples = SampleVisits(seed: 42)
        let visits = (0..<60).map { samples.visit("LK\($0)", rows: $0 % 4, profile: profile) }
        let bytes = try EnvelopeWriter.write(visits, facilityCode: "01001", createdOn: "20251231")
        let report = try EnvelopeReader.read(bytes, profile: profile)
        #expect(report.problems.map(\.description) == [])
        for (index, visit) in visits.enumerated() where report.visits.count == visits.count {
            #expect(exactly(visit, report.visits[index]), "visit \(index)")
        }
        #expect(report.visitCount == 60)
        #expect(report.visits.count == 60)
        #expect(report.envelope.facilityCode == "01001")
        #expect(report.envelope.createdOn == "20251231")
        #expect(report.envelope.signature == nil)
        #expect(report.envelope.skippedElements == [])
    }

    @Test func writingWhatWasReadGivesTheSameBytes() throws {
        var samples = SampleVisits(seed: 3)
        let bytes = try EnvelopeWriter.write([samples.visit("A")], facilityCode: "01001", createdOn: "20251231")
        let report = try EnvelopeReader.read(bytes)
        #expect(try EnvelopeWriter.write(report.visits, facilityCode: "01001", createdOn: "20251231") == bytes)
    }

    /// Lengths and kinds aside, any text that XML can carry comes back scalar for scalar.
    @Test(arguments: SampleVisits.awkwardTexts)
    func everyFieldCarriesAnyText(text: String) throws {
        try carries(text, in: SummaryRow.self)
        try carries(text, in: DrugLine.self)
        try carries(text, in: ServiceLine.self)
        try carries(text, in: ResultLine.self)
        try carries(text, in: CourseLine.self)
    }

    @Test func keepsElementsOutsideTheAnnex() throws {
        var samples = SampleVisits(seed: 5)
        var visit = samples.visit("A")
        visit.clinical.otherFields = [other("GHI_CHU_RIENG", "a < b\r"), other("LẠ", ""), other("GHI_CHU_RIENG", "2")]
        visit.details.drugs[1].otherFields = [other("NHA_CUNG_CAP", "Công ty Đ")]
        let bytes = try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20251231")
        #expect(try EnvelopeReader.read(bytes).visits == [visit])
    }

    @Test func putsUnknownSummaryElementsIntoTheBlockThatTravelsLeast() throws {
        var samples = SampleVisits(seed: 5)
        var visit = samples.visit("A")
        visit.insurance.otherFields = [other("X1", "1")]
        let bytes = try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20251231")
        let read = try #require(try EnvelopeReader.read(bytes).visits.first)
        #expect(read.clinical.otherFields == [other("X1", "1")])
        #expect(read.insurance.otherFields == [])
    }

    @Test func refusesToWriteACharacterThatXMLCannotCarry() throws {
        var samples = SampleVisits(seed: 5)
        var visit = samples.visit("A")
        visit.details.drugs[1].tenThuoc = "a\u{1}b"
        let error = #expect(throws: EnvelopeProblem.self) {
            try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20251231")
        }
        #expect(
            error?.description == "record 1 (MA_LK A): table XML2, row 2, field TEN_THUOC: "
                + "has the character U+0001, which XML cannot carry")
    }

    @Test(arguments: [
        ("", "is not a name that an element can have"), ("a b", "is not a name that an element can have"),
        ("1A", "is not a name that an element can have"), ("x:y", "is not a name that an element can have"),
        ("TEN_THUOC", "is the name of a field of the table, not of an element outside the annex"),
    ])
    func refusesToWriteAnUnfitElementName(name: String, rule: String) throws {
        var samples = SampleVisits(seed: 5)
        var visit = samples.visit("A")
        visit.details.drugs[0].otherFields = [other(name, "1")]
        let error = #expect(throws: EnvelopeProblem.self) {
            try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20251231")
        }
        #expect(error?.rule.description == rule)
    }

    private func other(_ name: String, _ value: String) -> OtherField {
        var field = OtherField()
        field.name = name
        field.value = value
        return field
    }

    private func carries<Row: TableRow>(_ text: String, in type: Row.Type) throws {
        var row = Row()
        for index in Row.definitions.indices { row[field: index] = text + String(index) }
        let handler = TableDocument<Row>(problems: VisitProblems(ordinal: 1))
        try XMLWalk.walk(try TableWriter.document([row]), depthLimit: 8, handler: handler)
        let read = try #require(handler.rows.first)
        for index in Row.definitions.indices {
            // String equality is canonical, which would take NFC for NFD.
            #expect(Array(read[field: index].utf8) == Array(row[field: index].utf8))
        }
    }

    private func exactly(_ first: VisitRecord, _ second: VisitRecord) -> Bool {
        func bytes(_ row: some TableRow) -> [[UInt8]] {
            type(of: row).definitions.indices.map { Array(row[field: $0].utf8) }
        }
        return first == second && bytes(first.summary) == bytes(second.summary)
            && first.details.drugs.map(bytes) == second.details.drugs.map(bytes)
            && first.details.services.map(bytes) == second.details.services.map(bytes)
            && first.details.results.map(bytes) == second.details.results.map(bytes)
            && first.details.courses.map(bytes) == second.details.courses.map(bytes)
    }
}
