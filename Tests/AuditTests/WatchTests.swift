import Audit
import ExchangeSchema
import Foundation
import StoreTestSupport
import Testing
import Vocabulary

/// What somebody who watches an exchange is told, and when.
@Suite struct WatchTests {
    let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    private func watch() -> ExchangeWatch { ExchangeWatch(exchange.audit, subjects: exchange.subjects) }

    private func findings(_ events: [WatchEvent]) -> [AuditFinding] {
        events.compactMap { if case .finding(let finding) = $0 { finding } else { nil } }
    }

    @Test func aNewCheckpointIsToldOnce() throws {
        var watch = watch()
        let first = try watch.begin { 0 }
        #expect(first.first == .begun(exchange: "exchange-1", leaves: ["moh": 480, "vss": 480]))
        guard case .verified(960, 0, _)? = first.last else { return #expect(Bool(false), "\(first)") }
        #expect(try watch.next { 1 } == [])
        let (moh, vss) = (try SmallParty("moh", exchange), try SmallParty("vss", exchange))
        let message = SmallParty.Message(.acceptedRecord, .stored(500))
        try moh.commit(sending: [message])
        try moh.publish()
        try vss.commit(receiving: [message])
        try vss.publish()
        let signed = try watch.next { 2 }.compactMap { event -> String? in
            guard case .checkpoint(let party, let leaves, let root) = event, root.count == 64 else { return nil }
            return "\(party) \(leaves)"
        }
        #expect(signed == ["moh 481", "vss 481"])
        #expect(try watch.next { 3 } == [])
        #expect(watch.end == .ended(checkpoints: 2, findings: 0))
        try moh.close()
        try vss.close()
    }

    @Test func straysAreToldAsTheyComeAndOnlyTheNewOnes() throws {
        var watch = watch()
        _ = try watch.begin { 0 }
        let vss = try SmallParty("vss", exchange)
        try vss.setAside(300)
        let first = findings(try watch.next { 1 })
        #expect(first.map(\.kind) == [.stray] && first.first?.leaf == 480)
        #expect(first.first?.text.contains("read 300 messages that no party of the topology sent") == true)
        #expect(findings(try watch.next { 2 }) == [])
        try vss.setAside(20)
        #expect(findings(try watch.next { 3 }).first?.text.contains("read 20 more messages") == true)
        // Verification as a whole has nothing to add.
        try vss.close()
        #expect(findings(try watch.next { 1_000 }) == [])
        #expect(watch.findings == 2)
    }

    @Test func anOlderCopyIsToldAtOnceAndOnce() throws {
        let copy = exchange.path + "/copy"
        try FileManager.default.copyItem(atPath: exchange.directory("moh"), toPath: copy)
        let moh = try SmallParty("moh", exchange)
        try moh.commit(sending: [.init(.acceptedRecord, .stored(500))])
        var watch = watch()
        _ = try watch.begin { 0 }
        try moh.close()
        try FileManager.default.removeItem(atPath: exchange.directory("moh"))
        try FileManager.default.moveItem(atPath: copy, toPath: exchange.directory("moh"))
        let found = findings(try watch.next { 1 })
        #expect(found.map(\.kind) == [.rolledBack] && found.first?.party == "moh" && found.first?.leaf == 480)
        #expect(found.first?.text.contains("had 481 leaves a moment ago and has 480") == true)
        #expect(findings(try watch.next { 2 }) == [])
    }

    @Test func whatIsWrongAtTheBeginningIsTold() throws {
        let vss = try SmallParty("vss", exchange)
        try vss.commit(receiving: [.init(.acceptedRecord, .stored(900))])
        try vss.close()
        var watch = watch()
        #expect(findings(try watch.begin { 0 }).map(\.kind) == [.extra])
        #expect(findings(try watch.next { 1_000 }) == [] && watch.findings == 1)
    }

    /// Every line is an object with the names of the schema, and with no other.
    @Test func linesAreAsTheSchemaSays() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("topology/schema/audit-watch.schema.json")
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: folder)) as? [String: Any])
        let properties = try #require(schema["properties"] as? [String: [String: Any]])
        let words = Set(properties["event"]?["enum"] as? [String] ?? [])
        let events: [WatchEvent] = [
            .begun(exchange: "x", leaves: ["moh": 1]), .checkpoint(party: "moh", leaves: 2, root: "r"),
            .verified(leaves: 3, findings: 0, seconds: 0.5),
            .finding(AuditFinding(.extra, "vss", leaf: 4, message: "m", "text")), .ended(checkpoints: 1, findings: 1),
        ]
        var names: Set<String> = []
        var seen: Set<String> = []
        for event in events {
            let line = WatchLine(at: 1_700_000_000_000, event)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.json.utf8)) as? [String: Any])
            names.formUnion(object.keys)
            seen.insert(object["event"] as? String ?? "")
            #expect(object["at"] as? String == "2023-11-14T22:13:20.000Z" && !line.json.contains("\n"))
            #expect(line.text.hasPrefix("2023-11-14T22:13:20.000Z  "))
        }
        #expect(names == Set(properties.keys) && seen == words)
    }
}
