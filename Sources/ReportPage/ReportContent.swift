public import Audit
public import Topology
import Vocabulary

/// All that a report page is made of. The same content gives the same bytes.
public struct ReportContent: Sendable {
    /// The exchange, by its broker's cluster identifier.
    public var exchange: String
    /// Its scenario; nil when it has none.
    public var scenario: Scenario?
    /// Parties, topics and agreements.
    public var topology: Topology
    /// Figures, and the checkpoints that bind them.
    public var bound: BoundFigures

    /// One line on a scenario.
    public struct Scenario: Sendable {
        /// Its name.
        public var name: String
        /// What it is about; empty when the file does not say.
        public var summary: String
        /// Its seed.
        public var seed: UInt64

        /// Takes all fields.
        public init(name: String, summary: String, seed: UInt64) {
            self.name = name
            self.summary = summary
            self.seed = seed
        }
    }

    /// Takes all fields.
    public init(exchange: String, scenario: Scenario?, topology: Topology, bound: BoundFigures) {
        self.exchange = exchange
        self.scenario = scenario
        self.topology = topology
        self.bound = bound
    }

    var figures: ExchangeFigures { bound.figures }

    /// Full name of a party.
    func title(_ name: String) -> String {
        if let party = topology.party(named: name) { return party.title ?? name }
        let shard = topology.shards.first { $0.name == name }
        guard let shard, let number = shard.partition, let party = topology.party(named: shard.party) else {
            return name
        }
        return "\(party.title ?? party.name), shard \(number)"
    }

    /// Figures of the first party that runs a role.
    func party(_ role: PartyRole) -> PartyFigures? { figures.parties.first { $0.role == role.rawValue } }

    /// What names these checkpoints on the command line: that of the party whose last leaf is latest, so that those of
    /// all others are not later.
    var checkpointName: String {
        let latest = bound.bindings.filter { $0.size > 0 }.max { $0.clock < $1.clock }
        return latest.map { "\($0.party):\($0.size)" } ?? ""
    }

    /// The command that gives the same figures again.
    var command: String {
        "cycle audit report DATA --json" + (checkpointName.isEmpty ? "" : " --at \(checkpointName)")
    }
}
