import Composition
import ExchangeSchema
import Foundation
package import KafkaClient
import PartyCore
import Registers
import Supervision
import Topology
import TransparencyLog
package import Vocabulary

/// Tries a party that somebody else runs: plays all the others for it, and compares what it writes with what our own party of
/// that role answers.
package struct Conformance {
    /// Topology, and our own people for the registers.
    private var setup: PartySetup
    private let party: TopologyParty
    private let settings: KafkaSettings
    /// Path of the party's warehouse; nil where none is looked at.
    private let warehouse: String?

    /// How long is waited.
    package struct Patience: Sendable {
        /// For the broker.
        package var startup: Duration
        /// For the whole.
        package var whole: Duration
        /// For the next thing that the party writes.
        package var silence: Duration

        /// Takes all fields.
        package init(startup: Duration, whole: Duration, silence: Duration) {
            self.startup = startup
            self.whole = whole
            self.silence = silence
        }
    }

    /// - Parameters:
    ///   - topology: Path of the topology; nil for the shipped one.
    ///   - name: The party's name in it; nil for the only one with the role.
    ///   - warehouse: Path of a locality's warehouse (docs/warehouse.md); nil where none is looked at.
    /// - Throws: ``ProgramFailure`` or `TopologyErrors` when they do not fit.
    package init(
        _ role: PartyRole, name: String?, topology: String?, settings: KafkaSettings, warehouse: String? = nil
    ) throws {
        self.warehouse = warehouse
        setup = try PartySetup(topology: topology, scenario: nil, records: 0)
        party = try setup.party(role, given: name)
        self.settings = settings
    }

    /// Tries the party, in bounded time.
    /// - Throws: `ConformanceError` and what stands in the way of reading and writing.
    package func run(_ patience: Patience) throws -> ConformanceReport {
        let folder = FileManager.default.temporaryDirectory.path + "/closed-cycle-conformance-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let kept = try warehouse.map(KeptRecords.init)
        let own = try setup(withPeopleIn: folder)
        try ExchangeTopics.make(own.topology, settings: settings, timeout: patience.startup)
        let topology = own.topology
        let read = topology.topicsRead(by: party.name).map(\.name)
        let wire = try ExchangeWire(
            settings: settings,
            reading: Set(topology.topics.map(\.name) + read.map(topology.deadLetters.topicName(for:))),
            writing: Set(read + [topology.audit.checkpoints]),
            // A facility may have begun before.
            fromBeginning: party.role == .facility
                ? Set(topology.topics(carrying: .facilityRecord).map(\.name)) : [])
        defer { wire.close() }
        let desk = CaseDesk(
            topology: topology, party: party, run: .random(in: .min ... .max),
            now: Int64(Date().timeIntervalSince1970 * 1_000))
        let party = party
        let deadline = ContinuousClock.now + patience.whole
        func report(_ results: [CaseResult]) -> ConformanceReport {
            ConformanceReport(
                party: party.name, broker: settings.bootstrapServers,
                route: topology.routeName?.name ?? topology.name, results: results)
        }
        if party.role == .facility {
            return report(
                try Self.facility(own, wire, desk, patience: patience.silence, deadline: deadline))
        }
        let gate = party.role == .c06 ? try GateState.look(desk, wire) : .none
        let keys = if case .closed(let keys) = gate { try keys.believed() } else { SignatoryKeys() }
        func run(_ topology: Topology) -> ConformanceRun {
            var own = own
            own.topology = topology
            return ConformanceRun(
                wire: wire, desk: desk, patience: patience.silence, deadline: deadline
            ) {
                var maker = OracleMaker(topology: topology, keys: keys)
                return try PartyCores(own).of(party, for: &maker)
            }
        }
        var results: [CaseResult] = []
        if let opening = try Self.gateCase(gate, desk) {
            var first = run(topology)
            try first.run([opening], isGated: true)
            results = first.results()
        }
        var rest = run(topology.signedByAll)
        let cases = try Self.cases(desk, hasWarehouse: kept != nil)
        if case .stuck(let why) = gate {
            try rest.run(cases.map { $0.hindered(by: .notJudged(why)) }, isGated: false)
        } else {
            try rest.run(cases, isGated: false)
        }
        let late = try kept.map { try rest.findings(in: $0) } ?? [:]
        return report(results + rest.results().map { $0.with(late[$0.name] ?? []) })
    }

    /// The names of all that is tried.
    package func caseNames() throws -> Set<String> {
        guard party.role != .facility else { return Set(FacilityCase.allCases.map(\.name)) }
        return Set(try allCases().map(\.name))
    }

    private func allCases() throws -> [ConformanceCase] {
        let desk = CaseDesk(topology: setup.topology, party: party, run: 0, now: 0)
        let gate: GateState = party.role == .c06 ? .inForce("") : .none
        return try [Self.gateCase(gate, desk)].compactMap(\.self) + Self.cases(desk)
    }

    /// All that is tried, for people: a case with what is expected, and where that stands.
    package func list() throws -> String {
        if party.role == .facility {
            return FacilityCase.allCases.map { "\($0.name)  \($0.sentence)\n      by \($0.source)" }
                .joined(separator: "\n")
        }
        return try allCases().map { "\($0.name)  \($0.sentence)\n      by \($0.source)" }.joined(separator: "\n")
    }

    /// The cases of the party's role.
    /// - Parameter hasWarehouse: Whether a locality's warehouse can be looked at.
    static func cases(_ desk: CaseDesk, hasWarehouse: Bool = false) throws -> [ConformanceCase] {
        switch desk.party.role {
        case .vss: VSSCases(desk: desk).all
        case .c06: C06Cases(desk: desk).all
        case .moh: MoHCases(desk: desk).all
        case .locality: LocalityCases(desk: desk, hasWarehouse: hasWarehouse).all
        case .facility: []
        }
    }

    /// What is tried while answers are held back; nil where nothing holds them.
    static func gateCase(_ gate: GateState, _ desk: CaseDesk) throws -> ConformanceCase? {
        let cases = C06Cases(desk: desk)
        switch gate {
        case .none: return nil
        case .inForce(let why): return cases.gate(obstacle: .notApplicable(why))
        case .open(let why), .stuck(let why): return cases.gate(obstacle: .notJudged(why))
        case .closed(let keys): return cases.gate(opening: try keys.messages(desk, about: desk.record("c06.gate", 9)))
        }
    }

    /// The setup with the kit's people, whom VSS and C06 must know, and nobody else.
    func setup(withPeopleIn folder: String) throws -> PartySetup {
        let file = folder + "/people.csv"
        try Data(ConformancePeople.csv.utf8).write(to: URL(fileURLWithPath: file))
        _ = try PeopleImport.run(file, into: RegisterFiles(directory: folder))
        var own = setup
        own.people = OwnPeople(directory: folder, areAlone: true)
        return own
    }
}

extension Topology {
    /// The same once every agreement is in force.
    var signedByAll: Topology {
        var topology = self
        for place in topology.agreements.indices {
            topology.agreements[place].signed = topology.agreements[place].signatories
        }
        return topology
    }
}
