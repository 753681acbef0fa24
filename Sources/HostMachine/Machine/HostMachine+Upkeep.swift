import Journal
import PartyCore

extension HostMachine {
    /// Time has passed: what is done every so often is done when it is due.
    /// - Parameters:
    ///   - now: Clock reading; Unix milliseconds.
    ///   - force: Does it although it is not due: before the party stops.
    public mutating func tick(now: Int64, force: Bool = false) throws -> [HostAction] {
        var actions: [HostAction] = []
        let isFirstShared = status.firstSharedAt == 0 && engine.ledger.shared > 0
        if isFirstShared { status.firstSharedAt = now }
        let isDue = force || now - status.reportedAt >= HostStatus.interval
        if isDue {
            status.reportedAt = now
            try journal.seal(now: now, force: force)
            let rows = journal.takeRows()
            if !rows.isEmpty {
                var commit = HostCommit(books: engine.books, firstLeaf: engine.nextSequence)
                commit.rows = rows
                actions.append(.commit(commit))
            }
        }
        if isDue || isFirstShared { actions.append(.report(report(now: now, force: force))) }
        return actions + (try witness.outgoing(&journal, now: now))
    }

    /// Nothing is taken in, for the log has no room: what it has confirmed is taken out of the outbox.
    public mutating func heldUp() -> [HostAction] {
        let sent = outbox.takeConfirmed()
        guard !sent.isEmpty else { return [] }
        var commit = HostCommit(books: engine.books, firstLeaf: engine.nextSequence)
        commit.sentChunks = sent
        return [.commit(commit)]
    }

    /// The party is to stop. What is in hand is committed already; the last checkpoint goes out, now or at the next start.
    public mutating func stop(now: Int64) throws -> [HostAction] {
        status.hadNoInput = true
        return heldUp() + (try tick(now: now, force: true)) + [.finish]
    }

    private mutating func report(now: Int64, force: Bool) -> HostReport {
        var readUpTo: [PartitionOffset] = []
        if !status.readUpTo.isEmpty, force || now - status.offsetsAt >= HostStatus.offsetInterval {
            status.offsetsAt = now
            swap(&readUpTo, &status.readUpTo)
        }
        var checkpoint: (size: UInt64, note: [UInt8])?
        if let size = journal.signedSize, let note = journal.note { checkpoint = (size, note) }
        return HostReport(
            time: now, isIdle: status.hadNoInput && outbox.isEmpty, books: engine.books, leaves: engine.nextSequence,
            unconfirmed: outbox.records, firstSharedAt: status.firstSharedAt, lastChangeAt: status.lastChangeAt,
            witness: witness.report(journal), checkpoint: checkpoint, readUpTo: readUpTo, isLast: force)
    }
}
