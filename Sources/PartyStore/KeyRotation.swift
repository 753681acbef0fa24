public import ExchangeSchema
import Foundation
import GRDB
import PartyCore
public import TransparencyLog

/// A new key pair for a stopped party, and how the old one hands over to it:
///
/// 1. the new private half is written beside the old one, as `journal.key.next`;
/// 2. in one transaction the journal gets a leaf that binds both public keys, and a checkpoint signed with the old key;
/// 3. the list of keys is replaced, which both keys sign; then the private half; then the public ones.
///
/// An interrupted rotation is finished by running it again.
public struct KeyRotation: Sendable {
    /// The key that is retired.
    public let old: VerifierKey
    /// The key in use from now on.
    public let new: VerifierKey
    /// Number of the leaf that says so.
    public let leaf: Int64
    /// Greatest size that the old key may sign.
    public let lastSize: UInt64

    /// Rotates the key of the party in a directory.
    /// - Parameters:
    ///   - evidence: Folder in which public keys are published; nil for nowhere.
    ///   - now: Clock reading; Unix milliseconds.
    /// - Throws: ``StoreError`` when the directory is in use, damaged, or cannot be written; then the old key stays.
    public init(directory: String, evidence: String?, now: Int64) throws {
        let identity: StoreIdentity
        do {
            let inspection = try StoreInspection(directory: directory)
            identity = StoreIdentity(party: inspection.party, exchange: inspection.exchange)
        }
        let store = try PartyStore<UnreadRecord>(directory: directory, identity: identity, durability: .power)
        defer { try? store.close() }
        let next = directory + "/keys/journal.key.next"
        if let begun = try Self.begun(directory, next) {
            // Only the files remained to be replaced.
            self = begun
        } else {
            let key = try store.sign(directory: directory, identity: identity)
            let new = try Self.nextKey(next, origin: JournalKey.origin(identity))
            let leaf = try Self.leaf(from: key.signer.verifier, to: new.verifier, in: store, now: now)
            let size = UInt64(leaf) + 1
            let list = try KeyList(
                key.list, retiring: key.signer, for: new, from: size + 1, at: UInt64(max(0, now) / 1_000))
            try SecretFile.write(
                String(decoding: list.bytes, as: UTF8.self), to: JournalKey.listPath(directory), mode: 0o644)
            (old, self.new, self.leaf, lastSize) = (key.signer.verifier, new.verifier, leaf, size)
        }
        guard unsafe rename(next, JournalKey.secretPath(directory)) == 0 else {
            throw StoreError(.diskFull, "cannot replace \(JournalKey.secretPath(directory)); run it again")
        }
        let key = try JournalKey(directory: directory, identity: identity, mayMake: false)
        if let evidence { try key.publish(inFolder: evidence) }
    }

    private init(old: VerifierKey, new: VerifierKey, leaf: Int64, lastSize: UInt64) {
        (self.old, self.new, self.leaf, self.lastSize) = (old, new, leaf, lastSize)
    }

    /// A rotation whose list is written and whose private half is not.
    private static func begun(_ directory: String, _ next: String) throws -> KeyRotation? {
        guard let data = FileManager.default.contents(atPath: JournalKey.listPath(directory)),
            let list = try? KeyList(Array(data)), let last = list.entries.last, list.entries.count > 1,
            let key = try secret(next), key.verifier == last.key
        else { return nil }
        return KeyRotation(
            old: list.entries[list.entries.count - 2].key, new: last.key, leaf: Int64(clamping: last.firstSize) - 2,
            lastSize: last.firstSize - 1)
    }

    /// The new private half: one that is there already, or a fresh one.
    private static func nextKey(_ path: String, origin: ExactText) throws -> SignerKey {
        if let key = try secret(path), key.verifier.name == origin { return key }
        var generator = SystemRandomNumberGenerator()
        let key = try SignerKey(name: origin, kind: .ed25519, using: &generator)
        try SecretFile.write(key.secretText + "\n", to: path, mode: 0o600)
        return key
    }

    private static func secret(_ path: String) throws -> SignerKey? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return try? SignerKey(String(decoding: data.dropLast(), as: UTF8.self))
    }

    /// Writes leaf and checkpoint, unless an interrupted run has.
    /// - Returns: The leaf's number.
    private static func leaf(
        from old: VerifierKey, to new: VerifierKey, in store: PartyStore<UnreadRecord>, now: Int64
    ) throws -> Int64 {
        let digest = PayloadDigest(KeyList.changeDigest(from: old, to: new))
        let number = store.progress.nextSequence
        if let last = try store.lastLeaf(), last.decision == .keyChanged, last.digest == digest { return number - 1 }
        var leaves: [UInt8] = []
        JournalLeaf(
            decision: .keyChanged, type: 0, reason: 0, topic: 255, partition: -1, offset: -1, message: .none,
            cause: .none, time: now, digest: digest
        ).append(to: &leaves)
        try store.batch { _ in
            var commit = BatchCommit(
                books: store.progress.books, offsets: [], firstLeaf: number, leaves: leaves, chunk: nil,
                sentChunks: [])
            commit.clock = now
            return commit
        }
        try store.sealCheckpoint(now: now, force: true)
        return number
    }
}

extension PayloadDigest {
    /// What a leaf binds when a key changes (``KeyList/changeDigest(from:to:)``).
    public init(_ hash: TreeHash) {
        let bytes = hash.bytes
        func word(_ at: Int) -> UInt64 { bytes[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        self.init(words: (word(0), word(8), word(16), word(24)))
    }
}

extension PartyStore {
    /// The last leaf of the journal; nil when there is none.
    fileprivate func lastLeaf() throws -> JournalLeaf? {
        try queue.read { database in
            let row = try Data.fetchOne(database, sql: "SELECT leaves FROM journal ORDER BY first DESC LIMIT 1")
            return row.flatMap { JournalLeaf(stored: Array($0).suffix(JournalLeaf.width)) }
        }
    }
}

/// A record's state as its words: for whoever opens a store and leaves the records alone.
private struct UnreadRecord: RecordValue {
    var words: RecordWords

    init?(words: RecordWords) { self.words = words }

    var phase: RecordPhase { .pending }
}
