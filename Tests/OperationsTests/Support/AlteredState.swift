import Audit
import EvidencePackage
import ExchangeSchema
import Foundation
import GRDB
import Operations
import Supervision
import Testing

/// What somebody who may write all files changes in what parties have stored, in a finished exchange: each on the copy, and
/// what verification says of it.
struct AlteredState {
    private let copy: ExchangeCopy

    /// - Parameter data: The data directory of a finished exchange with all five parties and an auditor.
    init(_ data: String) throws { copy = try ExchangeCopy(data) }

    private static let anyTwo = "(SELECT id FROM record ORDER BY id LIMIT 1)"

    /// Each changes a table; each is taken back by putting the table back.
    private static let attacks: [(name: String, party: String, kind: AuditFinding.Kind, sql: String, says: String)] = [
        (
            "words of two records swapped", "moh", .state,
            """
            UPDATE record SET words = CASE id WHEN (SELECT min(id) FROM record)
                THEN (SELECT words FROM record WHERE id = (SELECT max(id) FROM record))
                ELSE (SELECT words FROM record WHERE id = (SELECT min(id) FROM record)) END
            WHERE id IN ((SELECT min(id) FROM record), (SELECT max(id) FROM record))
            """, "the row of "
        ),
        (
            "state swapped, and what binds it to the journal left", "moh", .state,
            """
            UPDATE record SET words = CAST((SELECT substr(words, 1, 40) FROM record WHERE id = (SELECT max(id) FROM record))
                || substr(words, 41) AS BLOB) WHERE id = (SELECT min(id) FROM record)
            """, "is not what this leaf says was stored"
        ),
        (
            "state zeroed", "c06", .state,
            "UPDATE record SET words = CAST(zeroblob(40) || substr(words, 41) AS BLOB) WHERE id = \(anyTwo)",
            "is not what this leaf says was stored"
        ),
        (
            "all zeroed", "facility", .state, "UPDATE record SET words = zeroblob(64) WHERE id = \(anyTwo)",
            "the row of "
        ),
        (
            "a record taken out", "locality", .state, "DELETE FROM record WHERE id = \(anyTwo)",
            "no row is there any more"
        ),
        (
            "a record put in", "vss", .state,
            "INSERT INTO record (id, phase, words) SELECT zeroblob(16), phase, words FROM record WHERE id = \(anyTwo)",
            "another row says so too"
        ),
        (
            "something kept put in", "c06", .state,
            "INSERT INTO kept (position, record, since, bytes) SELECT 9999999, id, 1, X'00' FROM record WHERE id = \(anyTwo)",
            "is not what was put there"
        ),
        ("the index of citizens emptied", "auditor", .key, "DELETE FROM citizen", "the table citizen was emptied"),
        (
            "one entry of the index of citizens taken out", "auditor", .payload,
            "UPDATE citizen SET entries = substr(entries, 33) WHERE first = (SELECT max(first) FROM citizen)",
            "is not in the index of citizens"
        ),
    ]

