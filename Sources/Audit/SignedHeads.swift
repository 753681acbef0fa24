import Foundation
import PartyStore
import TransparencyLog

/// The checkpoints of a party, wherever they lie, each checked for form, key and signature.
struct SignedHeads {
    /// One checkpoint whose signature is right.
    struct Head {
        var size: UInt64
        var root: TreeHash
        /// Where it lies, for people.
        var place: String
    }

    /// Those whose signature is right, smallest first.
    private(set) var heads: [Head] = []
    private let party: String
    private let origin: ExactText
    private let policy: KeyPolicy

    init(_ subject: AuditSubject, origin: ExactText, key: VerifierKey?) {
        party = subject.party
        self.origin = origin
        policy = KeyPolicy(logs: key.map { [TrustedLogKey(origin: origin, key: $0)] } ?? [])
    }

    /// Takes the checkpoints of the store and of the two files.
    mutating func take(
        stored: [(size: Int64, note: [UInt8])], _ subject: AuditSubject, _ findings: inout FindingList
    ) {
        for entry in stored {
            let place = "the stored checkpoint of \(entry.size) leaves"
            guard let head = verified(entry.note, place, &findings) else { continue }
            if Int64(exactly: head.size) != entry.size {
                findings.add(.badCheckpoint, party, "\(place) is signed for \(head.size)")
            }
            heads.append(head)
        }
        for path in [subject.directory + "/checkpoint", "\(subject.evidenceDirectory)/\(party).checkpoint"] {
            guard let data = FileManager.default.contents(atPath: path) else {
                if !stored.isEmpty { findings.add(.badCheckpoint, party, "\(path) is gone") }
                continue
            }
            guard let head = verified(Array(data), path, &findings) else { continue }
            heads.append(head)
        }
        heads.sort { $0.size < $1.size }
    }

    private func verified(_ note: [UInt8], _ place: String, _ findings: inout FindingList) -> Head? {
        do throws(PolicyError) {
            let verified = try policy.verify(note, origin: origin)
            return Head(size: verified.checkpoint.size, root: verified.checkpoint.root, place: place)
        } catch {
            findings.add(.badCheckpoint, party, "\(place): \(error)")
            return nil
        }
    }
}
