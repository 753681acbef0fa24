import BookStore
package import FacilityParty
import Foundation
import KafkaClient
import Logging
import PartyCore
package import PartyRuntime
import ProgramLog
import Registers
import Simulation
package import Topology
public import Vocabulary
import WarehouseStore

/// The work of the programs `facility`, `moh`, `vss`, `c06` and `locality`: a core, its wiring, and a host that runs it
/// until it is asked to stop.
public enum PartyProgram {
    /// Runs a party on the calling thread; returns when it has stopped as asked.
    /// - Parameter keepsReadModel: Whether MoH keeps its book and a locality its warehouse; a benchmark that wants to know
    ///   what these cost says no.
    /// - Throws: `ExitCode` 2 when it cannot run; the reason is then on standard error.
    public static func run(_ role: PartyRole, _ options: PartyOptions, keepsReadModel: Bool = true) throws {
        DatabaseStart.begin()
        let stop = startStopSignal(stopWithParent: options.stopWithParent, earlyExitCode: 0)
        try ProgramFailure.reported(by: role.rawValue) {
            var setup = try PartySetup(
                topology: options.topology, scenario: options.scenario ?? defaultScenario(role),
                records: options.records, seed: options.seed)
            if setup.scenario?.startedAt != nil {
                throw ProgramFailure(
                    "the visits of \(options.scenario ?? "the scenario") start now, which is another moment for each program; "
                        + "give the copy in the exchange's directory, or a number in place of now")
            }
            if role == .moh {
                setup.facilities = options.registers.map { RegisterFiles(directory: $0) }
            } else {
                setup.people = options.registers.map { OwnPeople(directory: $0, areAlone: options.onlyThesePeople) }
            }
            setup.remembersVisits = options.rememberVisits
            try run(role, options, setup, stop, keepsReadModel)
        }
    }

    /// Whose people VSS and C06 know when nobody says: those of the scenario without faults. A facility has no visits
    /// of its own without a scenario, and says so; the others need none.
    private static func defaultScenario(_ role: PartyRole) -> String? {
        switch role {
        case .vss, .c06: "clean"
        case .facility, .moh, .locality: nil
        }
    }

    /// Follows signals, and the parent if wished. To be called before anything that starts a thread.
    package static func startStopSignal(stopWithParent: Bool, earlyExitCode: Int32) -> StopSignal {
        // A broker that goes away while we write to it must not end the process.
        signal(SIGPIPE, SIG_IGN)
        let stop = StopSignal()
        stop.endsProcessUntilHostBegins(exitCode: earlyExitCode)
        stop.followSignals()
        if stopWithParent { stop.followParent() }
        return stop
    }

    private static func run(
        _ role: PartyRole, _ options: PartyOptions, _ setup: PartySetup, _ stop: StopSignal, _ keepsReadModel: Bool
    ) throws {
        var host = BrokerHost(options: options, setup: setup, stop: stop, keepsReadModel: keepsReadModel)
        try PartyCores(setup).of(try setup.party(role, given: options.party), for: &host)
    }
}

/// Runs a core on the broker that the options name.
private struct BrokerHost: CoreUser {
    let options: PartyOptions
    let setup: PartySetup
    let stop: StopSignal
    let keepsReadModel: Bool

    func use(_ core: some PartyCore.Party, of party: TopologyParty) throws {
        let name = party.name
        let logger = ProgramLog.logger(name, level: options.logLevel)
        var settings = try options.broker.settings(client: name)
        settings.log = { level, text in logger.log(level: level <= 4 ? .warning : .debug, "kafka: \(text)") }
        var configuration = HostConfiguration(
            directory: options.data, kafka: settings, startupTimeout: options.broker.timeout)
        configuration.evidenceDirectory = options.evidence
        configuration.readModel =
            switch party.role {
            case .moh where keepsReadModel: BookTables.plan
            case .vss where keepsReadModel: RefusalTable.plan
            case .locality where keepsReadModel: WarehouseWriter.plan
            default: nil
            }
        var guest: HostGuest?
        if let plan = setup.scenario?.scenario.twoHistories, plan.party == name {
            guest = {
                SecondHistory(of: name, key: $0, stored: $1, submittedAtLeast: Int64(plan.submittedAtLeast))
            }
        }
        if party.instances > 1 {
            var instance = InstanceConfiguration(host: configuration)
            instance.name = options.instance
            instance.sessionTimeoutMilliseconds = Int(options.sessionTimeout * 1_000)
            return try PartyInstance(
                core: core, party: name, topology: setup.topology, configuration: instance, stop: stop, logger: logger,
                guest: guest
            ).run()
        }
        let wiring = PartyWiring(party: name, topology: setup.topology)
        try PartyHost(
            core: core, wiring: wiring, configuration: configuration, stop: stop, logger: logger,
            inbox: SocketInbox(), guest: guest
        ).run()
    }
}

extension SubmissionPace {
    /// The pace that a scenario's load asks for.
    package init(_ load: LoadPlan) {
        self.init(
            maximumPending: load.maximumPending.map(Int64.init),
            recordsPerSecond: load.recordsPerSecond.map(Double.init))
    }
}
