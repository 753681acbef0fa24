public import Audit
import Foundation
import PartyCore
import PartyStore
import TransparencyLog

/// Writes a journal as a folder that any client of C2SP tlog-tiles reads, up to its latest checkpoint. Streams, in
/// constant memory.
public struct LogExport {
    private let source: JournalSource

    /// Takes the journal.
    public init(_ source: JournalSource) { self.source = source }

    /// Writes the folder, which must be new or empty. When that fails, what was written is removed,
    /// and the folder too unless it was there before.
    /// - Throws: ``PackageError`` when the journal does not lead to its checkpoint or something is in the folder;
    ///   or the disk cannot be written; `EvidenceError`; `StoreError`.
    /// - Returns: How many leaves were written.
    public func write(to folder: String) throws -> UInt64 {
        let store = try StoreInspection(directory: source.directory)
        let head = try JournalHead(source, store)
        guard (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty ?? true else {
            throw PackageError.inTheWay(folder)
        }
        let made = MadeFolder(folder)
        do {
            try made.make()
            try writeTiles(store, head.verified.checkpoint, folder)
            // Last: without it the folder is no log.
            try Data(head.verified.note.bytes).write(to: URL(fileURLWithPath: folder + "/checkpoint"))
        } catch {
            made.undo()
            if error is PackageError || error is EvidenceError || error is StoreError { throw error }
            throw PackageError.cannotWrite(folder, MadeFolder.reason(error))
        }
        return head.verified.checkpoint.size
    }

    private func writeTiles(_ store: StoreInspection, _ checkpoint: Checkpoint, _ folder: String) throws {
        var files = TileFolder(path: folder)
        var bundleFiles = files
        var (tiles, bundles) = (TileBuilder(), EntryBundleBuilder())
        try store.forEachJournalRow { _, _, bytes in
            let whole = UInt64(bytes.count / JournalLeaf.width)
            let count = Int(min(whole, checkpoint.size - tiles.size)) * JournalLeaf.width
            guard count > 0 else { return }
            let leaves = UnsafeRawBufferPointer(rebasing: bytes[..<count]).bytes
            try tiles.append(entries: leaves, width: JournalLeaf.width, to: &files)
            try bundles.append(entries: leaves, width: JournalLeaf.width, to: &bundleFiles)
        }
        try tiles.flush(to: &files)
        try bundles.flush(to: &bundleFiles)
        guard tiles.size == checkpoint.size, tiles.root == checkpoint.root else {
            throw PackageError.unsound(
                party: source.party, reason: "its \(tiles.size) leaves do not lead to its checkpoint")
        }
    }
}
