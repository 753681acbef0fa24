import ExchangeSchema
import HostMachine
import Journal
import KafkaClient
import Logging
import PartyCore
import PartyStore
import TransparencyLog

/// Where a host speaks: status file, checkpoint file, log, and whoever gave it a command.
struct HostDesk<Record: RecordValue>: HostOutlet {
    let wiring: PartyWiring
    let directory: String
    let store: PartyStore<Record>
    let logger: Logger
    let inbox: (any CommandInbox)?
    var checkpointFile: CheckpointFile
    var latency: HopLatency
    var placement = PlacementCheck()
    /// Whether the last read brought problems, so that the party is not idle.
    var hasProblems = false

    /// Notes how long the records of a batch took, which lie where they should not, and what went wrong with reading.
    mutating func note(_ batch: ConsumedBatch, now: Int64) {
        hasProblems = !batch.problems.isEmpty
        for (index, record) in batch.records.enumerated() where record.topicIndex < wiring.reads.count {
            latency.record(topic: record.topicIndex, milliseconds: now - record.timestampMilliseconds)
            let warning = placement.note(record, in: batch, of: wiring.reads[record.topicIndex]) {
                batch.text(.source, ofRecord: index) ?? ""
            }
            if let warning { logger.warning("\(warning)") }
        }
    }

    mutating func report(_ report: HostReport) throws {
        // Whoever reads in the status what was taken in finds it in what people read.
        try store.settle(atOnce: true)
        let status = StatusReport(
            party: wiring.party, writtenAt: report.time, isIdle: report.isIdle && !hasProblems, books: report.books,
            hops: wiring.reads.enumerated().map { latency.report(topic: $0.offset, name: $0.element.name) },
            journalLeaves: report.leaves, unconfirmed: Int64(report.unconfirmed),
            oldestPendingSince: try store.oldestKeptSince(), firstSharedAt: report.firstSharedAt,
            lastChangeAt: report.lastChangeAt, witness: report.witness,
            misplaced: placement.misplaced)
        try status.write(directory: directory)
        guard let signed = report.checkpoint else { return }
        try checkpointFile.publish(
            store.cosigned(signed.note, size: signed.size).bytes, now: report.time, force: report.isLast)
    }

    func say(_ remark: HostRemark) { logger.log(remark) }

    func answer(_ reply: CommandReply) { inbox?.answer(reply) }
}

extension Logger {
    /// Writes a remark of a machine.
    func log(_ remark: HostRemark) {
        switch remark.level {
        case .info: info("\(remark.text)")
        case .warning: warning("\(remark.text)")
        case .error: error("\(remark.text)")
        }
    }
}
