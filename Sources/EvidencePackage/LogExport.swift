public import Audit
import Foundation
import Journal
import PartyCore
import PartyStore
import TransparencyLog

/// Writes a journal as a folder that any client of C2SP tlog-tiles reads, up to its latest checkpoint. Streams, in
/// constant memory.
///
///     checkpoint                the latest, with the cosignatures found on it
///     cosigned                  the latest that a quorum of the other logs has cosigned; left out when there is none
///     checkpoints/SIZE          each that the log has signed, with the cosignatures that it keeps of it
///     tile/…                    tiles and bundles, with the partial ones of each of those sizes
///     keys/LOG.pub              keys of all logs of the exchange (``KeyFiles``)
///     keys/LOG.witness.pub      the same pairs as they cosign
public struct LogExport {
    private let source: JournalSource

    /// Takes the journal.
    public init(_ source: JournalSource) { self.source = source }

    /// Writes the folder, which must be new or empty. When that fails, what was written is removed,
    /// and the folder too unless it was there before.
    /// - Throws: ``PackageError`` when the journal does not lead to a checkpoint or something is in the folder;
    ///   or the disk cannot be written; `EvidenceError`; `StoreError`.
    /// - Returns: How many leaves were written.
    public func write(to folder: String) throws -> UInt64 {
        let store = try StoreInspection(directory: source.directory)
        let head = try JournalHead(source, store)
        let latest = head.verified.checkpoint
        let signed = try signed(store, upTo: head)
        guard (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty ?? true else {
            throw PackageError.inTheWay(folder)
        }
        let made = MadeFolder(folder)
        do {
            try made.make()
            try writeTiles(store, signed.map(\.checkpoint), folder)
            for file in keyFiles(head) { try write(file.bytes, to: folder, file.name) }
            for (checkpoint, note) in signed { try write(note.bytes, to: folder, "checkpoints/\(checkpoint.size)") }
            if let cosigned = try JournalHead.cosigned(source, store), cosigned.checkpoint.size <= latest.size {
                try write(cosigned.note.bytes, to: folder, "cosigned")
            }
            // Last: without it the folder is no log.
            try write(head.verified.note.bytes, to: folder, "checkpoint")
        } catch {
            made.undo()
            if error is PackageError || error is EvidenceError || error is StoreError { throw error }
            throw PackageError.cannotWrite(folder, MadeFolder.reason(error))
        }
        return latest.size
    }

    /// The checkpoints that the log has signed, by size, the latest among them: for each of their sizes a log has to have
    /// its tiles (tlog-tiles, "Partial Tiles").
    private func signed(
        _ store: StoreInspection, upTo head: JournalHead
    ) throws -> [(checkpoint: Checkpoint, note: SignedNote)] {
        let latest = head.verified.checkpoint
        var signed: [(checkpoint: Checkpoint, note: SignedNote)] = []
        let given = Dictionary(grouping: try store.cosignatures(), by: \.size)
        for (size, bytes) in try store.checkpoints() where UInt64(clamping: size) <= latest.size {
            guard var note = try? SignedNote(bytes), let checkpoint = try? Checkpoint(text: note.text),
                checkpoint.size == UInt64(clamping: size), checkpoint.origin == latest.origin
            else {
                throw PackageError.unsound(party: source.party, reason: "its checkpoint of \(size) leaves is damaged")
            }
            for line in given[checkpoint.size] ?? [] { try? note.add(line.signature) }
            signed.append((checkpoint, note))
        }
        guard signed.last?.checkpoint.size == latest.size else {
            // Of a party that runs, one that was signed since its database was opened.
            return signed + [(latest, head.verified.note)]
        }
        guard signed.last?.checkpoint == latest else {
            throw PackageError.unsound(
                party: source.party, reason: "it has signed two checkpoints of \(latest.size) leaves")
        }
        return signed
    }

    private func writeTiles(_ store: StoreInspection, _ checkpoints: [Checkpoint], _ folder: String) throws {
        var files = TileFolder(path: folder)
        var bundleFiles = files
        var (tiles, bundles) = (TileBuilder(), EntryBundleBuilder())
        var rest = checkpoints[...]
        try store.forEachJournalRow { _, _, bytes in
            var bytes = bytes
            while let next = rest.first, bytes.count >= JournalLeaf.width {
                let whole = UInt64(bytes.count / JournalLeaf.width)
                let count = Int(min(whole, next.size - tiles.size)) * JournalLeaf.width
                let leaves = UnsafeRawBufferPointer(rebasing: bytes[..<count]).bytes
                try tiles.append(entries: leaves, width: JournalLeaf.width, to: &files)
                try bundles.append(entries: leaves, width: JournalLeaf.width, to: &bundleFiles)
                bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
                guard tiles.size == next.size else { continue }
                guard tiles.root == next.root else { throw doesNotLead(tiles.size) }
                try tiles.flush(to: &files)
                try bundles.flush(to: &bundleFiles)
                rest = rest.dropFirst()
            }
        }
        if let missing = rest.first { throw doesNotLead(missing.size) }
    }

    private func doesNotLead(_ size: UInt64) -> PackageError {
        .unsound(party: source.party, reason: "its leaves do not lead to its checkpoint of \(size)")
    }

    /// Of the log itself the keys found with it; of the others those that are published.
    private func keyFiles(_ head: JournalHead) -> [ZipArchive.File] {
        let lists = KeyRing(publishedIn: source.evidenceDirectory).lists
        let others = lists.map { (name: LogName.party($0.origin), keys: $0.entries.map(\.key)) }
            .filter { $0.name != source.party }
        return KeyFiles.files(source.party, head.keys) + others.flatMap { KeyFiles.files($0.name, $0.keys) }
    }

    private func write(_ bytes: [UInt8], to folder: String, _ name: String) throws {
        let file = URL(fileURLWithPath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}
