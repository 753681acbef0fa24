import PartyCore
import Topology
import Vocabulary

/// What the ledgers of the parties must say to each other once nothing is on its way, by the route of the exchange. Of a
/// party that somebody else runs nothing is known, and nothing is compared.
struct RouteLaw {
    private let topology: Topology
    private let route: Route
    private let outside: Set<String>

    init(_ topology: Topology, outside: Set<String> = []) {
        self.topology = topology
        self.outside = outside
        route = topology.route
    }

    /// Where they do not agree, in words.
    /// - Parameters:
    ///   - ledger: Of all shards of a party together.
    ///   - figures: Likewise.
    func violations(
        _ ledger: (String) -> Ledger, figures: (String) -> OwnFigures = { _ in OwnFigures() }
    ) -> [String] {
        let entrances = route.entrances
        let bookkeepers = route.bookkeeper.map { [$0] } ?? []
        let facilities = figure(.facility, ledger)
        func agree(_ what: String, _ field: KeyPath<Ledger, Int64>, with others: [Figure]) -> String? {
            let figures = ([facilities] + others).compactMap(\.self)
            guard Set(figures.map { $0.ledger[keyPath: field] }).count > 1 else { return nil }
            return differs(what, field, figures)
        }
        return [
            agree("submitted", \.submitted, with: [figure(entrances, ledger)]),
            agree("shared", \.shared, with: [figure(bookkeepers, ledger), present(ledger, figures)]),
            refusals(facilities, ledger, figures), agree("pending", \.pending, with: [figure(bookkeepers, ledger)]),
            agree("withdrawn", \.withdrawn, with: [figure(entrances, ledger)]), notices(figures),
        ].compactMap(\.self)
    }

    /// Where they do not say the same of later feedback, in words: of as many revisions as VSS has spoken MoH has heard, and
    /// of those that stood in the book then each facility has been told.
    /// - Parameter figures: Of all shards of a party together.
    func violations(figures: (String) -> OwnFigures) -> [String] {
        func feedback(_ role: PartyRole) -> FeedbackFigures? {
            let names = topology.parties(role: role).map(\.name)
            guard !names.isEmpty, outside.isDisjoint(with: names) else { return nil }
            let all = OwnFigures.total(names.map(figures))
            var feedback = all.feedback
            feedback.reduced += all.formerFeedback.reduced
            feedback.refused += all.formerFeedback.refused
            feedback.told += all.formerFeedback.told
            return feedback
        }
        guard let heard = feedback(.moh) else { return [] }
        var found: [String] = []
        if let said = feedback(.vss) {
            if said.waiting > 0 { found.append("feedback waits: vss \(said.waiting)") }
            if (said.reduced, said.refused) != (heard.reduced, heard.refused) {
                found.append(
                    "feedback differs: vss \(said.reduced) reduced and \(said.refused) refused, moh \(heard.reduced) "
                        + "and \(heard.refused)")
            }
        }
        if let known = feedback(.facility), known.reduced + known.refused != heard.told {
            found.append("feedback told differs: moh \(heard.told), facility \(known.reduced + known.refused)")
        }
        return found
    }

    /// Localities, without the entries of records whose amendment is on its way, for elsewhere these are pending, and
    /// without those that an amendment has brought to another locality.
    private func present(_ ledger: (String) -> Ledger, _ figures: (String) -> OwnFigures) -> Figure {
        guard var localities = figure(topology.bookLocalities.map(\.name), ledger) else { return nil }
        let names = route.bookkeeper.map { [$0] } ?? []
        let known = names.allSatisfy(outside.contains) ? topology.parties(role: .facility).map(\.name) : names
        localities.ledger.shared -= known.reduce(0) { $0 + figures($1).book.amending }
        localities.ledger.shared -= topology.bookLocalities.reduce(0) { $0 + figures($1.name).book.departed }
        return localities
    }

    /// What nobody answers has been taken in by whom it was sent to.
    private func notices(_ figures: (String) -> OwnFigures) -> String? {
        guard outside.isEmpty else { return nil }
        let all = OwnFigures.total(topology.parties.map { figures($0.name) }).notices
        guard all.sent != all.takenIn else { return nil }
        return "withdrawals and notes of refusals differ: sent \(all.sent), taken in \(all.takenIn)"
    }

    /// Parties that answer at once, and so have nothing in hand once nothing is on its way.
    var prompt: [String] {
        topology.parties.filter { party in
            party.role != .facility && party.name != route.bookkeeper && !holders.contains(party.name)
                && !outside.contains(party.name)
        }.map(\.name)
    }

    /// Parties whose messages an agreement may hold back.
    var holders: Set<String> { Set(topology.topics.filter { $0.requires != nil }.flatMap(\.writers)) }

    /// A named ledger; nil where nothing is known.
    private typealias Figure = (name: String, ledger: Ledger)?

    /// A refusal is told to the facility by whoever decided. Where several decide, one may have refused an earlier
    /// revision of what another has refused since, so that together they count it twice. What the facility knows as shared
    /// although an amendment was refused, whoever refused it may count.
    private func refusals(
        _ facilities: Figure, _ ledger: (String) -> Ledger, _ figures: (String) -> OwnFigures
    ) -> String? {
        let deciders = route.deciders.map { figure([$0], ledger) }
        let known = deciders.compactMap(\.self)
        guard let facilities, !known.isEmpty, known.count == deciders.count else { return nil }
        let all = known.map(\.ledger.refused)
        let amendments = topology.parties(role: .facility).reduce(0) {
            $0 + figures($1.name).book.refusedAmendments
        }
        let least = known.map { figure in
            figure.name == route.bookkeeper ? figure.ledger.refused : figure.ledger.refused - amendments
        }
        guard facilities.ledger.refused > all.reduce(0, +) || facilities.ledger.refused < least.max() ?? 0 else {
            return nil
        }
        return differs("refused", \.refused, [facilities] + known)
    }

    private func differs(
        _ what: String, _ field: KeyPath<Ledger, Int64>, _ figures: [(name: String, ledger: Ledger)]
    ) -> String {
        "\(what) differs: " + figures.map { "\($0.name) \($0.ledger[keyPath: field])" }.joined(separator: ", ")
    }

    private func figure(_ role: PartyRole, _ ledger: (String) -> Ledger) -> Figure {
        figure(topology.parties(role: role).map(\.name), ledger)
    }

    /// Parties of one role together: several localities share the residents.
    private func figure(_ names: [String], _ ledger: (String) -> Ledger) -> Figure {
        guard let first = names.first, let role = topology.party(named: first)?.role,
            outside.isDisjoint(with: names)
        else { return nil }
        return (role.rawValue, .total(names.map(ledger)))
    }
}
