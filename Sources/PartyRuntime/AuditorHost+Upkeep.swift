import Foundation
import HostMachine
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
            for (partition, end) in offsets.enumerated() { sum += max(0, end - machine.next[topic][partition]) }
        }
        return sum
    }
}
