import Audit
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import Vocabulary

/// Party against party, with both sides' leaves.
@Suite struct ReconciliationTests {
    let exchange: SmallExchange

    init() throws { exchange = try SmallExchange() }

    private func reconciled(_ change: (SmallParty, SmallParty) throws -> Void) throws -> Reconciliation {
        try exchange.fill()
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        try change(moh, vss)
        try moh.close()
        try vss.close()
        return try exchange.reconcile()
    }

    private func message(_ number: Int64) -> String {
        MessageIdentifier(.acceptedRecord, record: .stored(number), revision: 1).description
    }

    @Test func whatIsMissingIsNamedWithTheSendersLeaf() throws {
        let found = try reconciled { moh, vss in
            try moh.commit(sending: [500, 501, 502, 503].map { .init(.acceptedRecord, .stored($0)) })
            try vss.commit(receiving: [501, 502, 503].map { .init(.acceptedRecord, .stored($0)) })
        }
        let missing = try #require(found.disagreements.first)
        #expect(found.disagreements.count == 1 && !found.agrees)
        #expect(missing.kind == .missing && missing.message == message(500) && missing.to == "vss")
        #expect(missing.evidence.map(\.party) == ["moh"] && missing.evidence[0].leaf == 480)
        #expect(missing.evidence[0].decision == "sent" && missing.evidence[0].digest.count == 64)
        #expect(found.text.contains("missing: record") && found.text.contains("moh leaf 480: sent"))
    }

    @Test func anAlteredMessageHasBothSides() throws {
        let found = try reconciled { moh, vss in
            try moh.commit(sending: [.init(.acceptedRecord, .stored(500))])
            try vss.commit(receiving: [.init(.acceptedRecord, .stored(500), payload: [1])])
        }
        let altered = try #require(found.disagreements.first)
        #expect(altered.kind == .altered && altered.evidence.map(\.party) == ["moh", "vss"])
        let sides = altered.evidence
        #expect(sides[0].digest != sides[1].digest && sides[0].topic == nil)
        #expect(sides[1].topic == "moh.records" && sides[1].partition == 0 && sides[1].offset != nil)
    }

    @Test func aDoubledMessageHasBothReceipts() throws {
        let found = try reconciled { _, vss in try vss.commit(receiving: [.init(.acceptedRecord, .stored(3))]) }
        let doubled = try #require(found.disagreements.first)
        #expect(doubled.record == RecordIdentifier.stored(3).description)
        #expect(doubled.kind == .doubled && doubled.evidence.count == 2)
        #expect(doubled.evidence.allSatisfy { $0.party == "vss" } && doubled.evidence[1].leaf == 480)
    }

    @Test(arguments: [AuditFinding.Kind.late, .extra]) func lateAndExtraAreTold(kind: AuditFinding.Kind) throws {
        let found = try reconciled { moh, vss in
            let message = SmallParty.Message(.acceptedRecord, .stored(500))
            if kind == .late { try moh.commit(sending: [message]) } else { try vss.commit(receiving: [message]) }
        }
        #expect(found.disagreements.map(\.kind) == [kind])
        #expect(found.disagreements[0].to == "vss" && found.disagreements[0].evidence.count == 1)
        let read = try JSONDecoder().decode(Reconciliation.self, from: try found.json)
        #expect(read == found)
    }

    @Test func whatAgreesHasNoDisagreements() throws {
        let found = try reconciled { _, _ in }
        #expect(found.disagreements == [] && found.findings == [] && found.violations == [])
        #expect(found.agrees && found.text.hasSuffix("all parties agree"))
        let vss = try #require(found.figures.parties.first { $0.party == "vss" })
        #expect(vss.submitted == 240 && vss.shared == 240 && vss.conserves)
        let hops = found.figures.hops
        #expect(hops.map(\.sent) == [240, 240] && hops.map(\.received) == [240, 240])
        #expect(hops.allSatisfy { $0.latency?.count == 240 && $0.conserves })
    }

    @Test func aLedgerThatTheLeavesContradictIsAViolation() throws {
        try exchange.fill()
        // The law still holds within the ledger: only the leaves tell.
        try exchange.alter(
            "vss",
            """
            UPDATE progress SET books = CAST(replace(replace(CAST(books AS TEXT), '"shared":240', '"shared":239'),
                '"submitted":240', '"submitted":239') AS BLOB)
            """)
        let found = try exchange.reconcile()
        #expect(found.violations.contains("vss: the ledger says shared 239, the leaves say 240"))
        #expect(!found.agrees)
    }
}
