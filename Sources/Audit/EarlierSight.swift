import Foundation
import Journal
import PartyCore
import PartyStore
import TransparencyLog

/// What was seen before the stores were opened. A party goes on while it is read, and others speak of what it has done
/// since: only what they said before can be held against its store.
struct EarlierSight {
    /// Notes of the checkpoint files, by path; a path without a file is missing.
    private(set) var notes: [String: [UInt8]] = [:]
    /// Checkpoints of others as each running party cosigned them last; nil where no party runs, so that the stores
    /// themselves may be asked.
    private(set) var seen: [ExactText: [(by: String, note: SignedNote)]]?
    /// Journal numbers of what waited in the outbox, by party.
    private(set) var unsent: [String: [Range<Int64>]] = [:]

    init(_ subjects: [AuditSubject]) {
        for path in subjects.flatMap(\.checkpointPaths) {
            if let data = FileManager.default.contents(atPath: path) { notes[path] = Array(data) }
        }
        guard subjects.contains(where: { DirectoryLock.isHeld(directory: $0.directory) }) else { return }
        var seen: [ExactText: [(by: String, note: SignedNote)]] = [:]
        for subject in subjects {
            // What cannot be read now is reported when the store is opened to be verified.
            guard let store = try? StoreInspection(directory: subject.directory) else { continue }
            for entry in (try? store.witness().witnessed) ?? [] {
                seen[entry.origin, default: []].append((subject.party, entry.seen.note))
            }
            unsent[subject.party] = (try? store.unsentNumbers()) ?? []
        }
        self.seen = seen
    }
}

extension AuditSubject {
    /// Where its latest checkpoint lies.
    var checkpointPaths: [String] { [directory + "/checkpoint", "\(evidenceDirectory)/\(party).checkpoint"] }
}

extension StoreInspection {
    /// Journal numbers of what waits in the outbox; damaged chunks are left out.
    func unsentNumbers() throws -> [Range<Int64>] {
        try progress.unsentChunks.compactMap { number in
            guard let chunk = try outboxChunk(number), chunk.firstSequence >= 0,
                chunk.firstSequence < Int64.max / 2
            else { return nil }
            return chunk.firstSequence..<chunk.firstSequence + Int64(chunk.messages.count)
        }
    }
}
