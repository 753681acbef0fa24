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
    /// Parties that somebody else runs: they report nothing, and what they have in hand is pending at others.
    var outside: Set<String> = []

    func hasEnded(_ statuses: [String: StatusReport]) -> Bool {
        guard statuses.count == topology.parties.count - outside.count,
            statuses.values.allSatisfy({ $0.isIdle && $0.unconfirmed == 0 })
        else { return false }
        let facilities = ledgers(.facility, statuses)
        let submitted = topology.parties(role: .facility).reduce(0) {
            $0 + (statuses[$1.name]?.figures.submission.nextVisit ?? 0)
        }
        guard submitted >= records else { return false }
        func sum(_ ledgers: [Ledger], _ field: KeyPath<Ledger, Int64>) -> Int64 {
            ledgers.reduce(0) { $0 + $1[keyPath: field] }
        }
        let shared = sum(facilities, \.shared)
        let pending = sum(facilities, \.pending)
        /// Of a role that an outsider has, nothing is known, and nothing is compared.
        func agrees(_ role: PartyRole, _ field: KeyPath<Ledger, Int64>, _ value: Int64) -> Bool {
            topology.parties(role: role).contains { outside.contains($0.name) }
                || sum(ledgers(role, statuses), field) == value
        }
        guard agrees(.moh, \.submitted, sum(facilities, \.submitted)), agrees(.moh, \.shared, shared),
            agrees(.locality, \.shared, shared), agrees(.moh, \.pending, pending), agrees(.vss, \.pending, 0)
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
