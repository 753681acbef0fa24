import Journal
import PartyCore
import PartyStore
import TransparencyLog

/// Follows one log while its party writes it: what is new since the last look, and no more.
struct LogWatch {
    let subject: AuditSubject
    private var pass: JournalPass
    /// Leaves of the newest checkpoint that was looked at.
    private var signed: Int64 = -1
    private var isBroken = false
    /// Name of its log; nil before the party has begun.
    private var origin: ExactText?

    init(_ subject: AuditSubject) {
        self.subject = subject
        pass = JournalPass(subject, heads: [])
    }

    /// Leaves looked at.
    var leaves: Int64 { pass.leaves }

    /// What was found of strays so far, by the number of the topic.
    var strays: [UInt8: StrayCount] { pass.strays }

    /// Looks at what is new.
    /// - Returns: New checkpoints, smallest first.
    /// - Throws: `StoreError` when the directory cannot be read now.
    mutating func look(_ findings: inout FindingList) throws -> [WatchEvent] {
        guard !isBroken, case .begun(let store) = try StoreInspection.open(directory: subject.directory) else {
            return []
        }
        guard store.progress.nextSequence >= pass.leaves else {
            isBroken = true
            findings.add(
                .rolledBack, subject.party, leaf: store.progress.nextSequence,
                "the journal had \(pass.leaves) leaves a moment ago and has \(store.progress.nextSequence): its end is gone, "
                    + "or an older copy was put in its place; this log is not followed any further")
            return []
        }
        let origin = JournalKey.origin(StoreIdentity(party: store.party, exchange: store.exchange))
        if let known = self.origin, known != origin {
            isBroken = true
            findings.add(.unreadable, subject.party, "the directory holds another log than a moment ago: \(origin)")
            return []
        }
        self.origin = origin
        let heads = try newHeads(store, origin, &findings)
        pass.expect(heads, &findings)
        try unsafe store.forEachJournalRow(from: pass.leaves) { unsafe pass.take(first: $0, count: $1, $2, &findings) }
        for view in try store.splitViews() { findings.add(.splitView, subject.party, "it knows of \(view.view)") }
        // Only a checkpoint that is of the leaves is told as one; of any other there is a finding.
        return heads.filter { Int64(clamping: $0.size) <= pass.signedLeaves }.map { head in
            .checkpoint(party: subject.party, leaves: Int64(clamping: head.size), root: head.root.description)
        }
    }

    private mutating func newHeads(
        _ store: StoreInspection, _ origin: ExactText, _ findings: inout FindingList
    ) throws -> [SignedHeads.Head] {
        let stored = try store.checkpoints(after: signed)
        guard let last = stored.last else { return [] }
        signed = last.size
        var faults = FindingList()
        let keys = PartyKeys(subject, origin: origin, &faults)
        findings.take(faults)
        var heads = SignedHeads(subject, origin: origin, keys: keys.list, witnesses: [])
        heads.take(stored: stored, subject, notes: [:], isLive: true, &findings)
        return heads.heads
    }
}
