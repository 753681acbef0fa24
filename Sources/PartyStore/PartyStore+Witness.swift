import Foundation
import GRDB
public import Journal
public import TransparencyLog

/// What a party publishes of its own log, and knows of those of others.
extension PartyStore {
    /// From now on checkpoints are written down for the witnesses as well: ``takePublication()`` has them.
    public func publishCheckpoints() throws {
        let last = try queue.read { database in
            try Row.fetchOne(database, sql: "SELECT size, request FROM published").map { row in
                let (size, request): (Int64, Data) = (try row.stored(0), try row.stored(1))
                return (UInt64(clamping: size), Array(request))
            }
        }
        writer.head.publish(after: last)
    }

    /// The request that is to be sent to the witnesses now, once; nil for none. It is committed.
    public func takePublication() -> [UInt8]? { writer.head.takePublication() }

    /// The broker has the request: the next may be made.
    public func confirmPublication() { writer.head.confirmPublication() }

    /// Number of leaves of the checkpoint published last; nil before the first.
    public var publishedSize: UInt64? { writer.head.publishedSize }

    /// Leaves under the checkpoint signed last; nil before the first.
    public var signedSize: UInt64? { writer.head.signedSize }

    /// What this party goes on with as a witness.
    /// - Throws: ``StoreError`` `damaged`.
    public func witness() throws -> StoredWitness { try queue.read { try WitnessTables.stored($0) } }

    /// The checkpoint signed last, with the cosignatures that it has; nil before the first.
    public func cosignedCheckpoint() throws -> SignedNote? {
        guard let bytes = checkpoint, let size = writer.head.signedSize else { return nil }
        return try cosigned(bytes, size: size)
    }

    /// A checkpoint of so many leaves with the cosignatures that it has.
    /// - Throws: ``StoreError``; `NoteError` when the bytes are no checkpoint.
    public func cosigned(_ checkpoint: [UInt8], size: UInt64) throws -> SignedNote {
        var note = try SignedNote(checkpoint)
        for signature in try queue.read({ try WitnessTables.cosignatures(size: Int64(clamping: size), $0) }) {
            try note.add(signature)
        }
        return note
    }
}

/// What an auditor reads of it.
extension StoreInspection {
    /// Logs with two histories, and who noticed.
    /// - Throws: ``StoreError`` when what was kept is damaged.
    public func splitViews() throws -> [FoundSplitView] { try view.read { try WitnessTables.splitViews($0) } }

    /// Cosignatures of the party's checkpoints, by size; lines that are none are left out.
    public func cosignatures() throws -> [CollectedCosignature] {
        try view.read { database in
            guard try database.tableExists("cosigned") else { return [] }
            let rows = try Row.fetchAll(database, sql: "SELECT size, line FROM cosigned ORDER BY size, witness")
            return try rows.compactMap { row in
                let (size, line): (Int64, String) = (try row.stored(0), try row.stored(1))
                return NoteSignature(line: Array(line.utf8.dropLast())).map {
                    CollectedCosignature(size: UInt64(clamping: size), signature: $0)
                }
            }
        }
    }

    /// What the party cosigned of others, and the keys it believes.
    /// - Throws: ``StoreError`` when what was kept is damaged.
    public func witness() throws -> StoredWitness {
        try view.read { try $0.tableExists("witnessed") ? WitnessTables.stored($0) : StoredWitness() }
    }

    /// Leaves of the checkpoint that went to the witnesses last; nil before the first.
    public func publishedSize() throws -> Int64? {
        try view.read { database in
            guard try database.tableExists("published") else { return nil }
            return try Int64.fetchOne(database, sql: "SELECT size FROM published")
        }
    }
}
