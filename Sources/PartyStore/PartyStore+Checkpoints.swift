import Foundation
import GRDB
public import TransparencyLog

/// The signed heads of a party's journal.
extension PartyStore {
    /// Leaves and root of the journal's tree as committed.
    public var tree: TreeFrontier { writer.tree.frontier }

    /// The checkpoint signed last; nil before the first, and before ``sign(directory:identity:)``.
    public var checkpoint: [UInt8]? { writer.note }

    /// Reads or makes the party's key; from now on batches sign checkpoints at the pace of ``CheckpointSigner``.
    /// - Throws: ``StoreError`` when the key is gone, damaged or another's.
    /// - Returns: The key, to be published.
    public func sign(directory: String, identity: StoreIdentity) throws -> JournalKey {
        let last = try queue.read { database in
            try Row.fetchOne(database, sql: "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1")
        }
        let key = try JournalKey(directory: directory, identity: identity, mayMake: last == nil)
        var signer = CheckpointSigner(key: key.signer)
        if let last {
            let (size, note): (Int64, Data) = (last[0], last[1])
            signer.resume(after: UInt64(clamping: size))
            writer.resume(note: Array(note))
        }
        writer.signer = signer
        return key
    }

    /// Whether a checkpoint covers the whole journal and is on its way to the witnesses. One that is signed while the one
    /// before is still on its way waits, and can no longer go when there are more leaves: then another is to be signed.
    public var isPublished: Bool {
        writer.signer?.signedSize == tree.size && writer.publication?.size == tree.size
    }

    /// Signs what no checkpoint covers yet, when it is due, for a party that has had nothing to commit since.
    /// - Parameter force: Signs although it is not due: before the party stops.
    public func sealCheckpoint(now: Int64, force: Bool = false) throws {
        let signs =
            tree.size > 0 && writer.signer?.signedSize != tree.size
            && (force ? writer.signer != nil : writer.signer?.isDue(size: tree.size, now: now) == true)
        guard signs || writer.isPublicationDue(now: now, force: force) else { return }
        do {
            try queue.writeWithoutTransaction { _ in
                try writer.begin()
                do {
                    if signs { try writer.writeCheckpoint(now: now) }
                    try writer.writePublication(now: now, force: force)
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
