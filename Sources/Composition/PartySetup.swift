import Foundation
public import Registers
public import SyntheticPopulation
public import Topology
public import Vocabulary

/// A party as the topology lists it, where `Party` would as well be that of `PartyCore`.
public typealias TopologyParty = Party

/// Topology and scenario as a party, or the whole exchange, starts with them.
public struct PartySetup: Sendable {
    /// The topology, with the scenario's signatures.
    public var topology: Topology
    /// Path of the topology file.
    public var topologyPath: String
    /// Whether the topology is the one that the scenario names, or the shipped one where it names none.
    public var isTopologyOfScenario = true
    /// The scenario with the numbers given on the command line; nil when none was named.
    public var scenario: LoadedScenario?
    /// Number of visits to submit.
    public var records: Int64
    /// People of one's own; nil for none.
    public var people: OwnPeople?
    /// Where the register of facilities of one's own lies; nil where MoH takes records of any.
    public var facilities: RegisterFiles?
    /// Whether VSS remembers the latest visits of each card's holder.
    public var remembersVisits = false

    /// Reads the files.
    /// - Parameters:
    ///   - topology: Path of the topology; nil for the scenario's, or the shipped one.
    ///   - scenario: Name or path of the scenario; nil for none.
    ///   - records: In place of the scenario's number; 0 for a facility that waits for visits from elsewhere.
    ///   - seed: In place of the scenario's.
    /// - Throws: ``ProgramFailure`` or `TopologyErrors`, with everything that is wrong.
    public init(
        topology given: String?, scenario name: String?, records: Int? = nil, seed: UInt64? = nil,
        files: ExchangeFiles = ExchangeFiles()
    ) throws {
        var loaded = try name.map { try ExchangeFiles.scenario(at: try files.scenarioPath($0)) }
        let wished = records == 0 ? nil : records
        if let found = loaded { loaded?.scenario = try found.scenario.with(records: wished, seed: seed) }
        let count = records ?? loaded?.scenario.records ?? 0
        loaded?.start(count, now: Date())
        topologyPath = try files.topologyPath(given: given, scenario: loaded)
        let base = try ExchangeFiles.topology(at: topologyPath)
        if let loaded, given != nil, let own = try? files.topologyPath(given: nil, scenario: loaded) {
            isTopologyOfScenario = (try? ExchangeFiles.topology(at: own)) == base
        }
        topology = try loaded?.scenario.topology(from: base) ?? base
        scenario = loaded
        self.records = Int64(count)
    }

    /// Parties that somebody else runs.
    /// - Parameter names: As given on the command line.
    /// - Returns: Nil for none.
    /// - Throws: ``ProgramFailure`` when the topology has no such party.
    public func outside(_ names: [String]) throws -> [String]? {
        for name in names where topology.party(named: name) == nil {
            let known = topology.parties.map(\.name).joined(separator: ", ")
            throw ProgramFailure("\(topologyPath) has no party \(name) to go without; it has \(known)")
        }
        return names.isEmpty ? nil : names
    }

    /// The scenario.
    /// - Throws: ``ProgramFailure`` when none was named.
    public func requireScenario(_ program: String) throws -> Scenario {
        guard let scenario else {
            throw ProgramFailure("\(program) needs --scenario: it says who lives there and what is submitted")
        }
        return scenario.scenario
    }

    /// The people of the scenario.
    /// - Throws: ``ProgramFailure`` when none was named, `PopulationError` when it cannot be.
    public func population(_ program: String) throws -> SyntheticPopulation {
        try SyntheticPopulation(configuration: PopulationConfiguration(try requireScenario(program)))
    }

    /// What a party does by the topology's route.
    /// - Throws: ``ProgramFailure`` when no record comes to it.
    public func duties(of party: TopologyParty) throws -> Duties {
        guard let duties = topology.route.duties(of: party.name) else {
            throw ProgramFailure(
                "in \(topologyPath) no record comes to \(party.name); make it a reader of what its role takes in")
        }
        return duties
    }

    /// The party that a program runs.
    /// - Parameter given: Its name, as given on the command line; nil for the only one with this role.
    /// - Throws: ``ProgramFailure`` when there is none, or more than one to choose from.
    public func party(_ role: PartyRole, given: String?) throws -> TopologyParty {
        let parties = topology.parties(role: role)
        let names = parties.map(\.name)
        if let given {
            guard let party = parties.first(where: { $0.name == given }) else {
                throw ProgramFailure(
                    "\(topologyPath) has no party \(given) with the role \(role.rawValue); it has "
                        + (names.isEmpty ? "none" : names.joined(separator: ", ")))
            }
            return party
        }
        guard parties.count == 1 else {
            throw ProgramFailure(
                "\(topologyPath) has \(names.count) parties with the role \(role.rawValue); "
                    + (names.isEmpty ? "add one" : "choose with --party: \(names.joined(separator: ", "))"))
        }
        return parties[0]
    }
}
