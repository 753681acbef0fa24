import Audit
import ExchangeSchema
import Foundation
import GRDB
import PartyCore
import PartyStore
import StoreTestSupport
import Testing
import TransparencyLog

/// Whatever is changed in the evidence is noticed, and said with what and where.
@Suite struct TamperingTests {
    let exchange: SmallExchange

    init() throws {
        exchange = try SmallExchange()
        try exchange.fill()
    }

    private func kinds() throws -> Set<AuditFinding.Kind> { Set(try exchange.verify().findings.map(\.kind)) }

    @Test func untouchedEvidenceHolds() throws {
        let report = try exchange.verify()
        #expect(report.findings == [])
        #expect(report.parties.map(\.leaves) == [480, 480])
        #expect(report.parties.allSatisfy { $0.checkpoints > 2 && $0.unsignedLeaves == 0 })
        #expect(report.hops.map(\.sent) == [240, 240] && report.hops.map(\.received) == [240, 240])
        #expect(try exchange.verify() == report, "verification changes nothing")
    }

    /// Positions spread over all rows and all fields of a leaf.
    @Test func sampledBytesOfTheJournalBearOnTheRoot() throws {
        let stride = 397
        var seen = 0
        for position in Swift.stride(from: 0, to: 480 * JournalLeaf.width, by: stride) {
            let leaf = position / JournalLeaf.width
            let original = try flip("moh", leaf: leaf, byte: position % JournalLeaf.width)
            let report = try exchange.verify()
            let root = report.findings.first { $0.kind == .rootMismatch && $0.party == "moh" }
            #expect(root != nil, "byte \(position % JournalLeaf.width) of leaf \(leaf)")
            #expect(root.flatMap(\.leaf).map { $0 <= Int64(leaf) } == true)
            try restore("moh", original)
            seen += 1
        }
        #expect(seen > 110)
        #expect(try exchange.verify().holds)
    }

