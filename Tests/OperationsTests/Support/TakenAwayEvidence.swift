import Audit
import Foundation
import GRDB
import Operations
import Supervision
import Testing

/// What somebody who may write all files takes away around the proofs of a finished exchange: each attack on a copy of its
/// own, and what verification says of it.
struct TakenAwayEvidence {
    private struct Attack {
        var name: String
        var kind: AuditFinding.Kind
        var party: String
        /// What the finding must say, each of them.
        var says: [String]
        var act: (ExchangeCopy) throws -> Void

        init(
            _ name: String, _ kind: AuditFinding.Kind, _ party: String, _ says: [String],
            _ act: @escaping (ExchangeCopy) throws -> Void
        ) {
            (self.name, self.kind, self.party, self.says, self.act) = (name, kind, party, says, act)
        }
    }

    private let data: String
    private static let parties = ["auditor", "c06", "facility", "locality", "moh", "vss"]

    /// - Parameter data: The data directory of a finished exchange with all five parties and an auditor.
    init(_ data: String) { self.data = data }

    /// Carries all attacks out.
    func expectFindings() throws {
        for attack in Self.attacks {
            let copy = try ExchangeCopy(data)
            defer { copy.remove() }
            try attack.act(copy)
            let report = try copy.verify()
            let found = report.findings.filter { $0.kind == attack.kind && $0.party == attack.party }
            #expect(
                found.contains { finding in attack.says.allSatisfy(finding.text.contains) },
                "\(attack.name): \(report.findings.map(\.line))")
        }
    }

    /// Takes back a look, which nobody in the exchange can know of: only a pin tells of it.
    /// - Parameter record: One of the exchange.
    func expectPinToTellOfLook(at record: String) throws {
        let copy = try ExchangeCopy(data)
        defer { copy.remove() }
        for folder in ["auditor", "evidence"] { try copy.keep(folder) }
        let evidence = try ExchangeEvidence(layout: ExchangeLayout(copy.data))
        _ = try evidence.traces(record, purpose: "curiosity")
        let folder = copy.data + "/pins"
        let pinned = try evidence.pin(to: folder)
        #expect(
            pinned.map(\.name).sorted() == Self.parties && pinned.allSatisfy { $0.cosigners == 5 && $0.witnesses == 5 })
        let held = try ExchangeEvidence(layout: ExchangeLayout(copy.data), pins: folder).verify()
        #expect(held.holds && held.pins.allSatisfy(\.isContinued), "\(held.findings)")
        for folder in ["auditor", "evidence"] { try copy.putBack(folder) }
        #expect(try copy.verify().holds, "nothing in the exchange tells of it")
        let found = try ExchangeEvidence(layout: ExchangeLayout(copy.data), pins: folder).reconcile().findings
        #expect(
            found.contains { $0.kind == .pin && $0.party == "auditor" && $0.text.hasPrefix("rolled back from ") },
            "\(found.map(\.line))")
    }

    private static var attacks: [Attack] {
        let cosigners = "c06, facility, locality, moh, vss cosigned"
        return [
            Attack(
                "the auditor's directory", .unreadable, "auditor",
                ["the topology says that an auditor runs", "its log is gone since the checkpoint of ", cosigners]
            ) { try $0.delete("auditor") },
            Attack(
                "the auditor, with what it published and its line in the topology", .unreadable, "auditor",
                ["no auditor", "its log is gone since the checkpoint of ", cosigners]
            ) { copy in
                try copy.delete("auditor")
                for name in ["pub", "witness.pub", "keys", "checkpoint"] { try copy.delete("evidence/auditor.\(name)") }
                let topology = try String(contentsOfFile: copy.data + "/topology.yaml", encoding: .utf8)
                try topology.replacing("auditor: true", with: "auditor: false")
                    .write(toFile: copy.data + "/topology.yaml", atomically: true, encoding: .utf8)
            },
            Attack(
                "a party's database alone", .unreadable, "vss",
                ["its log is gone since the checkpoint of ", "moh cosigned"]
            ) { try $0.delete("vss/party.sqlite") },
            Attack(
                "a party with all that it published and all that others know of it", .unreadable, "c06",
                ["its log is gone since the checkpoint of ", "vss cosigned"]
            ) { copy in
                try copy.delete("c06")
                for name in ["pub", "witness.pub", "keys", "checkpoint"] { try copy.delete("evidence/c06.\(name)") }
                for party in parties where party != "c06" {
                    try copy.alter(party, "DELETE FROM witnessed WHERE origin LIKE '%/c06'")
                    try copy.alter(party, "DELETE FROM witness_keys WHERE origin LIKE '%/c06'")
                }
            },
            Attack("a journal", .rolledBack, "moh", ["the journal has 0", "its end is gone"]) {
                try $0.alter("moh", "DELETE FROM journal")
            },
            Attack("a published checkpoint", .badCheckpoint, "moh", ["evidence/moh.checkpoint is gone"]) {
                try $0.delete("evidence/moh.checkpoint")
            },
            Attack("the topic of checkpoints", .unreadable, "broker", ["has no topic audit.checkpoints"]) {
                try $0.delete("broker/topics/audit.checkpoints-0")
            },
            Attack(
                "the end of the topic of checkpoints", .rolledBack, "broker",
                ["audit.checkpoints ends before offset ", "have read it up to ", "its end is gone"]
            ) { copy in
                let folder = copy.data + "/broker/topics/audit.checkpoints-0/"
                let path = folder + "00000000000000000000.log"
                let file = try #require(FileHandle(forUpdatingAtPath: path))
                try file.truncate(atOffset: try file.seekToEnd() / 2)
                try file.close()
            },
            Attack("one party's cosignatures", .cosignature, "moh", ["has no cosignature any more", "vss"]) {
                try $0.alter("moh", "DELETE FROM cosigned")
            },
            Attack("all cosignatures of all parties", .cosignature, "vss", ["has no cosignature any more", "auditor"]) {
                for party in parties { try $0.alter(party, "DELETE FROM cosigned") }
            },
            Attack(
                "one witness of one log", .cosignature, "vss", ["the cosignatures of c06 over ", " leaves no more"]
            ) { try $0.alter("vss", "DELETE FROM cosigned WHERE witness LIKE '%/c06'") },
            Attack(
                "what a party has of the last seconds, and what all others have of its checkpoints", .rolledBack, "moh",
                ["that it published on audit.checkpoints"]
            ) { copy in
                // As an older copy of the party would be: the end is not there, and nobody remembers it.
                try copy.alter("moh", "DELETE FROM journal WHERE first > (SELECT max(first) / 2 FROM journal)")
                for party in parties { try copy.alter(party, "DELETE FROM witnessed WHERE origin LIKE '%/moh'") }
                for path in ["moh/checkpoint", "evidence/moh.checkpoint"] { try copy.delete(path) }
                try copy.alter("moh", "DELETE FROM checkpoint")
            },
        ]
    }
}
