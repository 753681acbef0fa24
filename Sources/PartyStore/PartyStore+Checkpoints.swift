import Foundation
import GRDB
public import Journal
public import TransparencyLog

/// The signed heads of a party's journal.
extension PartyStore {
    /// Leaves and root of the journal's tree as committed.
    public var tree: TreeFrontier { writer.head.tree.frontier }

    /// The checkpoint signed last; nil before the first, and before ``sign(directory:identity:)``.
    public var checkpoint: [UInt8]? { writer.head.note }

    /// Reads or makes the party's key; from now on batches sign checkpoints at the pace of `CheckpointSigner`.
    /// - Throws: ``StoreError`` when the key is gone, damaged or another's.
    /// - Returns: The key, to be published.
    public func sign(directory: String, identity: StoreIdentity) throws -> JournalKey {
        let last = try queue.read { database in
            try Row.fetchOne(database, sql: "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1").map { row in
                let (size, note): (Int64, Data) = (try row.stored(0), try row.stored(1))
                return (UInt64(clamping: size), Array(note))
            }
        }
        let key = try JournalKey(directory: directory, identity: identity, mayMake: last == nil)
        writer.head.sign(with: key.signer, after: last)
        return key
    }

    /// Whether a checkpoint covers the whole journal and is on its way to the witnesses.
    public var isPublished: Bool { writer.head.isPublished }

    /// Signs what no checkpoint covers yet, when it is due, for a party that has had nothing to commit since.
    /// - Parameter force: Signs although it is not due: before the party stops.
    public func sealCheckpoint(now: Int64, force: Bool = false) throws {
        try writer.head.seal(now: now, force: force)
        let rows = writer.head.takeRows()
        guard !rows.isEmpty else { return }
        do {
            try queue.writeWithoutTransaction { _ in
                try writer.begin()
                do {
                    try writer.write(rows)
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

    /// Gives tree and checkpoints to whoever keeps them from now on, and gives them to each commit as rows.
    public func handOverJournal() -> SignedJournal { writer.head }
}
