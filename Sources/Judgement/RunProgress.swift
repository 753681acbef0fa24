import Foundation
import PartyCore
import PartyRuntime
import Topology
import Vocabulary

/// How far a run has come, gathered from the parties' reports: what is shown while it runs.
struct RunProgress: Sendable {
    struct Hop: Sendable {
        var topic: String
        var count: Int64
        var p50Milliseconds: Double
        var p99Milliseconds: Double
    }

    var scenario: String
    var records: Int64
    var elapsed: Duration
    var submitted: Int64 = 0
    var shared: Int64 = 0
    var refused: Int64 = 0
    var pending: Int64 = 0
    var withdrawn: Int64 = 0
    var held: Int64 = 0
    /// Messages that no party of the topology sent, as all readers count them.
    var strays: Int64 = 0
    var oldestPendingMilliseconds: Int64?
    var hops: [Hop] = []
    /// Visits settled a second, since the report before.
    var recordsPerSecond: Double = 0

    init(
        scenario: String, records: Int64, elapsed: Duration, topology: Topology, statuses: [String: StatusReport]
    ) {
        self.scenario = scenario
        self.records = records
        self.elapsed = elapsed
        for party in topology.parties {
            guard let status = statuses[party.name] else { continue }
            if party.role == .facility { add(status.ledger) }
            strays += status.ledger.strays
            if party.role == .c06 { held += status.ledger.held }
        }
        if let oldest = statuses.values.compactMap(\.oldestPendingSince).min() {
            oldestPendingMilliseconds = max(0, Int64(Date().timeIntervalSince1970 * 1_000) - oldest)
        }
        hops = topology.declaredTopics.compactMap { declared in
            // Of each topic the reader that has read most; the topics of provinces together.
            let busiest = topology.topics.filter { $0.declaredName == declared.name }.compactMap { topic in
                topic.readers.compactMap { reader in statuses[reader]?.hops.first { $0.topic == topic.name } }
                    .max { $0.count < $1.count }
            }
            guard !busiest.isEmpty else { return nil }
            return Hop(
                topic: declared.name, count: busiest.reduce(0) { $0 + $1.count },
                p50Milliseconds: busiest.map(\.p50Milliseconds).max() ?? 0,
                p99Milliseconds: busiest.map(\.p99Milliseconds).max() ?? 0)
        }
    }

    private mutating func add(_ ledger: Ledger) {
        submitted += ledger.submitted
        shared += ledger.shared
        refused += ledger.refused
        pending += ledger.pending
        withdrawn += ledger.withdrawn
    }

    var settled: Int64 { shared + refused + withdrawn }
}
