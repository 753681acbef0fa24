public import Composition
import ExchangeSchema
import PartyCore
import PartyRuntime
import Simulation
import SyntheticPopulation
import Topology
import Vocabulary

/// A scenario run in one process by the second host: the same cores, an in-memory bus, a virtual clock.
public struct SimulatedScenario {
    private let setup: PartySetup
    private let scenario: Scenario

    /// Takes a scenario.
    /// - Throws: ``ProgramFailure`` when none was named.
    public init(setup: PartySetup) throws {
        self.setup = setup
        scenario = try setup.requireScenario("simulate")
    }

    /// Runs it to its end.
    /// - Throws: `PopulationError` when the population cannot be.
    public func run() throws -> SimulationReport {
        let population = try setup.population("simulate")
        var gathering = Gathering(
            exchange: SimulatedExchange(
                topics: setup.topology.topics.map {
                    .init(name: $0.name, type: $0.carries, partitions: $0.partitions, readers: $0.readers)
                }, seed: scenario.seed, startsAt: population.configuration.visitsStart))
        let cores = PartyCores(setup)
        for party in setup.topology.parties { try cores.of(party, for: &gathering) }
        let result = try gathering.exchange.run(signatures: scenario.signatures.map(signature))
        return report(result, population)
    }

    private func signature(_ planned: PlannedSignature) -> SimulatedSignature {
        var signature = AgreementSignature()
        signature.agreement = planned.agreement
        signature.party = planned.party
        let c06 = name(.c06)
        let facility = name(.facility)
        let trigger = planned.trigger
        return SimulatedSignature(signature: signature) { ledgers in
            switch trigger {
            case .heldAtLeast(let count): (ledgers[c06]?.held ?? 0) >= Int64(count)
            case .submittedAtLeast(let count): (ledgers[facility]?.submitted ?? 0) >= Int64(count)
            }
        }
    }

    private func name(_ role: PartyRole) -> String {
        setup.topology.parties(role: role).first?.name ?? role.rawValue
    }

    private func report(_ result: SimulationResult, _ population: SyntheticPopulation) -> SimulationReport {
        let facility = result.ledgers[name(.facility)] ?? Ledger()
        let submission = (result.figures[name(.facility)] ?? OwnFigures()).submission
        var report = SimulationReport(
            scenario: scenario.name, seed: scenario.seed, records: setup.records, submitted: facility.submitted,
            shared: facility.shared, refused: facility.refused, pending: facility.pending,
            held: result.ledgers[name(.c06)]?.held ?? 0, refusedByReason: facility.refusedByReason,
            resubmitted: submission.resubmitted, corrected: submission.corrected,
            wrongMatches: submission.wrongMatches,
            duplicatesIgnored: result.ledgers.values.reduce(0) { $0 + $1.duplicatesIgnored },
            deadLetters: result.ledgers.values.reduce(0) { $0 + $1.deadLetters },
            journalLeaves: result.journalLeaves, consumed: consumed(result),
            virtualSeconds: Double(result.elapsedMilliseconds) / 1_000,
            digest: result.digest.description, roots: result.roots, violations: violations(result), assertions: [])
        let truth = GroundTruth(population: population, records: setup.records)
        report.assertions = scenario.evaluate { report.figure($0) ?? truth.figure($0) }
            // Speed and latency belong to real processes; a virtual clock says nothing of them.
            .filter { !SimulationReport.belongsToProcesses($0.assertion) }
            .map { assertion, result in
                AssertionReport(text: assertion.text, result: result)
            }
        report.wrongRoots = scenario.simulatedRoots.compactMap { wanted in
            let found = result.roots[wanted.party] ?? "none"
            return found == wanted.root ? nil : "root.\(wanted.party): expected \(wanted.root), found \(found)"
        }
        return report
    }

    private func consumed(_ result: SimulationResult) -> [String: Int64] {
        Dictionary(
            uniqueKeysWithValues: setup.topology.topics.map { topic in
                (topic.name, result.consumed[topic.carries] ?? 0)
            })
    }

    private func violations(_ result: SimulationResult) -> [String] {
        var violations: [String] = []
        for (name, ledger) in result.ledgers.sorted(by: { $0.key < $1.key }) {
            if !ledger.conserves { violations.append("\(name): submitted is not shared + refused + pending") }
            let rows = result.phases[name] ?? [:]
            let pending = (rows[.pending] ?? 0) + (rows[.held] ?? 0)
            let counted: [Int64] = [rows[.shared] ?? 0, rows[.refused] ?? 0, pending, rows[.held] ?? 0]
            if counted != [ledger.shared, ledger.refused, ledger.pending, ledger.held] {
                violations.append("\(name): its rows do not agree with its ledger")
            }
        }
        func ledger(_ role: PartyRole) -> Ledger {
            .total(setup.topology.parties(role: role).compactMap { result.ledgers[$0.name] })
        }
        let (facility, moh, locality) = (ledger(.facility), ledger(.moh), ledger(.locality))
        if Set([facility.shared, moh.shared, locality.shared]).count > 1 {
            violations.append("facility, moh and localities do not agree on what was shared")
        }
        if facility.submitted != moh.submitted || facility.refused != moh.refused {
            violations.append("facility and moh do not agree on what was submitted or refused")
        }
        return violations
    }
}

/// Gathers the parties of a simulated exchange.
private struct Gathering: CoreUser {
    var exchange: SimulatedExchange

    mutating func use(_ core: some PartyCore.Party, of party: TopologyParty) throws {
        exchange.add(core, named: party.name)
    }
}
