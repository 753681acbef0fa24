import ExchangeSchema
import Foundation
import PartyCore
import StoreTestSupport
import Testing
import Topology
import Vocabulary

@testable import Audit

/// A party of several instances: each shard keeps a journal, and what is sent to the party comes to one of them.
@Suite struct ShardAuditTests {
    let exchange: SmallExchange
    let topology: Topology

    init() throws {
        exchange = try SmallExchange()
        var topology = Topology.small
        topology.parties[1].instances = 2
        self.topology = topology
    }

    private var subjects: [AuditSubject] {
        topology.parties.flatMap { party in
            topology.shards(of: party).map { shard in
                AuditSubject(
                    party: party, shard: shard, topology: topology, directory: exchange.directory(shard.name),
                    evidenceDirectory: exchange.evidence)
            }
        }
    }

    private func records(_ numbers: Range<Int64>, ofShard shard: UInt64? = nil) -> [RecordIdentifier] {
        numbers.map { .stored($0) }.filter { shard == nil || $0.low % 2 == shard }
    }

    private var whole: ExchangeAudit { ExchangeAudit(data: exchange.path, subjects: subjects, outside: []) }

    /// MoH sends, each shard receives what is in its partition and answers; then something goes wrong.
    private func audit(_ change: (SmallParty, [SmallParty]) throws -> Void) throws -> AuditReport {
        try run(change)
        return try whole.verify()
    }

    private func run(_ change: (SmallParty, [SmallParty]) throws -> Void) throws {
        let moh = try SmallParty("moh", exchange)
        let vss = try [SmallParty("vss.0", exchange), SmallParty("vss.1", exchange)]
        try moh.commit(sending: records(0..<40).map { .init(.acceptedRecord, $0) })
        for (shard, party) in vss.enumerated() {
            let own = records(0..<40, ofShard: UInt64(shard))
            try #require(!own.isEmpty)
            try party.commit(
                receiving: own.map { .init(.acceptedRecord, $0) }, sending: own.map { .init(.assessment, $0) })
        }
        try moh.commit(receiving: records(0..<40).map { .init(.assessment, $0) })
        try change(moh, vss)
        try moh.close()
        for party in vss { try party.close() }
    }

    @Test func theFiguresOfItsShardsAreTheParty() throws {
        try run { _, _ in }
        let found = try Reconciliation(whole, facilities: UnknownFacilities())
        #expect(found.agrees, "\(found.violations) \(found.findings)")
        #expect(found.figures.parties.map(\.party) == ["moh", "vss"])
        let vss = found.figures.parties[1]
        #expect(vss.submitted == 40 && vss.conserves && vss.leaves == 80)
        #expect(found.figures.hops.map(\.reader) == ["vss", "moh"])
        #expect(found.figures.hops.allSatisfy { $0.sent == 40 && $0.received == 40 && $0.conserves })
    }

    @Test func aMessageToThePartyIsExpectedAtOneOfItsShards() throws {
        let report = try audit { _, _ in }
        #expect(report.findings == [])
        #expect(report.parties.map(\.party) == ["moh", "vss.0", "vss.1"])
        #expect(report.hops.map(\.reader) == ["vss", "moh"])
        #expect(report.hops.map(\.sent) == [40, 40] && report.hops.map(\.received) == [40, 40])
        let trace = try RecordTrace(.stored(7), subjects: subjects)
        let shard = "vss.\(RecordIdentifier.stored(7).low % 2)"
        #expect(trace.steps.map(\.party) == ["moh", shard, shard, "moh"])
    }

    @Test func whatTwoShardsTookInIsDoubled() throws {
        let twice = RecordIdentifier.stored(3)
        let other = 1 - Int(twice.low % 2)
        let findings = try audit { _, vss in
            try vss[other].commit(receiving: [.init(.acceptedRecord, twice)])
        }.findings
        #expect(Set(findings.map(\.kind)) == [.doubled, .offset])
        let doubled = try #require(findings.first { $0.kind == .doubled })
        #expect(doubled.message == MessageIdentifier(.acceptedRecord, record: twice, revision: 1).description)
        #expect(findings.contains { $0.kind == .offset && $0.text.contains("which is another shard's") })
    }

    @Test func whatNoShardReceivedAlthoughBothHaveLaterOnesIsMissing() throws {
        let findings = try audit { moh, vss in
            try moh.commit(sending: records(500..<520).map { .init(.acceptedRecord, $0) })
            for shard in 0..<2 {
                let own = records(501..<520, ofShard: UInt64(shard))
                try vss[shard].commit(receiving: own.map { .init(.acceptedRecord, $0) })
            }
        }.findings
        #expect(findings.map(\.kind) == [.missing] && findings.first?.party == "moh")
        #expect(findings.first?.text.contains("vss never received it") == true)
    }

    @Test func whatAShardSentIsMissingWhenLaterOnesInItsOnePartitionHaveArrived() throws {
        let findings = try audit { moh, vss in
            let own = Array(records(500..<540, ofShard: 0).prefix(3))
            try moh.commit(sending: own.map { .init(.acceptedRecord, $0) })
            try vss[0].commit(
                receiving: own.map { .init(.acceptedRecord, $0) }, sending: own.map { .init(.assessment, $0) })
            try moh.commit(receiving: own.dropFirst().map { .init(.assessment, $0) })
        }.findings
        #expect(findings.map(\.kind) == [.missing] && findings.first?.party == "vss.0")
    }

    @Test func theDataOfOneShardInThePlaceOfAnotherIsNoticed() throws {
        _ = try audit { _, _ in }
        let other = exchange.directory("vss.1")
        try FileManager.default.removeItem(atPath: other)
        try FileManager.default.copyItem(atPath: exchange.directory("vss.0"), toPath: other)
        let findings = try whole.verify().findings
        #expect(findings.contains { $0.kind == .unreadable && $0.party == "vss.1" && $0.text.contains("vss.0") })
    }
}
