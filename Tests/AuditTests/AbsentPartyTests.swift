import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import Vocabulary

@testable import Audit

/// A party that is somebody else's has no journal here, and the others are verified without it; one whose journal is gone
/// is not taken for that.
@Suite struct AbsentPartyTests {
    let exchange: SmallExchange

    init() throws { exchange = try SmallExchange() }

    private var absent: AbsentParties { AbsentParties(exchange.subjects) }

    private func audit(_ absent: AbsentParties) -> ExchangeAudit {
        ExchangeAudit(data: exchange.path, subjects: exchange.subjects, outside: [], absent: absent)
    }

    private let records = (0..<40).map { RecordIdentifier.stored(Int64($0)) }

    /// MoH sends, and receives answers of a VSS that keeps no journal.
    private func fillWithoutVSS() throws {
        let moh = try SmallParty("moh", exchange)
        try moh.commit(sending: records.map { .init(.acceptedRecord, $0) })
        try moh.commit(receiving: records.map { .init(.assessment, $0) })
        try moh.close()
    }

    @Test func whatAnOutsiderSentIsNotExtra() throws {
        try fillWithoutVSS()
        #expect(absent.outside == ["vss"] && absent.notBegun.isEmpty)
        let report = try audit(absent).verify()
        #expect(report.findings == [] && report.outside == ["vss"])
        #expect(report.parties.map(\.party) == ["moh"])
        #expect(report.hops.map(\.reader) == ["moh"] && report.hops.map(\.outside) == [40])
        #expect(report.text.contains("vss: outside, keeps no journal here"))
    }

    @Test func figuresAddUpWithoutIt() throws {
        // VSS alone: of the two it keeps records, from which figures are counted.
        let vss = try SmallParty("vss", exchange)
        try vss.commit(
            receiving: records.map { .init(.acceptedRecord, $0) }, sending: records.map { .init(.assessment, $0) })
        try vss.close()
        let found = try Reconciliation(audit(absent), facilities: UnknownFacilities())
        #expect(found.violations == [] && found.findings == [] && found.outside == ["moh"])
        #expect(found.figures.parties.map(\.party) == ["vss"])
        #expect(found.figures.hops.map(\.received) == [40] && found.figures.hops.map(\.ahead) == [40])
        let bound = try BoundFigures(audit(absent), at: .latest, facilities: UnknownFacilities())
        #expect(bound.holds && bound.bindings.map(\.party) == ["vss"])
    }

    @Test func aTraceSaysWhoIsOutside() throws {
        try fillWithoutVSS()
        let trace = try RecordTrace(records[7], subjects: exchange.subjects, absent: absent)
        #expect(trace.steps.map(\.party) == ["moh", "moh"] && trace.outside == ["vss"])
        #expect(trace.text.contains("vss is outside"))
    }

    @Test func aJournalThatIsGoneIsNotOutside() throws {
        try exchange.fill()
        try FileManager.default.removeItem(atPath: exchange.directory("vss"))
        #expect(absent == AbsentParties())
        #expect(try audit(absent).verify().findings.map(\.kind) == [.unreadable])
    }

    @Test func norIsOneOfWhoseLogAnotherKnows() throws {
        try exchange.fill()
        let keys = try Data(contentsOf: URL(fileURLWithPath: exchange.evidence + "/vss.keys"))
        try exchange.alter("moh") {
            try $0.execute(
                sql: "INSERT INTO witness_keys VALUES ('closed-cycle/exchange-1/vss', ?)", arguments: [keys])
        }
        try FileManager.default.removeItem(atPath: exchange.directory("vss"))
        for name in ["pub", "keys", "witness.pub", "checkpoint"] {
            try FileManager.default.removeItem(atPath: exchange.evidence + "/vss." + name)
        }
        #expect(absent == AbsentParties())
        #expect(AbsentParties(exchange.subjects, declared: ["vss"]).outside == ["vss"])
    }

    @Test func whoeverHasBeenStartedIsNotOutside() throws {
        try fillWithoutVSS()
        let started = AbsentParties(exchange.subjects, started: ["vss"])
        #expect(started.outside.isEmpty && started.notBegun == ["vss"])
        let report = try audit(started).verify()
        #expect(report.notBegun == ["vss"] && report.text.contains("vss: has written nothing yet"))
    }

    @Test func whereNothingIsNobodyIsOutside() throws {
        #expect(absent == AbsentParties())
        #expect(try audit(absent).verify().findings.map(\.kind) == [.unreadable, .unreadable])
    }
}
