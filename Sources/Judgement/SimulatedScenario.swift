public import Composition
import ExchangeSchema
import HealthBook
import PartyCore
import PartyRuntime
import ProvinceWarehouse
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
        let (report, failure) = try conduct()
        if let failure { throw failure }
        return report
    }

    /// Runs it, and reports on it whatever its end is.
    /// - Returns: The report, and why it broke off if it did.
    /// - Throws: ``ProgramFailure`` without a scenario.
    public func conduct() throws -> (report: SimulationReport, failure: (any Error)?) {
        var result: SimulationResult?
        do {
            let own = try self.result()
            result = own
            return (try report(own), nil)
        } catch {
            return (try report(brokenBy: String(describing: error), knowing: result), error)
        }
    }

    /// Runs it, and says what each party was left with.
    func result() throws -> SimulationResult {
        let population = try setup.population("simulate")
        var gathering = Gathering(
            exchange: SimulatedExchange(
                topics: setup.topology.topics.map {
                    .init(
                        name: $0.name, type: $0.carries, partitions: $0.partitions, readers: $0.readers,
                        province: $0.province.flatMap { UInt8($0) })
                }, seed: scenario.seed, startsAt: population.configuration.visitsStart))
        if ReadModelDifferences.areAsked(scenario.askedFigures) {
            let ministries = Set(setup.topology.parties(role: .moh).map(\.name))
            let localities = Set(setup.topology.parties(role: .locality).map(\.name))
            gathering.exchange.readModel = { name in
                ministries.contains(name) ? HealthBooks() : localities.contains(name) ? ProvinceWarehouse() : nil
            }
        }
        let cores = PartyCores(setup)
        for party in setup.topology.parties { try cores.of(party, for: &gathering) }
        return try gathering.exchange.run(signatures: scenario.signatures.map(signature))
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

    private func accounts(_ result: SimulationResult) -> [PartyAccount] {
        setup.topology.parties.compactMap { party in
            result.parties[party.name].map { PartyAccount(role: party.role, $0) }
        }
    }

    func judgement(_ result: SimulationResult) throws -> ExchangeJudgement {
        var judgement = try ExchangeJudgement(setup: setup, accounts: accounts(result))
        if ReadModelDifferences.areAsked(scenario.askedFigures) {
            judgement.readModels = try ReadModelJudge(setup: setup).differences(in: result)
        }
        return judgement
    }

    /// Of a simulation that broke off, with what is known of it: figures where it came to its end and was not judged.
    private func report(brokenBy failure: String, knowing result: SimulationResult?) throws -> SimulationReport {
        var judgement = try ExchangeJudgement(setup: setup, accounts: result.map(accounts) ?? [])
        judgement.hasBegun = false
        let consumed = judgement.consumed
        return SimulationReport(
            figures: judgement.figures, assertions: try judgement.assertions(measured: nil, consumed: consumed),
            details: SimulationDetails(
                failure: failure, journalLeaves: result?.journalLeaves ?? [:], consumed: consumed,
                virtualSeconds: result.map { Double($0.elapsedMilliseconds) / 1_000 } ?? 0,
                digest: result?.digest.description ?? "",
                violations: result == nil ? [] : judgement.conservation.violations,
                wrongRoots: [], remarks: []))
    }

    private func report(_ result: SimulationResult) throws -> SimulationReport {
        let judgement = try judgement(result)
        let figures = judgement.figures
        let consumed = judgement.consumed
        return SimulationReport(
            figures: figures, assertions: try judgement.assertions(measured: nil, consumed: consumed),
            details: SimulationDetails(
                journalLeaves: result.journalLeaves, consumed: consumed,
                virtualSeconds: Double(result.elapsedMilliseconds) / 1_000, digest: result.digest.description,
                violations: judgement.conservation.violations,
                wrongRoots: wrongRoots(figures.roots), remarks: remarks))
    }

    /// Roots are those of the topology with which the scenario was written.
    private func wrongRoots(_ roots: [String: String]) -> [String] {
        guard setup.isTopologyOfScenario else { return [] }
        return scenario.simulatedRoots.compactMap { wanted in
            let found = roots[wanted.party] ?? "none"
            return found == wanted.root ? nil : "root.\(wanted.party): expected \(wanted.root), found \(found)"
        }
    }

    private var remarks: [String] {
        guard !setup.isTopologyOfScenario, !scenario.simulatedRoots.isEmpty else { return [] }
        return [
            "the scenario's simulatedRoots are those of another topology than \(setup.topologyPath), and were not compared"
        ]
    }
}

/// Gathers the parties of a simulated exchange.
private struct Gathering: CoreUser {
    var exchange: SimulatedExchange

    mutating func use(_ core: some PartyCore.Party, of party: TopologyParty) throws {
        exchange.add(core, named: party.name)
    }
}
