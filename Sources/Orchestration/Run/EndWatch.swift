import PartyCore
import PartyRuntime
import Topology
import Vocabulary

/// Tells from the parties' reports whether a run has come to its end.
struct EndWatch {
    /// How long nothing may have moved before what is held counts as held for good: two reports and a little.
    static let stillMilliseconds: Int64 = 700

    let topology: Topology
    let records: Int64
    let condition: EndCondition

    func hasEnded(_ statuses: [String: StatusReport]) -> Bool {
        guard statuses.count == topology.parties.count, statuses.values.allSatisfy({ $0.isIdle && $0.unconfirmed == 0 })
        else { return false }
        let facilities = ledgers(.facility, statuses)
        let ministries = ledgers(.moh, statuses)
        guard facilities.reduce(0, { $0 + $1.nextVisit }) >= records else { return false }
        func sum(_ ledgers: [Ledger], _ field: KeyPath<Ledger, Int64>) -> Int64 {
            ledgers.reduce(0) { $0 + $1[keyPath: field] }
        }
        let shared = sum(facilities, \.shared)
        let pending = sum(facilities, \.pending)
        guard sum(ministries, \.submitted) == sum(facilities, \.submitted), sum(ministries, \.shared) == shared,
            sum(ledgers(.locality, statuses), \.shared) == shared, sum(ministries, \.pending) == pending,
            sum(ledgers(.vss, statuses), \.pending) == 0
        else { return false }
        let waiting = sum(ledgers(.c06, statuses), \.pending)
        switch condition {
        case .settled: return pending == 0 && waiting == 0
        case .held:
            guard sum(ledgers(.c06, statuses), \.held) == pending, waiting == pending else { return false }
            return statuses.values.allSatisfy { $0.writtenAt - $0.lastChangeAt >= Self.stillMilliseconds }
        }
    }

    private func ledgers(_ role: PartyRole, _ statuses: [String: StatusReport]) -> [Ledger] {
        topology.parties(role: role).compactMap { statuses[$0.name]?.ledger }
    }
}
