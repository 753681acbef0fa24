import Foundation
import Journal
import PartyStore
import TransparencyLog

/// The checkpoints of a party, wherever they lie, each checked for form, keys and signatures.
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
    /// Who rightly cosigned the latest checkpoint that somebody did, by the names of their logs.
    var cosigners: Set<ExactText> { witnessed[cosignedSize] ?? [] }
    /// Size of that checkpoint; 0 when nobody cosigned any.
    var cosignedSize: UInt64 { witnessed.keys.max() ?? 0 }
    /// Who rightly cosigned which size, by the names of their logs.
    private var witnessed: [UInt64: Set<ExactText>] = [:]
    /// Texts of the checkpoints that were published and are not stored, by size.
    private var texts: [UInt64: ExactText] = [:]
    let party: String
    private let origin: ExactText
    private let keys: KeyList?
    private let policy: KeyPolicy

    init(_ subject: AuditSubject, origin: ExactText, keys: KeyList?, witnesses: [TrustedWitnessKey]) {
        party = subject.party
        self.origin = origin
        self.keys = keys
        policy = KeyPolicy(logs: keys?.logKeys ?? [], witnesses: witnesses)
    }

    /// Takes the checkpoints of the store and of the two files.
    /// - Parameter notes: What lay in the files before the store was opened, by path.
    mutating func take(
        stored: [(size: Int64, note: [UInt8])], _ subject: AuditSubject, notes: [String: [UInt8]], isLive: Bool,
        _ findings: inout FindingList
    ) {
        for entry in stored {
            let place = "the stored checkpoint of \(entry.size) leaves"
            guard let head = verified(entry.note, place, &findings) else { continue }
            if Int64(exactly: head.size) != entry.size {
                findings.add(.badCheckpoint, party, "\(place) is signed for \(head.size)")
            }
            heads.append(head)
        }
        for path in subject.checkpointPaths {
            guard let note = notes[path] else {
                // A party that runs writes it again within a second.
                if !stored.isEmpty, !isLive { findings.add(.badCheckpoint, party, "\(path) is gone") }
                continue
            }
            guard let head = verified(note, path, &findings) else { continue }
            heads.append(head)
        }
        heads.sort { $0.size < $1.size }
    }

    /// Takes what other parties saw of this one: a journal that was rewritten and signed again is not theirs.
    mutating func take(seen: [(by: String, note: SignedNote)], _ findings: inout FindingList) {
        for entry in seen {
            guard let head = verified(entry.note.bytes, "the checkpoint that \(entry.by) cosigned", &findings) else {
                continue
            }
            heads.append(head)
        }
        heads.sort { $0.size < $1.size }
    }

    /// Checks what others said of the stored checkpoints: key, form, and that no witness goes back in time.
    mutating func take(
        cosigned: [CollectedCosignature], stored: [(size: Int64, note: [UInt8])], _ findings: inout FindingList
    ) {
        for entry in stored {
            if let note = try? SignedNote(entry.note) { texts[UInt64(clamping: entry.size)] = note.text }
        }
        var times: [ExactText: (time: UInt64, size: UInt64)] = [:]
        for entry in cosigned.sorted(by: { $0.size < $1.size }) {
            let place = "the cosignature of \(entry.signature.name) over \(entry.size) leaves"
            guard let text = texts[entry.size] else {
                findings.add(.cosignature, party, "\(place) is of a checkpoint that is not stored")
                continue
            }
            guard let time = time(of: entry.signature, over: text, place, &findings) else { continue }
            if let last = times[entry.signature.name], time < last.time {
                findings.add(
                    .cosignature, party, "\(place) was given before that over \(last.size) leaves, which are fewer")
            }
            times[entry.signature.name] = (time, entry.size)
            witnessed[entry.size, default: []].insert(entry.signature.name)
        }
    }

    /// Takes the checkpoints that the party published on the topic of checkpoints. What is not signed as it must be is not
    /// the party's: whoever may write the topic can put it there.
    /// - Parameter most: Greatest size that counts; nil for any.
    mutating func take(
        published: [PublishedChain.Entry], stored: [(size: Int64, note: [UInt8])], topic: String, upTo most: UInt64?
    ) {
        let known = Dictionary(stored.map { (UInt64(clamping: $0.size), $0.note) }) { first, _ in first }
        for entry in published where entry.checkpoint.size <= most ?? .max {
            let size = entry.checkpoint.size
            // The same bytes were looked at where they are stored.
            if let note = known[size], note == entry.note.bytes { continue }
            guard (try? policy.verify(entry.note, origin: origin)) != nil else { continue }
            if known[size] == nil { texts[size] = entry.note.text }
            heads.append(
                Head(
                    size: size, root: entry.checkpoint.root,
                    place: "the checkpoint that it published on \(topic) at offset \(entry.offset)"))
        }
        heads.sort { $0.size < $1.size }
    }

    /// Takes the cosignatures that were published, whether the party still has them or not.
    mutating func take(
        given: [PublishedCheckpoints.Given], kept: [CollectedCosignature], _ state: PublicationState, topic: String,
        _ findings: inout FindingList
    ) {
        let known = Set(kept)
        var lost: [PublishedCheckpoints.Given] = []
        for entry in given where !known.contains(entry.collected) {
            let signature = entry.collected.signature
            var unsaid = FindingList()
            guard let text = texts[entry.collected.size], time(of: signature, over: text, "", &unsaid) != nil else {
                continue
            }
            witnessed[entry.collected.size, default: []].insert(signature.name)
            if entry.offset < state.readUpTo { lost.append(entry) }
        }
        let last = lost.filter { Int64(clamping: $0.collected.size) == state.published }
        let sizes = Set(lost.map(\.collected.size))
        if kept.isEmpty, sizes.count >= PublicationState.sizesThatTell || !last.isEmpty {
            findings.add(
                .cosignature, party,
                "its database has no cosignature any more, and \(topic) has \(lost.count) by "
                    + "\(Self.names(lost)) over checkpoints of up to \(sizes.max() ?? 0) leaves, which it had read")
        } else if !last.isEmpty {
            findings.add(
                .cosignature, party,
                "its database has the cosignatures of \(Self.names(last)) over \(state.published ?? 0) leaves no more, "
                    + "which it had read on \(topic)")
        }
    }

    private static func names(_ given: [PublishedCheckpoints.Given]) -> String {
        Set(given.map(\.sender)).sorted().joined(separator: ", ")
    }

    private func time(
        of signature: NoteSignature, over text: ExactText, _ place: String, _ findings: inout FindingList
    ) -> UInt64? {
        guard let witness = policy.witnesses.first(where: { $0.key.made(signature) }) else {
            findings.add(.cosignature, party, "\(place) is by the unknown key \(signature.identifier)")
            return nil
        }
        guard let time = signature.cosignatureTime, witness.key.verifies(signature, over: text) else {
            findings.add(.cosignature, party, "\(place) is wrong: forged, or damaged")
            return nil
        }
        guard time >= witness.firstTime, time <= witness.lastTime ?? .max else {
            findings.add(.cosignature, party, "\(place) is by a key that was not in use then")
            return nil
        }
        return time
    }

    private func verified(_ note: [UInt8], _ place: String, _ findings: inout FindingList) -> Head? {
        do throws(PolicyError) {
            let verified = try policy.verify(note, origin: origin)
            // The specification lets unknown keys pass; nobody but parties of the exchange signs here.
            let known = verified.signers + policy.witnesses.map(\.key) + policy.logs.map(\.key)
            for signature in verified.note.signatures where !known.contains(where: { $0.made(signature) }) {
                findings.add(
                    .badCheckpoint, party,
                    "\(place) is signed by the unknown key \(signature.name)+\(signature.identifier)"
                )
            }
            return Head(size: verified.checkpoint.size, root: verified.checkpoint.root, place: place)
        } catch .retiredKey(let key, let size, let first, let last) {
            let why = last.map { size > $0 ? "retired at \($0)" : "" } ?? ""
            findings.add(
                .badCheckpoint, party,
                "\(place): checkpoint of \(size) leaves is signed with a key "
                    + (why.isEmpty ? "in use from \(first) on" : why) + ", \(key)")
            return nil
        } catch {
            findings.add(.badCheckpoint, party, "\(place): \(error)")
            return nil
        }
    }
}

/// How far a party had come on the topic of checkpoints.
struct PublicationState {
    /// Leaves of the checkpoint that it published last; nil before the first.
    var published: Int64?
    /// Offset at which it reads on.
    var readUpTo: Int64

    /// A party that is started again drops what comes about the checkpoints before its last one: only when those of several
    /// checkpoints are gone, somebody took them away.
    static let sizesThatTell = 3
}
