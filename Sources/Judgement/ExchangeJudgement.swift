import Composition
import PartyCore
import Topology
import Vocabulary

/// Judges an exchange that has come to its end, by what each party was left with. It does not know whether they were
/// processes or machines in a simulation.
struct ExchangeJudgement {
    let setup: PartySetup
    let scenario: Scenario
    var accounts: [PartyAccount]
    /// Parties that somebody else ran: nothing of theirs is known.
    var outside: Set<String> = []
    /// Stores that were never made, as of a party that could not start.
    var missing: [String] = []
    /// Why nothing of what the parties were left with can be read; nil where it was read.
    var unread: String?
    /// Whether anything was started that could be judged.
    var hasBegun = true
    /// Whether it came to its scenario's end. Of one that was cut off messages are on their way, so that only what each
    /// party says for itself can be judged.
    var isAtRest = true
    /// Where book and warehouses are not what follows from the population; nil where nobody has looked.
    var readModels: ReadModelDifferences?

    /// - Throws: ``ProgramFailure`` without a scenario.
    init(setup: PartySetup, accounts: [PartyAccount]) throws {
        self.setup = setup
        self.accounts = accounts
        scenario = try setup.requireScenario("an evaluation")
    }

    /// Books of all parties of a role together: several localities share the residents.
    private func ledger(_ role: PartyRole) -> Ledger {
        .total(accounts.filter { $0.role == role }.map(\.ledger))
    }

    /// What parties of a role count for themselves, together.
    func ownFigures(_ role: PartyRole) -> OwnFigures {
        .total(accounts.filter { $0.role == role }.map(\.books.figures))
    }

    /// Visits with an outcome, as the facilities know it.
    var settled: Int64 {
        let facility = ledger(.facility)
        return facility.shared + facility.refused + facility.withdrawn
    }

    /// Visits in the books of localities: of several that have a resident, in one.
    private var bookShared: Int64 {
        let names = setup.topology.bookLocalities.map(\.name)
        let known = accounts.filter { names.contains($0.party) }
        return Ledger.total(known.map(\.ledger)).shared - OwnFigures.total(known.map(\.books.figures)).book.departed
    }

    /// Records that came to a province by a handover, counted in the same localities.
    private var handedOver: Int64 {
        let names = setup.topology.bookLocalities.map(\.name)
        let figures = OwnFigures.total(accounts.filter { names.contains($0.party) }.map(\.books.figures))
        return figures.civil.received.values.reduce(0, +)
    }

    /// What it ended with.
    var figures: ScenarioFigures {
        let facility = ledger(.facility)
        let submission = ownFigures(.facility).submission
        return ScenarioFigures(
            scenario: scenario.name, seed: scenario.seed, records: setup.records + submission.byHand,
            submitted: facility.submitted,
            shared: bookShared - ownFigures(.moh).book.amending, refused: facility.refused,
            pending: facility.pending, withdrawn: facility.withdrawn,
            held: ledger(.c06).held, refusedByReason: facility.refusedByReason,
            resubmitted: submission.resubmitted, corrected: submission.corrected, amended: submission.amended,
            refusedAmendments: ownFigures(.facility).book.refusedAmendments,
            wrongMatches: submission.wrongMatches,
            duplicatesIgnored: accounts.reduce(0) { $0 + $1.ledger.duplicatesIgnored },
            duplicatesApplied: accounts.reduce(0) { $0 + $1.effectsBeyondOne },
            deadLetters: accounts.reduce(0) { $0 + $1.ledger.deadLetters },
            changes: ownFigures(.c06).civil.changes,
            handedOver: handedOver,
            roots: Dictionary(accounts.map { ($0.name, $0.root) }) { first, _ in first })
    }

    /// Messages read from each topic, by the reader that has read most. The topics of provinces are counted as one.
    var consumed: [String: Int64] {
        setup.topology.topics.reduce(into: [:]) { counts, topic in
            let read = topic.readers.map { reader in
                PartyAccount.consumed(topic.name, by: accounts.filter { $0.party == reader }.flatMap(\.offsets))
            }
            counts[topic.declaredName, default: 0] += read.max() ?? 0
        }
    }

