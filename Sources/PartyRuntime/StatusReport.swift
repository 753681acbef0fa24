import Foundation
public import Journal
public import PartyCore
import PartyStore
import ProgramStart

/// Latency of one hop as its reader saw it.
public struct HopReport: Sendable, Codable, Equatable {
    /// Topic read.
    public var topic: String
    /// Messages read since the process started.
    public var count: Int64
    /// Median, milliseconds.
    public var p50Milliseconds: Double
    /// 95th percentile, milliseconds.
    public var p95Milliseconds: Double
    /// 99th percentile, milliseconds.
    public var p99Milliseconds: Double

    /// Takes all fields.
    public init(
        topic: String, count: Int64, p50Milliseconds: Double, p95Milliseconds: Double, p99Milliseconds: Double
    ) {
        self.topic = topic
        self.count = count
        self.p50Milliseconds = p50Milliseconds
        self.p95Milliseconds = p95Milliseconds
        self.p99Milliseconds = p99Milliseconds
    }
}

/// What a running party says of itself, several times a second, in `status.json` of its data directory.
public struct StatusReport: Sendable, Codable, Equatable {
    /// Name of the party in the topology.
    public var party: String
    /// Process identifier.
    public var process: Int32
    /// When this was written; Unix milliseconds.
    public var writtenAt: Int64
    /// Whether the party has nothing left to do: all it read is committed and all it sent is confirmed.
    public var isIdle: Bool
    /// Its ledger.
    public var ledger: Ledger
    /// What it counts for itself.
    public var figures: OwnFigures
    /// Latencies.
    public var hops: [HopReport]
    /// Journal leaves written.
    public var journalLeaves: Int64
    /// Records sent and not yet confirmed.
    public var unconfirmed: Int64
    /// Since when the oldest pending record waits; Unix milliseconds, nil when none does.
    public var oldestPendingSince: Int64?
    /// Largest resident memory so far, bytes.
    public var peakResidentBytes: Int64
    /// Processor time used so far, seconds.
    public var processorSeconds: Double
    /// When the first record reached its end at this party; Unix milliseconds, 0 before.
    public var firstSharedAt: Int64
    /// When the ledger last moved; Unix milliseconds.
    public var lastChangeAt: Int64
    /// Its published checkpoints, and what it knows of the logs of others.
    public var witness: WitnessReport?
    /// Of the auditor: offsets up to which it has read, summed over all partitions but those of checkpoints and of acts of
    /// access, which go on when an exchange is at rest. Nil for parties.
    public var offsetsRead: Int64?
    /// Messages that lay in another partition than their key's, since the start; nil for none and for the auditor.
    public var misplaced: Int64?

    /// Reads what a party wrote; nil when there is nothing, or it is being replaced.
    public init?(directory: String) {
        guard let data = FileManager.default.contents(atPath: directory + "/status.json"),
            let report = try? JSONDecoder().decode(StatusReport.self, from: data)
        else { return nil }
        self = report
    }

    init(
        party: String, writtenAt: Int64, isIdle: Bool, books: PartyBooks, hops: [HopReport], journalLeaves: Int64,
        unconfirmed: Int64, oldestPendingSince: Int64?, firstSharedAt: Int64, lastChangeAt: Int64,
        witness: WitnessReport? = nil, offsetsRead: Int64? = nil, misplaced: Int64 = 0
    ) {
        self.misplaced = misplaced > 0 ? misplaced : nil
        self.offsetsRead = offsetsRead
        self.witness = witness
        self.party = party
        process = getpid()
        self.writtenAt = writtenAt
        self.isIdle = isIdle
        ledger = books.ledger
        figures = books.figures
        self.hops = hops
        self.journalLeaves = journalLeaves
        self.unconfirmed = unconfirmed
        self.oldestPendingSince = oldestPendingSince
        self.firstSharedAt = firstSharedAt
        self.lastChangeAt = lastChangeAt
        let use = ProcessUse.ofThisProcess
        (peakResidentBytes, processorSeconds) = (use.peakResidentBytes, use.processorSeconds)
    }

    /// Replaces the file in one step, so that a reader never sees half of it.
    /// - Throws: `StoreError` `diskFull`: a directory that was made and locked cannot be written for want of room.
    func write(directory: String) throws {
        let path = directory + "/status.json"
        do {
            try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw StoreError(
                .diskFull, "cannot write \(path): \(error.localizedDescription) Make room, then start again")
        }
    }
}
