import Foundation
import KafkaClient
import Logging
import PartyCore
import PartyStore
import Topology
import TransparencyLog

extension AuditorHost {
    /// How long the auditor reads on when it is asked to stop.
    static let patience: Duration = .seconds(60)
    /// How long it waits for the next record meanwhile: a broker that is gone brings none. On a busy machine the auditor,
    /// which gives way to all else, may not run for seconds.
    static let silence: Duration = .seconds(15)

    /// Logs what passes by itself, and stops at what does not.
    func checkProblems() throws {
        for problem in batch.problems {
            let place = problem.partition.map { "\($0.topic)/\($0.partition)" } ?? ""
            logger.warning("reading \(place): \(problem.error.message)")
            if problem.error.isFatal { throw HostError(.brokerRefused, problem.error.message) }
            if problem.error.isOffsetOutOfRange {
                throw HostError(
                    .brokerRefused,
                    "the broker no longer has what the auditor is to read next (\(problem.error.message)); it lost data "
                        + "or deleted it too early: restore it, or begin a new run with another --data")
            }
        }
    }

    /// Writes the status file and checkpoints when it is time. Checkpoints of others alone are no reason to sign: the
    /// others would answer with a cosignature, and it would never come to rest.
    func reportStatus(_ now: Int64, force: Bool = false) throws {
        if force || now - clock.statusAt >= StatusClock.statusInterval {
            clock.statusAt = now
            try writeStatus(now)
            if hasNews || force {
                try store.sealCheckpoint(now: now, force: force)
                if store.isPublished { hasNews = false }
            }
            try checkpointFile.publish(store.cosignedCheckpoint()?.bytes, now: now, force: force)
        }
        if !groupOffsets.isEmpty, force || now - clock.offsetsAt >= StatusClock.offsetInterval {
            clock.offsetsAt = now
            // For lag displays and the broker's retention only; the truth is in the store.
            try? consumer.commit(groupOffsets)
            groupOffsets.removeAll()
        }
    }

    private func writeStatus(_ now: Int64) throws {
        let report = StatusReport(
            party: AuditPlan.auditorName, writtenAt: now, isIdle: batch.isEmpty && !hasNews,
            books: store.progress.books,
            hops: [],
            journalLeaves: nextLeaf, unconfirmed: 0, oldestPendingSince: nil, firstSharedAt: 0,
            lastChangeAt: clock.lastChangeAt, witness: witness.report(store),
            offsetsRead: zip(topics, next).reduce(0) { sum, topic in
                auditTopics.contains(topic.0.name) ? sum : sum + topic.1.reduce(0, +)
            })
        try report.write(directory: configuration.directory)
    }

    /// Reads on until all is seen that the broker has now, and says so when it cannot.
    func catchUp() throws {
        let ends: [[Int64]]
        do {
            ends = try watermarks()
        } catch {
            logger.warning("the broker does not say how far it has come (\(error)); records may be left unread")
            return
        }
        let deadline = ContinuousClock.now + Self.patience
        var heardAt = ContinuousClock.now
        while isBehind(ends) {
            guard ContinuousClock.now < deadline, ContinuousClock.now - heardAt < Self.silence else {
                logger.warning("stopped before all was read: \(left(ends)) records are left for the next start")
                return
            }
            try turn(idleMilliseconds: 100)
            if !batch.records.isEmpty { heardAt = .now }
        }
        logger.info("all that the broker had is seen")
    }

    private func watermarks() throws -> [[Int64]] {
        let admin = try KafkaAdmin(settings: configuration.kafka)
        defer { admin.close() }
        return try topics.map { topic in
            try admin.ends(ofTopic: topic.name, partitions: topic.partitions, timeoutMilliseconds: 2_000)
        }
    }

    private func isBehind(_ ends: [[Int64]]) -> Bool { left(ends) > 0 }

    private func left(_ ends: [[Int64]]) -> Int64 {
        var sum: Int64 = 0
        for (topic, offsets) in ends.enumerated() {
            for (partition, end) in offsets.enumerated() { sum += max(0, end - next[topic][partition]) }
        }
        return sum
    }

    /// Saves what is to be saved, and closes.
    func finish(closing vault: Vault) throws {
        batch = ConsumedBatch()
        try reportStatus(StatusClock.now(), force: true)
        // The last checkpoint goes out, now or at the next start; its cosignatures are collected then.
        try witness.send(store, via: &publisher, now: StatusClock.now())
        try publisher.flush(deadlineMilliseconds: 500)
        publisher.close()
        consumer.close(commitDeadlineMilliseconds: 200)
        vault.close()
        try store.close()
        logger.info("the auditor has stopped")
    }
}
