import Journal
import PartyCore

extension StatusReport {
    /// What the shards of a party say together: counts added, times the longest, and idle when all are.
    /// - Returns: nil when none has said anything.
    public static func merged(party: String, _ reports: [StatusReport]) -> StatusReport? {
        guard var merged = reports.first else { return nil }
        merged.party = party
        merged.isIdle = reports.allSatisfy(\.isIdle)
        merged.ledger = .total(reports.map(\.ledger))
        merged.figures = .total(reports.map(\.figures))
        merged.hops = mergedHops(reports)
        merged.writtenAt = reports.map(\.writtenAt).min() ?? 0
        merged.journalLeaves = reports.reduce(0) { $0 + $1.journalLeaves }
        merged.unconfirmed = reports.reduce(0) { $0 + $1.unconfirmed }
        merged.oldestPendingSince = reports.compactMap(\.oldestPendingSince).min()
        merged.firstSharedAt = reports.map(\.firstSharedAt).filter { $0 > 0 }.min() ?? 0
        merged.lastChangeAt = reports.map(\.lastChangeAt).max() ?? 0
        merged.witness = mergedWitness(reports)
        let misplaced = reports.compactMap(\.misplaced)
        merged.misplaced = misplaced.isEmpty ? nil : misplaced.reduce(0, +)
        // Shards in one process each tell of the whole process.
        let processes = Dictionary(grouping: reports, by: \.process).values
        merged.peakResidentBytes = processes.reduce(0) { $0 + ($1.map(\.peakResidentBytes).max() ?? 0) }
        merged.processorSeconds = processes.reduce(0) { $0 + ($1.map(\.processorSeconds).max() ?? 0) }
        return merged
    }

    /// Their logs are published to the end when the sums agree, and cosigned by those who cosigned each.
    private static func mergedWitness(_ reports: [StatusReport]) -> WitnessReport? {
        let begun = reports.filter { $0.journalLeaves > 0 }.map(\.witness)
        let known = begun.compactMap { $0 }
        guard known.count == begun.count, let first = known.first else { return reports.first?.witness }
        return WitnessReport(
            signedLeaves: known.reduce(0) { $0 + $1.signedLeaves },
            publishedLeaves: known.reduce(0) { $0 + $1.publishedLeaves },
            cosignedBy: first.cosignedBy.filter { name in known.allSatisfy { $0.cosignedBy.contains(name) } },
            witnesses: known.map(\.witnesses).max() ?? 0,
            splitViews: Set(known.flatMap(\.splitViews)).sorted())
    }

    private static func mergedHops(_ reports: [StatusReport]) -> [HopReport] {
        (reports.first?.hops ?? []).map { first in
            let all = reports.flatMap(\.hops).filter { $0.topic == first.topic }
            return HopReport(
                topic: first.topic, count: all.reduce(0) { $0 + $1.count },
                p50Milliseconds: all.map(\.p50Milliseconds).max() ?? 0,
                p95Milliseconds: all.map(\.p95Milliseconds).max() ?? 0,
                p99Milliseconds: all.map(\.p99Milliseconds).max() ?? 0)
        }
    }
}
