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
        guard PeopleLaw(topology, outside: outside).violations({ statuses[$0]?.figures ?? OwnFigures() }).isEmpty
        else { return false }
        let law = RouteLaw(topology, outside: outside)
        guard
            law.violations({ statuses[$0]?.ledger ?? Ledger() }, figures: { statuses[$0]?.figures ?? OwnFigures() })
                .isEmpty,
            law.violations(figures: { statuses[$0]?.figures ?? OwnFigures() }).isEmpty,
            law.prompt.allSatisfy({ statuses[$0]?.ledger.pending == 0 })
        else { return false }
        let pending = facilities.reduce(0) { $0 + $1.pending }
        let holders = law.holders.compactMap { statuses[$0]?.ledger }
        let waiting = holders.reduce(0) { $0 + $1.pending }
        switch condition {
        case .settled: return pending == 0 && waiting == 0
        case .held:
            // An answer about what was amended since, and then refused by somebody else, is held for nobody.
            guard holders.reduce(0, { $0 + $1.held }) == waiting, waiting >= pending else { return false }
            return statuses.values.allSatisfy { $0.writtenAt - $0.lastChangeAt >= Self.stillMilliseconds }
        }
    }

    private func ledgers(_ role: PartyRole, _ statuses: [String: StatusReport]) -> [Ledger] {
        topology.parties(role: role).compactMap { statuses[$0.name]?.ledger }
    }
}
