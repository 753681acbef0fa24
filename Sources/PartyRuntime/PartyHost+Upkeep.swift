import Foundation
import KafkaClient
import Logging
import PartyCore
import PartyStore
import TransparencyLog

/// When a host last did what it does every so often.
struct StatusClock {
    /// Status file, milliseconds between two.
    static let statusInterval: Int64 = 250
    /// Group offsets, milliseconds between two commits.
    static let offsetInterval: Int64 = 1_000

    var statusAt: Int64 = 0
    var offsetsAt: Int64 = 0
    var firstSharedAt: Int64 = 0
    var lastChangeAt: Int64 = 0

    /// The wall clock; Unix milliseconds.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension PartyHost {
    /// Sends a stored chunk again; receivers know the copies by their message identifiers.
    func republish(_ number: Int64) throws {
        guard let chunk = try store.outboxChunk(number) else { return }
        try publisher.publish(chunk)
    }

    /// Logs what passes by itself, and stops at what does not.
    func checkProblems() throws {
        for problem in batch.problems {
            logger.warning(
                "reading \(problem.partition.map { "\($0.topic)/\($0.partition)" } ?? ""): \(problem.error.message)")
            if problem.error.isFatal { throw HostError(.brokerRefused, problem.error.message) }
            if problem.error.isAuthorization, let topic = problem.partition?.topic {
                throw HostError(.brokerRefused, configuration.kafka.refusedTopic(topic, wiring))
            }
            if problem.error.isOffsetOutOfRange {
                throw HostError(
                    .brokerRefused,
                    "the broker no longer has what \(wiring.party) is to read next (\(problem.error.message)); it lost data "
                        + "or deleted it too early: restore it, or begin a new run with another --data")
            }
        }
        if let refusal = publisher.refusal {
            let own = (wiring.writes.map(\.name) + wiring.deadLetterTopics).joined(separator: ", ")
            throw HostError(
                .brokerRefused,
                "the broker does not let \(configuration.kafka.user) write what \(wiring.party) writes (\(own)): "
                    + "\(refusal.message); set the rules that cycle topology acls prints")
        }
        for problem in publisher.takeProblems() {
            logger.warning("sending: \(problem.message)")
            if problem.isFatal {
                throw HostError(.brokerRefused, "the broker refuses what is sent: \(problem.message); start again")
            }
        }
    }

    /// Writes the status file and tells the broker how far this party has read, when it is time.
    func reportStatus(_ now: Int64, force: Bool = false) throws {
        if status.firstSharedAt == 0, engine.ledger.shared > 0 {
            status.firstSharedAt = now
            try writeStatus(now)
        }
        if force || now - status.statusAt >= StatusClock.statusInterval {
            status.statusAt = now
            try writeStatus(now)
            try store.sealCheckpoint(now: now, force: force)
            try checkpointFile.publish(store.cosignedCheckpoint()?.bytes, now: now, force: force)
        }
        if !groupOffsets.isEmpty, force || now - status.offsetsAt >= StatusClock.offsetInterval {
            status.offsetsAt = now
            // For lag displays and the broker's retention only; the truth is in the store.
            try? consumer.commit(groupOffsets)
            groupOffsets.removeAll()
        }
    }

    private func writeStatus(_ now: Int64) throws {
        let report = StatusReport(
            party: wiring.party, writtenAt: now,
            isIdle: hasNoInput && batch.problems.isEmpty && recordsInFlight == 0,
            books: engine.books,
            hops: wiring.reads.enumerated().map { latency.report(topic: $0.offset, name: $0.element.name) },
            journalLeaves: engine.nextSequence, unconfirmed: Int64(recordsInFlight),
            oldestPendingSince: try store.oldestKeptSince(), firstSharedAt: status.firstSharedAt,
            lastChangeAt: status.lastChangeAt, witness: witness.report(store), misplaced: placement.misplaced)
        try report.write(directory: configuration.directory)
    }

    /// How long a party that stops waits for the broker, milliseconds: with all else that it does then, below 2 s.
    static var lastWait: Int { 700 }

    /// Takes what is confirmed out of the outbox.
    func commitConfirmed() throws {
        let confirmed = publisher.takeConfirmed()
        guard !confirmed.isEmpty else { return }
        try store.batch { _ in
            BatchCommit(
                books: engine.books, offsets: [], firstLeaf: engine.nextSequence, leaves: [], chunk: nil,
                sentChunks: confirmed)
        }
    }

    /// Waits for confirmations, saves that they came, and closes. What is not confirmed in time is sent again at the
    /// next start.
    func finish() throws {
        try publisher.flush(deadlineMilliseconds: Self.lastWait)
        let isBrokerThere = publisher.isEverythingReported
        try commitConfirmed()
        batch = ConsumedBatch()
        try reportStatus(StatusClock.now(), force: true)
        // The last checkpoint goes out, now or at the next start; its cosignatures are collected then.
        try witness.send(store, via: &publisher, now: StatusClock.now())
        if isBrokerThere { try publisher.flush(deadlineMilliseconds: 500) }
        consumer.close(commitDeadlineMilliseconds: 200)
        publisher.close()
        try store.close()
        logger.info("\(wiring.party) has stopped")
    }
}
