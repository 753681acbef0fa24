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
    /// The language of the page.
    public var language: PageLanguage
    /// The age in milliseconds from which a record without an outcome stands still.
    public var standsStillAfter: Int64

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
    public init(
        exchange: String, scenario: Scenario?, topology: Topology, bound: BoundFigures,
        language: PageLanguage = .english, standsStillAfter: Int64 = ReportVerdict.standsStillAfter
    ) {
        self.exchange = exchange
        self.scenario = scenario
        self.topology = topology
        self.bound = bound
        self.language = language
        self.standsStillAfter = standsStillAfter
    }

    /// What the page says at its very top.
    public var verdict: ReportVerdict {
        ReportVerdict(bound, topology: topology, standsStillAfter: standsStillAfter)
    }

    var say: PageLanguage { language }
    var names: PartyNames { PartyNames(topology: topology, say: language) }

    var figures: ExchangeFigures { bound.figures }

    /// Full name of a party.
    func title(_ name: String) -> String { names.title(name) }

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
            + " --ages-to \(figures.at)"
            + (standsStillAfter == ReportVerdict.standsStillAfter
                ? "" : " --stands-still-after \(standsStillAfter / 1_000)")
    }
}
