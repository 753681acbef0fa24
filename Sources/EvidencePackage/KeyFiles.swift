import TransparencyLog

/// The public keys of a log as files that other tools read: one verifier key a line, each line what `note.NewVerifier` of
/// golang.org/x/mod/sumdb/note takes, and nothing beside them.
enum KeyFiles {
    /// Where the keys lie with which a log signs its checkpoints.
    static func path(_ log: String) -> String { "keys/\(log).pub" }

    /// Where the same pairs lie as they cosign the checkpoints of others: keys of type 4 (C2SP tlog-cosignature).
    static func witnessPath(_ log: String) -> String { "keys/\(log).witness.pub" }

    /// Both files of a log, those of its keys that sign checkpoints.
    static func files(_ log: String, _ keys: [VerifierKey]) -> [ZipArchive.File] {
        [
            ZipArchive.File(name: path(log), bytes: lines(keys)),
            ZipArchive.File(name: witnessPath(log), bytes: witnessLines(keys)),
        ]
    }

    /// What the first file has.
    static func lines(_ keys: [VerifierKey]) -> [UInt8] {
        keys.filter { $0.kind == .ed25519 }.flatMap { Array($0.text.utf8) + [0x0A] }
    }

    /// What the second file has.
    static func witnessLines(_ keys: [VerifierKey]) -> [UInt8] {
        keys.filter { $0.kind == .ed25519 }.compactMap { try? $0.cosigner }.flatMap { Array($0.text.utf8) + [0x0A] }
    }
}
