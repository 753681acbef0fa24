import ExchangeSchema
import Foundation
import ProgramTestSupport
import Testing

@testable import Conformance

/// What is said of a locality's warehouse, by tables of what it holds of a record.
@Suite struct KeptRecordTests {
    private static let record = RecordIdentifier(high: 1, low: 2)

    typealias Found = (kept: KeptRecord, right: [UInt32: String], wrong: [[UInt32: String]])
    static let tables: [Found] = [
        (KeptRecord(record: record, current: 1), [1: "current"], [[:], [1: "superseded"], [1: "withdrawn"]]),
        (
            // Revision: both stand, the older one is lost, the older one stands.
            KeptRecord(record: record, current: 2, history: [1]), [1: "superseded", 2: "current"],
            [[1: "current", 2: "current"], [2: "current"], [1: "current", 2: "superseded"], [1: "current"]]
        ),
        (
            // Late: the earlier one stands in place of the later one, or beside it.
            KeptRecord(record: record, current: 2), [2: "current"],
            [[1: "current"], [1: "current", 2: "current"], [1: "current", 2: "superseded"]]
        ),
        (
            // Taken back: it stands on, or nothing is left.
            KeptRecord(record: record, history: [1]), [1: "withdrawn"], [[1: "current"], [:]]
        ),
    ]

    @Test(arguments: tables.indices) func whatIsKeptWrongIsNamed(index: Int) {
        let (kept, right, wrong) = Self.tables[index]
        #expect(kept.findings(right) == [])
        for found in wrong { #expect(kept.findings(found) != [], "\(found)") }
    }

    @Test func whatIsWrongInTheWarehouseFailsWhatPassedOnTheWire() {
        let finding = Finding("a", expected: "b", found: "c")
        func result(_ outcome: CaseOutcome) -> CaseResult {
            CaseResult(name: "n", sentence: "s", source: "t", outcome: outcome, seconds: 0)
        }
        #expect(result(.passed).with([]).outcome == .passed)
        #expect(result(.passed).with([finding]).outcome == .failed([finding]))
        #expect(result(.failed([finding])).with([finding]).outcome == .failed([finding, finding]))
        #expect(result(.notApplicable("w")).with([finding]).outcome == .notApplicable("w"))
    }

    @Test func whatIsNoWarehouseIsSaid() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("no database", to: "w.sqlite")
        for path in [file, folder.path + "/none.sqlite"] {
            #expect(throws: ConformanceError.self) { try KeptRecords(path: path) }
        }
    }
}
