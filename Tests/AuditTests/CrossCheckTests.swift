import Audit
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import Vocabulary

/// Parties whose journals are sound, each for itself, and do not agree.
@Suite struct CrossCheckTests {
    let exchange: SmallExchange

    init() throws { exchange = try SmallExchange() }

    private func add(_ change: (SmallParty, SmallParty) throws -> Void) throws -> [AuditFinding] {
        try exchange.fill()
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try change(moh, vss)
        try moh.close()
        try vss.close()
        return try exchange.verify().findings
    }

    private func message(_ number: Int64) -> String {
        MessageIdentifier(.acceptedRecord, record: .stored(number), revision: 1).description
    }

    @Test func whatWasSentAndOvertakenIsMissing() throws {
        let findings = try add { moh, vss in
            try moh.commit(sending: [500, 501, 502, 503].map { .init(.acceptedRecord, .stored($0)) })
            try vss.commit(receiving: [501, 502, 503].map { .init(.acceptedRecord, .stored($0)) })
        }
        #expect(findings.count == 1)
        #expect(findings.first?.kind == .missing && findings.first?.party == "moh")
        #expect(findings.first?.leaf == 480 && findings.first?.message == message(500))
    }

    @Test func whatWasSentLastIsLate() throws {
        let findings = try add { moh, _ in try moh.commit(sending: [.init(.acceptedRecord, .stored(500))]) }
        #expect(findings.map(\.kind) == [.late] && findings[0].message == message(500))
    }

    @Test func whatNobodySentIsExtra() throws {
        let findings = try add { _, vss in try vss.commit(receiving: [.init(.acceptedRecord, .stored(500))]) }
        #expect(findings.map(\.kind) == [.extra])
        #expect(findings[0].party == "vss" && findings[0].leaf == 480 && findings[0].message == message(500))
    }

    @Test func anotherPayloadIsAltered() throws {
        let findings = try add { moh, vss in
            try moh.commit(sending: [.init(.acceptedRecord, .stored(500))])
            try vss.commit(receiving: [.init(.acceptedRecord, .stored(500), payload: [1])])
        }
        #expect(findings.map(\.kind) == [.altered])
        #expect(findings[0].party == "vss" && findings[0].message == message(500))
    }

    @Test func whatWasTakenInTwiceIsDoubled() throws {
        let findings = try add { _, vss in try vss.commit(receiving: [.init(.acceptedRecord, .stored(3))]) }
        #expect(findings.map(\.kind) == [.doubled] && findings[0].leaf == 480)
    }

    @Test func whoMayNotSendIsNamed() throws {
        let findings = try add { moh, _ in
            try moh.commit(sending: [.init(.assessment, .stored(500))])
            try moh.commit(receiving: [.init(.assessment, .stored(500))])
        }
        #expect(findings.map(\.kind) == [.extra] && findings[0].party == "moh" && findings[0].leaf == 480)
    }

    @Test(arguments: ["moh", "vss"]) func anOlderCopyOfOnePartyIsFound(party: String) throws {
        try exchange.fill()
        let copy = exchange.path + "/copy"
        try FileManager.default.copyItem(atPath: exchange.directory(party), toPath: copy)
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try moh.commit(sending: [.init(.acceptedRecord, .stored(500))])
        try vss.commit(
            receiving: [.init(.acceptedRecord, .stored(500))], sending: [.init(.assessment, .stored(500))])
        try moh.commit(receiving: [.init(.assessment, .stored(500))])
        try moh.close()
        try vss.close()
        #expect(try exchange.verify().findings == [])
        try FileManager.default.removeItem(atPath: exchange.directory(party))
        try FileManager.default.moveItem(atPath: copy, toPath: exchange.directory(party))
        let findings = try exchange.verify().findings
        #expect(findings.contains { $0.kind == .rolledBack && $0.party == party && $0.leaf == 480 })
        #expect(findings.contains { $0.kind == .extra && $0.party != party })
    }

    @Test func aRecordIsFollowedThroughAllParties() throws {
        try exchange.fill()
        let trace = try exchange.trace(.stored(45))
        #expect(trace.steps.map(\.party) == ["moh", "vss", "vss", "moh"])
        #expect(trace.steps.map(\.isSent) == [true, false, true, false])
        #expect(trace.steps[1].topic == "moh.records" && trace.steps[1].partition == 1)
        #expect(trace.mermaid.contains("moh->>vss: acceptedRecord (accepted)"))
        #expect(trace.text.contains("vss  receives acceptedRecord: accepted  moh.records/1@"))
        let read = try JSONDecoder().decode(RecordTrace.self, from: try trace.json)
        #expect(read == trace)
        #expect(try exchange.trace(.stored(999)).steps.isEmpty)
    }
}
