import Foundation
import Journal
import PartyCore
import PartyStore
import TransparencyLog

/// Finds the checkpoints that bind a report's figures.
struct CheckpointSelection {
    private let parties: [(subject: AuditSubject, store: StoreInspection)]
    private let stored: [[Stored]]
    private let policy: KeyPolicy

    /// One stored checkpoint whose signature is right.
    private struct Stored {
        var size: Int64
        var verified: VerifiedCheckpoint
        var clock: Int64
    }

    /// Reads and verifies all stored checkpoints.
    /// - Parameter auditor: Who cosigned beside the parties; nil for nobody.
    init(_ parties: [(subject: AuditSubject, store: StoreInspection)], auditor: AuditSubject?) throws {
        self.parties = parties
        var unread = FindingList()
        var logs: [TrustedLogKey] = []
        var witnesses: [TrustedWitnessKey] = []
        func take(_ subject: AuditSubject, _ origin: ExactText) {
            guard let list = PartyKeys(subject, origin: origin, &unread).list else { return }
            logs += list.logKeys
            witnesses += list.witnessKeys
        }
        for (subject, store) in parties { take(subject, Self.origin(store)) }
        if let auditor, let exchange = parties.first?.store.exchange {
            take(auditor, JournalKey.origin(StoreIdentity(party: auditor.party, exchange: exchange)))
        }
        let policy = KeyPolicy(logs: logs, witnesses: witnesses)
        self.policy = policy
        stored = try parties.map { _, store in
            let notes = try store.checkpoints()
            let clocks = try Self.clocks(store, at: notes.map(\.size))
            let collected = Dictionary(grouping: try store.cosignatures(), by: \.size)
            return notes.compactMap { entry in
                let lines = collected[UInt64(clamping: entry.size)]?.map(\.signature) ?? []
                guard let verified = Self.verified(entry.note, lines, policy, origin: Self.origin(store)),
                    Int64(exactly: verified.checkpoint.size) == entry.size, let clock = clocks[entry.size]
                else { return nil }
                return Stored(size: entry.size, verified: verified, clock: clock)
            }
        }
    }

    /// The note with what others said of it; without that where it does not hold, which verification reports.
    private static func verified(
        _ note: [UInt8], _ cosignatures: [NoteSignature], _ policy: KeyPolicy, origin: ExactText
    ) -> VerifiedCheckpoint? {
        if var whole = try? SignedNote(note) {
            for signature in cosignatures { try? whole.add(signature) }
            if let verified = try? policy.verify(whole.bytes, origin: origin) { return verified }
        }
        return try? policy.verify(note, origin: origin)
    }

    private static func origin(_ store: StoreInspection) -> ExactText {
        JournalKey.origin(StoreIdentity(party: store.party, exchange: store.exchange))
    }

    /// The clock reading of the last leaf below each size.
    private static func clocks(_ store: StoreInspection, at sizes: [Int64]) throws -> [Int64: Int64] {
        var clocks: [Int64: Int64] = [:]
        var rest = sizes.filter { $0 > 0 }.sorted()[...]
        unsafe try store.forEachJournalRow { first, count, bytes in
            while let size = rest.first, size <= first &+ count {
                rest.removeFirst()
                let (at, isTooFar) = Int(clamping: size &- 1 &- first).multipliedReportingOverflow(
                    by: JournalLeaf.width)
                guard !isTooFar, at >= 0, at <= bytes.count - JournalLeaf.width else { continue }
                let raw = unsafe UnsafeRawBufferPointer(rebasing: bytes[at..<at + JournalLeaf.width])
                if let leaf = unsafe JournalLeaf(raw: raw) { clocks[size] = leaf.time }
            }
        }
        return clocks
    }

    /// The bindings, one a party.
    func bindings(_ choice: CheckpointChoice) throws(CheckpointChoiceError) -> [CheckpointBinding] {
        let chosen: (party: Int, entry: Stored)
        switch choice {
        case .latest: return parties.indices.map { binding($0, stored[$0].last) }
        case .size(let party, let size): chosen = try find(party, size)
        case .note(let bytes): chosen = try find(bytes)
        }
        return parties.indices.map { place in
            guard place != chosen.party else { return binding(place, chosen.entry) }
            return binding(place, stored[place].last { $0.clock <= chosen.entry.clock })
        }
    }

    private func find(_ party: String, _ size: Int64) throws(CheckpointChoiceError) -> (party: Int, entry: Stored) {
        guard let place = parties.firstIndex(where: { $0.subject.party == party }) else {
            throw .unknownParty(party, known: parties.map(\.subject.party))
        }
        guard let entry = stored[place].first(where: { $0.size == size }) else {
            let near = [stored[place].last { $0.size < size }, stored[place].first { $0.size > size }]
            throw .noCheckpoint(party: party, size: size, near: near.compactMap { $0?.size })
        }
        return (place, entry)
    }

    private func find(_ note: [UInt8]) throws(CheckpointChoiceError) -> (party: Int, entry: Stored) {
        let verified: VerifiedCheckpoint
        do throws(PolicyError) { verified = try policy.verify(note) } catch { throw .notSigned("\(error)") }
        let origin = verified.checkpoint.origin
        guard let place = parties.firstIndex(where: { Self.origin($0.store) == origin }) else {
            throw .notSigned("its origin is \(origin)")
        }
        let found = try find(parties[place].subject.party, Int64(clamping: verified.checkpoint.size))
        guard found.entry.verified.checkpoint.root == verified.checkpoint.root else {
            throw .otherHistory(party: parties[place].subject.party, size: found.entry.size)
        }
        var entry = found.entry
        // What is shown is the note that was given: it may bear more cosignatures.
        entry.verified = verified
        return (place, entry)
    }

    private func binding(_ place: Int, _ entry: Stored?) -> CheckpointBinding {
        let party = parties[place]
        let leaves = party.store.progress.nextSequence
        guard let entry else {
            return CheckpointBinding(
                party: party.subject.party, size: 0, root: "", key: "", clock: 0, cosignedBy: [], note: "",
                leaves: leaves)
        }
        let verified = entry.verified
        return CheckpointBinding(
            party: party.subject.party, size: entry.size, root: verified.checkpoint.root.description,
            key: verified.signers.first?.text ?? "", clock: entry.clock,
            cosignedBy: verified.cosignatures.map(\.witness.name.string).sorted(),
            note: String(decoding: verified.note.bytes, as: UTF8.self), leaves: leaves)
    }
}
