import Foundation
import GRDB
public import TransparencyLog

/// The signed heads of a party's journal.
extension PartyStore {
    /// Leaves and root of the journal's tree as committed.
    public var tree: TreeFrontier { writer.tree.frontier }

    /// The checkpoint signed last, since the store was opened; nil before the first.
    public var checkpoint: [UInt8]? { writer.note }

    /// Reads or makes the party's key; from now on batches sign checkpoints at the pace of ``CheckpointSigner``.
    /// - Throws: ``StoreError`` when the key is gone, damaged or another's.
    /// - Returns: The key, to be published.
    public func sign(directory: String, identity: StoreIdentity) throws -> JournalKey {
        let last = try queue.read { database in
            try Int64.fetchOne(database, sql: "SELECT max(size) FROM checkpoint")
        }
        let key = try JournalKey(directory: directory, identity: identity, mayMake: last == nil)
        var signer = CheckpointSigner(key: key.signer)
        signer.resume(after: last.map { UInt64(clamping: $0) })
        writer.signer = signer
        return key
    }

    /// Whether a checkpoint covers the whole journal.
    public var isSealed: Bool { writer.signer?.signedSize == tree.size }

    /// Signs what no checkpoint covers yet, when it is due, for a party that has had nothing to commit since.
    /// - Parameter force: Signs although it is not due: before the party stops.
    public func sealCheckpoint(now: Int64, force: Bool = false) throws {
        guard let signer = writer.signer, signer.signedSize != tree.size, tree.size > 0,
            force || signer.isDue(size: tree.size, now: now)
        else { return }
        do {
            try queue.writeWithoutTransaction { _ in
                try writer.begin()
                do {
                    try writer.writeCheckpoint(now: now)
                    try writer.commit()
                } catch {
                    writer.rollBack()
                    throw error
                }
            }
        } catch let error as DatabaseError {
            throw StoreError(error, path: queue.path)
        }
    }
}
