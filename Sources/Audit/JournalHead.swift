import Foundation
import Journal
public import PartyStore
public import TransparencyLog

/// What a journal's proofs are made against: its keys and its latest checkpoint, with the cosignatures found on it.
public struct JournalHead: Sendable {
    /// Public keys as found.
    public var keys: [VerifierKey]
    /// The latest checkpoint that one of them signed.
    public var verified: VerifiedCheckpoint

    /// Finds both in a party's directory and in the folder where they are published. Of a party that runs, the latest
    /// checkpoint of the leaves that the store has, however much further the party has come since.
    /// - Throws: ``EvidenceError`` when there is no key or no checkpoint that it signed.
    public init(_ source: JournalSource, _ store: StoreInspection) throws {
        let origin = JournalKey.origin(StoreIdentity(party: store.party, exchange: store.exchange))
        let keyPaths = [
            "\(source.evidenceDirectory)/\(source.party).pub", JournalKey.publicPath(source.directory),
            // Behind a change of keys the latest checkpoint may still be the old key's.
            "\(source.evidenceDirectory)/\(source.party).keys", JournalKey.listPath(source.directory),
        ]
        var ring = KeyRing()
        for path in keyPaths {
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            try ring.add(KeyLines.read(Array(data), path: path), path: path)
        }
        let keys = ring.keys
        guard keys.contains(where: { $0.name == origin && $0.kind == .ed25519 }) else {
            throw EvidenceError(
                "there is no public key of \(origin); nothing can be proved from the journal of \(source.party): see cycle audit verify"
            )
        }
        let policy = ring.policy
        var best: VerifiedCheckpoint?
        for note in try Self.notes(source, store) {
            guard let verified = try? policy.verify(note, origin: origin),
                !store.isLive || verified.checkpoint.size <= UInt64(clamping: store.progress.nextSequence)
            else { continue }
            let isBetter =
                best.map {
                    let (old, new) = ($0.checkpoint.size, verified.checkpoint.size)
                    return new > old || new == old && verified.note.signatures.count > $0.note.signatures.count
                } ?? true
            if isBetter { best = verified }
        }
        guard let best else {
            throw EvidenceError(
                "there is no checkpoint that \(origin) signed; nothing can be proved from the journal of \(source.party): see cycle audit verify"
            )
        }
        self.keys = keys
        verified = best
    }

    /// The newest stored checkpoint that a quorum of the other logs has cosigned, with their cosignatures.
    /// - Parameter least: How many leaves it must cover.
    /// - Returns: Nil when there is none.
    /// - Throws: `StoreError`.
    public static func cosigned(
        _ source: JournalSource, _ store: StoreInspection, covering least: UInt64 = 1
    ) throws -> VerifiedCheckpoint? {
        let origin = JournalKey.origin(StoreIdentity(party: store.party, exchange: store.exchange))
        let ring = KeyRing(publishedIn: source.evidenceDirectory)
        let (quorum, policy) = (CosigningQuorum(of: origin, among: ring.lists.map(\.origin)), ring.policy)
        let given = Dictionary(grouping: try store.cosignatures(), by: \.size)
        for entry in try store.checkpoints().reversed() where UInt64(clamping: entry.size) >= least {
            let lines = given[UInt64(clamping: entry.size)] ?? []
            guard lines.count >= quorum.needed, var note = try? SignedNote(entry.note) else { continue }
            for line in lines { try? note.add(line.signature) }
            guard let verified = try? policy.verify(note, origin: origin),
                quorum.isMet(by: verified.cosignatures.map(\.witness.name))
            else { continue }
            return verified
        }
        return nil
    }

    private static func cosigned(_ entry: (size: Int64, note: [UInt8]), _ store: StoreInspection) throws -> [UInt8]? {
        guard var note = try? SignedNote(entry.note) else { return nil }
        for cosignature in try store.cosignatures() where cosignature.size == UInt64(clamping: entry.size) {
            try? note.add(cosignature.signature)
        }
        return note.bytes
    }

    /// Published, the party's own, and the last in its database with what others said of it.
    private static func notes(_ source: JournalSource, _ store: StoreInspection) throws -> [[UInt8]] {
        let paths = ["\(source.evidenceDirectory)/\(source.party).checkpoint", source.directory + "/checkpoint"]
        let files = paths.compactMap { FileManager.default.contents(atPath: $0).map(Array.init) }
        guard let last = try store.checkpoints().last else { return files }
        return files + [last.note] + (try cosigned(last, store).map { [$0] } ?? [])
    }
}
