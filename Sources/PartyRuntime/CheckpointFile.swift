import Foundation
import Journal
import PartyStore

/// Where a party's latest checkpoint lies for others to read: in its own directory and, where one is named, beside those
/// of the other parties. Never ahead of the store, for it is written after the commit.
struct CheckpointFile {
    private let paths: [String]
    private var written: [UInt8]?
    private var writtenAt: Int64 = 0

    init(directory: String, evidence: String?, party: String) {
        paths = [directory + "/checkpoint"] + (evidence.map { ["\($0)/\(party).checkpoint"] } ?? [])
    }

    /// Writes a new checkpoint, at most once a second unless forced.
    mutating func publish(_ note: [UInt8]?, now: Int64, force: Bool) throws {
        guard let note, force || now - writtenAt >= CheckpointSigner.interval, note != written else { return }
        for path in paths {
            do {
                try Data(note).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw StoreError(.diskFull, "cannot write \(path): \(error)")
            }
        }
        written = note
        writtenAt = now
    }
}