    private func flip(_ party: String, leaf: Int, byte: Int) throws -> (first: Int64, leaves: Data) {
        var original: (Int64, Data) = (0, Data())
        try exchange.alter(party) { database in
            let row = try #require(
                try Row.fetchOne(
                    database, sql: "SELECT first, leaves FROM journal WHERE first <= ? ORDER BY first DESC LIMIT 1",
                    arguments: [leaf]))
            let first: Int64 = row[0]
            var leaves: Data = row[1]
            original = (first, leaves)
            leaves[(leaf - Int(first)) * JournalLeaf.width + byte] ^= 0x10
            try database.execute(sql: "UPDATE journal SET leaves = ? WHERE first = ?", arguments: [leaves, first])
        }
        return original
    }

    private func restore(_ party: String, _ original: (first: Int64, leaves: Data)) throws {
        try exchange.alter(party) {
            try $0.execute(
                sql: "UPDATE journal SET leaves = ? WHERE first = ?", arguments: [original.leaves, original.first])
        }
    }

    @Test func sampledBytesOfACheckpointBearOnItsSignature() throws {
        for path in [exchange.directory("moh") + "/checkpoint", exchange.evidence + "/moh.checkpoint"] {
            let original = try Data(contentsOf: URL(fileURLWithPath: path))
            for place in stride(from: 0, to: original.count, by: 5) {
                try exchange.flip(path, at: place)
                let findings = try exchange.verify().findings
                #expect(
                    findings.contains { $0.kind == .badCheckpoint && $0.text.contains(path) },
                    "byte \(place): \(findings)")
                try original.write(to: URL(fileURLWithPath: path))
            }
        }
        #expect(try exchange.verify().holds)
    }

    @Test func sampledBytesOfAKeyFileAreNoticed() throws {
        let files = ["vss/keys/journal.key", "vss/keys/journal.pub", "evidence/vss.pub"]
        for path in files.map({ "\(exchange.path)/\($0)" }) {
            let original = try Data(contentsOf: URL(fileURLWithPath: path))
            for place in stride(from: 0, to: original.count, by: 4) {
                try exchange.flip(path, at: place)
                let findings = try exchange.verify().findings
                #expect(findings.contains { $0.kind == .key && $0.party == "vss" }, "\(path), byte \(place)")
                try original.write(to: URL(fileURLWithPath: path))
            }
        }
        #expect(try exchange.verify().holds)
    }

    static let changes: [(String, AuditFinding.Kind)] = [
        ("DELETE FROM journal WHERE first = 80", .gap),
        ("DELETE FROM journal WHERE first = (SELECT max(first) FROM journal)", .rolledBack),
        ("UPDATE journal SET leaves = substr(leaves, 1, 96), count = 1 WHERE first = 440", .rolledBack),
        ("INSERT INTO journal SELECT 480, count, leaves FROM journal WHERE first = 40", .ledger),
        ("INSERT INTO journal SELECT 41, count, leaves FROM journal WHERE first = 80", .gap),
        (
            """
            UPDATE journal SET leaves = (SELECT other.leaves FROM journal AS other
                WHERE other.first = CASE journal.first WHEN 40 THEN 120 ELSE 40 END) WHERE first IN (40, 120)
            """, .rootMismatch
        ),
        (
            "UPDATE journal SET leaves = CAST(substr(leaves, 97) || substr(leaves, 1, 96) AS BLOB) WHERE first = 40",
            .rootMismatch
        ),
        ("UPDATE journal SET count = count + 1 WHERE first = 40", .gap),
        ("UPDATE journal SET count = 9223372036854775807 WHERE first = 40", .gap),
        ("UPDATE journal SET first = 9223372036854775807 WHERE first = 440", .gap),
        ("UPDATE journal SET first = -9223372036854775808 WHERE first = 40", .gap),
        ("UPDATE checkpoint SET size = size + 1", .badCheckpoint),
        ("UPDATE checkpoint SET note = X'00'", .badCheckpoint),
        ("UPDATE frontier SET size = size - 1", .frontier),
        ("UPDATE frontier SET hashes = zeroblob(length(hashes))", .frontier),
        ("DELETE FROM frontier", .frontier),
        ("DELETE FROM tile", .tile),
        ("UPDATE tile SET hashes = zeroblob(length(hashes))", .tile),
        ("UPDATE progress SET next_sequence = next_sequence + 1", .ledger),
        (
            "UPDATE progress SET books = CAST(replace(CAST(books AS TEXT), '\"shared\":0', '\"shared\":1') AS BLOB)",
            .ledger
        ),
        ("UPDATE progress SET books = X'7B7D'", .unreadable),
        ("UPDATE journal SET first = 1000000000000000 WHERE first = 440", .gap),
        ("UPDATE progress SET next_sequence = -9223372036854775808", .ledger),
        ("UPDATE offset SET next = next + 1 WHERE partition = 1", .offset),
        ("DELETE FROM offset", .offset),
        ("INSERT INTO offset VALUES ('other', 0, 1)", .offset),
        ("INSERT INTO outbox VALUES (1, X'0102')", .outbox),
    ]

    @Test(arguments: changes) func aChangeOfTheDatabaseIsFound(sql: String, kind: AuditFinding.Kind) throws {
        try exchange.alter("moh", sql)
        let findings = try exchange.verify().findings
        #expect(findings.contains { $0.kind == kind && $0.party == "moh" }, "\(findings.map(\.line))")
    }

    @Test func aLedgerBeyondReasonIsFoundAndAddsUpToNothing() throws {
        try exchange.alter("moh") { database in
            for figure in ["shared", "refused"] {
                try database.execute(
                    sql: "UPDATE progress SET books = CAST(replace(CAST(books AS TEXT), ?, ?) AS BLOB)",
                    arguments: ["\"\(figure)\":0", "\"\(figure)\":\(Int64.max)"])
            }
        }
        #expect(try kinds() == [.ledger])
    }

    @Test func aForgedCheckpointIsNotBelieved() throws {
        let origin = ExactText("closed-cycle/exchange-1/moh")
        let forger = try SignerKey(name: origin, kind: .ed25519, seed: Array(repeating: 7, count: 32))
        let root = try #require(TreeHash(bytes: Array(repeating: 1, count: 32)))
        let note = try Checkpoint(origin: origin, size: 100, root: root).signed(by: [forger]).bytes
        try exchange.alter("moh") {
            try $0.execute(sql: "INSERT INTO checkpoint VALUES (100, ?)", arguments: [Data(note)])
        }
        let findings = try exchange.verify().findings
        #expect(findings.count == 1 && findings[0].kind == .badCheckpoint)
        #expect(findings.first?.line.contains("unknown keys") == true, "\(findings)")
    }

    @Test func aSecondHistorySignedWithTheRightKeyIsFound() throws {
        let text = try String(contentsOfFile: JournalKey.secretPath(exchange.directory("moh")), encoding: .utf8)
        let key = try SignerKey(String(text.dropLast()))
        let root = try #require(TreeHash(bytes: Array(repeating: 1, count: 32)))
        let note = try Checkpoint(origin: key.verifier.name, size: 100, root: root).signed(by: [key]).bytes
        try exchange.alter("moh") {
            try $0.execute(sql: "INSERT INTO checkpoint VALUES (100, ?)", arguments: [Data(note)])
        }
        let findings = try exchange.verify().findings
        #expect(findings.map(\.kind) == [.rootMismatch] && findings[0].party == "moh")
    }

    @Test func aSwappedKeyIsNamed() throws {
        let origin = ExactText("closed-cycle/exchange-1/vss")
        let other = try SignerKey(name: origin, kind: .ed25519, seed: Array(repeating: 9, count: 32))
        for (path, text) in [
            (JournalKey.secretPath(exchange.directory("vss")), other.secretText),
            (JournalKey.publicPath(exchange.directory("vss")), other.verifier.text),
        ] { try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path)) }
        let findings = try exchange.verify().findings
        #expect(findings.contains { $0.kind == .key && $0.party == "vss" && $0.text.contains("swapped") })
        #expect(throws: StoreError(.damaged, "")) { try SmallParty("vss", exchange) }
    }

    @Test func aMissingKeyIsNotMadeAgain() throws {
        try FileManager.default.removeItem(atPath: JournalKey.secretPath(exchange.directory("vss")))
        #expect(throws: StoreError(.damaged, "")) { try SmallParty("vss", exchange) }
    }

    @Test func aMissingPartyIsNamed() throws {
        try FileManager.default.removeItem(atPath: exchange.directory("vss"))
        let findings = try exchange.verify().findings
        #expect(findings.map(\.kind) == [.unreadable] && findings[0].party == "vss")
    }
}