    /// Whether nothing was lost and nothing came twice.
    var conservation: ConservationReport {
        if let unread {
            return ConservationReport(
                holds: false, violations: ["what the parties have kept cannot be read: \(unread)"], parties: [])
        }
        var violations = accounts.flatMap(\.violations)
        violations += missing.map { "\($0): it kept nothing; it never came to start" }
        if isAtRest {
            violations += disagreements
            for account in accounts where account.unconfirmedChunks > 0 {
                violations.append("\(account.name): \(account.unconfirmedChunks) outbox chunks are not confirmed")
            }
        }
        violations += accounts.filter { $0.effectsBeyondOne > 0 }.map {
            "\($0.name): \($0.effectsBeyondOne) book entries beyond one for a record"
        }
        return ConservationReport(holds: violations.isEmpty, violations: violations, parties: accounts.map(\.report))
    }

    /// Where parties do not say the same.
    private var disagreements: [String] {
        let law = RouteLaw(setup.topology, outside: outside)
        func figures(_ name: String) -> OwnFigures {
            .total(accounts.filter { $0.party == name }.map(\.books.figures))
        }
        let route = law.violations(
            { name in .total(accounts.filter { $0.party == name }.map(\.ledger)) }, figures: figures)
        let people = PeopleLaw(setup.topology, outside: outside).violations(figures)
        return route + law.violations(figures: figures) + people + differentProvinces
    }

    /// Provinces of which two localities do not have the same: the one that serves it, and the one that serves all.
    private var differentProvinces: [String] {
        let localities = setup.topology.parties(role: .locality).filter { !outside.contains($0.name) }
        guard let whole = localities.first(where: { $0.servedProvinces == nil }) else { return [] }
        func shared(_ party: String, _ province: String) -> Int64 {
            accounts.filter { $0.party == party }
                .reduce(0) { $0 + ($1.books.figures.sharedByProvince[province] ?? 0) }
        }
        return localities.flatMap { locality in
            locality.provinces.compactMap { province in
                let (own, other) = (shared(locality.name, province), shared(whole.name, province))
                return own == other
                    ? nil : "province \(province) differs: \(locality.name) shared \(own), \(whole.name) \(other)"
            }
        }
    }

    /// What came of the scenario's assertions; without processes, of those on what has no clock.
    /// - Throws: `PopulationError` when one of them asks for the population's truth, and there can be no population.
    func assertions(measured: MeasuredFigures?, consumed: [String: Int64]) throws -> [AssertionReport] {
        // Nothing can be said of what was not read or never began, not even that nothing was lost.
        guard unread == nil, hasBegun else {
            return scenario.assertions.map { AssertionReport(text: $0.text, holds: false) }
        }
        let asked = scenario.askedFigures
        let truth =
            asked.contains { $0.hasPrefix("expected.") }
            ? GroundTruth(
                population: try setup.population("an evaluation"), records: setup.records,
                asking: setup.topology.route.examiners) : nil
        let named = NamedFigures(
            figures: figures, consumed: consumed, measured: measured, truth: truth,
            feedback: ownFigures(.vss).feedback, readModels: readModels)
        return scenario.evaluate { named[setup.topology.nameByTopic(ofFigure: $0)] }
            .filter { measured != nil || !$0.assertion.figureNames.contains(where: NamedFigures.isMeasured) }
            .map {
                var report = AssertionReport(text: $0.assertion.text, result: $0.result)
                if !report.holds {
                    report.findings = $0.assertion.figureNames.compactMap { readModels?.findings($0)?.first }.first
                }
                return report
            }
    }
}

extension Scenario {
    /// The figures that its assertions name.
    var askedFigures: [String] { assertions.flatMap(\.figureNames) }
}

extension Assertion {
    /// The figures that it names.
    fileprivate var figureNames: [String] { [left, right.figureName].compactMap { $0 } }
}