    /// Carries all of them out.
    func expectFindings() throws {
        defer { copy.remove() }
        let sound = try copy.verify()
        #expect(sound.holds, "\(sound.findings.map(\.line))")
        for attack in Self.attacks {
            try copy.keepingDatabase(of: attack.party) {
                try copy.alter(attack.party, attack.sql)
                let report = try copy.verify()
                #expect(
                    report.findings.contains {
                        $0.kind == attack.kind && $0.party == attack.party && $0.text.contains(attack.says)
                    }, "\(attack.name): \(report.findings.map(\.line))")
            }
        }
    }

    /// Flips single bits of what bears on evidence, or on what would be sent, at places that are always the same.
    func expectFlippedBitsToBeNoticed() throws {
        defer { copy.remove() }
        var (seen, noticed, missed) = (0, 0, [String]())
        func count(_ name: String) throws {
            seen += 1
            if try copy.verify().holds { missed.append(name) } else { noticed += 1 }
        }
        var chance = Chance(state: 12)
        let columns: [(table: String, column: String, share: Int)] = [
            ("record", "words", 4), ("record", "id", 1), ("chain", "row", 2), ("kept", "bytes", 2),
            ("witnessed", "note", 2),
            ("witnessed", "cosignature", 1), ("citizen", "entries", 5),
        ]
        for party in ["facility", "moh", "vss", "c06", "locality", "auditor"] {
            for (table, column, share) in columns {
                for _ in 0..<share {
                    try copy.keepingDatabase(of: party) {
                        if let place = try copy.flip(party, table, column, &chance) { try count(place) }
                    }
                }
            }
            for key in ["salt.key", "citizen.key", "journal.key"] {
                let path = "\(party)/keys/\(key)"
                guard let size = copy.size(path) else { continue }
                let (at, bit) = (chance.next(below: size), chance.next(below: 8))
                try copy.flip(file: path, at, bit)
                try count("\(path), byte \(at), bit \(bit)")
                try copy.flip(file: path, at, bit)
            }
        }
        print("flipped bits: \(noticed) of \(seen) noticed; not noticed: \(missed)")
        #expect(seen > 50 && missed.isEmpty, "\(missed)")
    }

    /// Leaves each leaf of a record's package out in turn, with the manifest put right: no check says that all holds, unless
    /// it says that the way is open.
    func expectNoLeafToBeLeftOut(of record: String) throws {
        defer { copy.remove() }
        let path = copy.data + "/package.zip"
        _ = try ExchangeEvidence(layout: ExchangeLayout(copy.data)).prove(
            record, to: path, disclosing: [], purpose: "a test")
        let archive = try ZipArchive(reading: Array(Data(contentsOf: URL(fileURLWithPath: path))))
        let keys = try KeyLines.read(at: copy.data + "/evidence")
        let whole = try PackageCheck.report(on: archive.bytes, trusted: keys)
        #expect(whole.holds && whole.open.isEmpty, "\(whole.text)")
        let leaves = archive.files.map(\.name).filter { $0.hasSuffix(".leaf") }
        #expect(leaves.count > 12)
        for leaf in leaves {
            let report = try PackageCheck.report(on: Self.without([leaf], archive), trusted: keys)
            #expect(!report.holds, "without \(leaf): \(report.text)")
        }
        // All that VSS has said, with whoever has heard it.
        let mohs = leaves.filter { $0.hasPrefix("leaves/moh/") }.sorted { Self.number($0) < Self.number($1) }
        let afterMoH =
            leaves.filter { !$0.hasPrefix("leaves/moh/") && !$0.hasPrefix("leaves/facility/") } + mohs.dropFirst(2)
        let facility = leaves.filter { $0.hasPrefix("leaves/facility/") }.sorted { Self.number($0) < Self.number($1) }
        let cut = try PackageCheck.report(on: Self.without(afterMoH + facility.dropFirst(), archive), trusted: keys)
        #expect(!cut.holds && cut.text.contains("incomplete"), "\(cut.text)")
    }

    private static func number(_ leaf: String) -> Int {
        Int(leaf.split(separator: "/").last?.dropLast(5) ?? "") ?? 0
    }

    /// The package without some leaves, as somebody would make it who knows its form.
    private static func without(_ leaves: [String], _ archive: ZipArchive) throws -> [UInt8] {
        let gone = Set(leaves.flatMap { [$0, $0.dropLast(5) + ".tlog-proof"] }.map { String($0) })
        var files = archive.files.filter { !gone.contains($0.name) }
        guard let place = files.firstIndex(where: { $0.name == "manifest.json" }),
            var manifest = try JSONSerialization.jsonObject(with: Data(files[place].bytes)) as? [String: Any],
            let journals = manifest["journals"] as? [[String: Any]]
        else { return [] }
        manifest["journals"] = journals.map { journal in
            var journal = journal
            let party = journal["party"] as? String ?? ""
            journal["leaves"] = (journal["leaves"] as? [Int] ?? []).filter {
                !gone.contains("leaves/\(party)/\($0).leaf")
            }
            return journal
        }
        manifest["files"] = files.filter { $0.name != "manifest.json" }.map {
            ["name": $0.name, "bytes": $0.bytes.count, "sha256": PayloadDigest(of: $0.bytes).description]
        }
        let encoded = try JSONSerialization.data(
            withJSONObject: manifest, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        files[place].bytes = Array(encoded) + [0x0A]
        return try ZipArchive(files).bytes
    }
}

/// Numbers that are the same in each run (splitmix64).
struct Chance {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((word ^ (word >> 31)) % UInt64(max(1, bound)))
    }
}
