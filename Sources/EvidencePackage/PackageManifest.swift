import Foundation

/// `manifest.json`: what a package is about, and the digest of every other file in it.
struct PackageManifest: Codable, Equatable {
    static let format = "closed-cycle-evidence"
    /// Version of the layout.
    static let version = 3
    static let path = "manifest.json"
    static let readme = "README.txt"

    /// Names the kind of file.
    var format: String
    /// Version of the layout.
    var version: Int
    /// The exchange, by its broker's cluster identifier.
    var exchange: String
    /// The record.
    var record: String
    /// When the package was made, in UTC.
    var made: String
    /// What is shown of the payloads; empty for nothing.
    var disclosed: [Disclosure]
    /// Names of all logs of the exchange whose keys are here.
    var logs: [String]
    /// Whose journals know the record.
    var journals: [Journal]
    /// What the leaves leave open, as of the checkpoints here; empty for a record that has come to its end.
    var open: [OpenEnd]
    /// Every file but this one, by name.
    var files: [File]

    /// One party's journal.
    struct Journal: Codable, Equatable {
        /// The party, or the auditor.
        var party: String
        /// Numbers of its leaves about the record.
        var leaves: [Int64]
        /// Names of the topics it reads, as its leaves number them; for display.
        var topics: [String]
        /// How many of the other logs must have cosigned its checkpoint: more than half of ``others``.
        var needed: Int
        /// How many other logs there are that can cosign it.
        var others: Int
        /// Sizes of the pinned checkpoints of which it is shown that the log continues them.
        var continues: [Int64]

        func continuation(_ size: Int64) -> String { "continues/\(party)/\(size).request" }
        var checkpoint: String { "checkpoints/\(party).checkpoint" }
        /// What a leaf of a verdict says.
        func verdict(_ number: Int64) -> String { "verdicts/\(party)/\(number).json" }
        func leaf(_ number: Int64) -> String { "leaves/\(party)/\(number).leaf" }
        func proof(_ number: Int64) -> String { "leaves/\(party)/\(number).tlog-proof" }
    }

    /// One file.
    struct File: Codable, Equatable {
        var name: String
        var bytes: Int
        var sha256: String
    }

    var encoded: [UInt8] {
        get throws { try EvidenceJSON.encode(self) }
    }
}

/// JSON as a package has it: readable, and the same bytes for the same values.
enum EvidenceJSON {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [0x0A]
    }

    /// Reads what ``encode(_:)`` writes, and nothing else: no key that it does not know, no other order.
    static func decode<Value: Codable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        guard let value = try? JSONDecoder().decode(type, from: Data(bytes)),
            (try? encode(value)) == bytes
        else { return nil }
        return value
    }
}
