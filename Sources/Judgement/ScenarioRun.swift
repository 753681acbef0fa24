import ArgumentParser
import Composition
import Foundation
import JUnitReport
import ProgramStart
public import Supervision
import Topology
import Vocabulary

/// `cycle run`: a new exchange for one scenario, from the start of its processes to the judgement.
public struct ScenarioRun {
    /// Name or path of the scenario.
    public var scenario: String
    /// In place of the scenario's number of visits, at least 1.
    public var records: Int?
    /// In place of the scenario's seed.
    public var seed: UInt64?
    /// A broker that runs already; nil for an own one.
    public var bootstrapServers: String?
    /// Settings with which all log in at that broker: a file, or a directory with `NAME.properties` for each.
    public var kafkaConfig: String?
    /// How an own broker is secured; nil for one that is open to everybody on this machine.
    public var security: BrokerSecurity?
    /// Parties that somebody else runs.
    public var outside: [String] = []
    /// The data directory, which must be new; nil for one under `.cycle/runs`.
    public var data: String?
    /// Where the report is written as JSON.
    public var report: String?
    /// Where what was tried is written as continuous integration reads it.
    public var junit: String?
    /// Where the key lies under which the auditor's vault is to be; nil for none.
    public var vaultKey: String?
    /// Path of the topology; nil for the scenario's, or the shipped one.
    public var topology: String?
    /// Seconds that the broker may take to answer.
    public var startupTimeout: Double = 30
    /// Whether a directory of the program's own choice is kept although all held.
    public var keep = false
    /// Whether progress is not shown.
    public var quiet = false

    /// A run of a scenario, all else at its default.
    public init(scenario: String) { self.scenario = scenario }

    /// Runs, prints the table, and writes the report: whenever the run had begun, however it ended.
    /// - Throws: `ExitCode`: 1 when something does not hold, 2 when it could not run, 128 and the signal's number when
    ///   it was interrupted.
    public func run() throws {
        let startedAt = Int64(Date().timeIntervalSince1970 * 1_000)
        let events = EventQueue()
        events.followSignals()
        let holds = try ProgramFailure.reported(by: "cycle") { try run(startedAt, events) }
        if !holds { throw ExitCode(1) }
    }

    private func run(_ startedAt: Int64, _ events: EventQueue) throws -> Bool {
        let setup = try PartySetup(topology: topology, scenario: scenario, records: records, seed: seed)
        let planned = try setup.requireScenario("cycle run")
        let layout = ExchangeLayout(
            data ?? ExchangeLayout.runDirectory(scenario: planned.name), vaultKey: vaultKey)
        try layout.requireUnused()
        let files = [report, junit].map { $0.map(OutputFile.init) }
        for file in files.compactMap(\.self) { try file.requirePlace() }
        if let facility = setup.topology.parties(role: .facility).first(where: { outside.contains($0.name) }) {
            throw ProgramFailure(
                "a run is over when its facilities have heard of every visit, so it cannot go without \(facility.name); "
                    + "use cycle up --without \(facility.name)")
        }
        if let bootstrapServers {
            let broker = BrokerOptions(bootstrapServers: bootstrapServers, startupTimeout: startupTimeout)
            let settings = try ExchangeLogin(path: kafkaConfig)
                .settings(of: AccessPlan.operatorName, bootstrapServers: bootstrapServers)
            try FreshBroker.require(broker, topology: setup.topology, settings: settings) {
                Self.exitIfInterrupted(events)
            }
        }
        let display = ProgressDisplay(isQuiet: quiet)
        if !quiet { StandardError.say("cycle: \(planned.name), \(setup.records) visits, data in \(layout.directory)") }
        let exchange = try makeExchange(layout, setup, planned, events, display)
        let (report, failure) = try conduct(exchange, planned, display, startedAt)
        if report.details.hasBegun { print(report.table) }
        try files[0]?.write(report.json)
        try files[1]?.write(Data(report.junit(repeatedBy: repeatingCommand).xml.utf8))
        if let failure { throw failure }
        if data == nil, !keep, report.holds {
            try? FileManager.default.removeItem(atPath: layout.directory)
        } else if !quiet {
            StandardError.say("cycle: data and logs are in \(layout.directory)")
        }
        return report.holds
    }

    private func makeExchange(
        _ layout: ExchangeLayout, _ setup: PartySetup, _ planned: Scenario, _ events: EventQueue,
        _ display: ProgressDisplay
    ) throws -> RunningExchange {
        var options = RunningExchange.Options()
        options.bootstrapServers = bootstrapServers
        options.startupTimeout = startupTimeout
        var record = ExchangeRecord(
            purpose: .run, scenario: planned.name, seed: seed, records: setup.records, broker: bootstrapServers ?? "",
            ownsBroker: bootstrapServers == nil)
        record.kafkaConfig = kafkaConfig.map(ExchangeFiles.absolute)
        record.security = security
        record.outside = try setup.outside(outside)
        return try RunningExchange(layout: layout, setup: setup, record: record, options: options, events: events) {
            display.say("cycle: " + $0)
        }
    }

    /// Brings the run to an end, and judges it whatever the end was.
    /// - Returns: The report, and why the run was cut off if it was.
    private func conduct(
        _ exchange: RunningExchange, _ planned: Scenario, _ display: ProgressDisplay, _ startedAt: Int64
    ) throws -> (RunReport, (any Error)?) {
        let runner = ScenarioRunner(exchange: exchange, scenario: planned, display: display)
        var end = RunEnd(startedAt: startedAt)
        var failure: (any Error)?
        do {
            try exchange.start()
            for party in exchange.outside.sorted() {
                display.say("cycle: \(party) is yours; it finds the broker at \(exchange.bootstrapServers)")
            }
            end.hasBegun = true
            end.ending = try runner.run()
            exchange.stop()
        } catch let request as StopRequested {
            exchange.stop()
            StandardError.say(
                "cycle: interrupted; all programs have stopped, the data is in \(exchange.layout.directory)")
            failure = ExitCode(128 + request.signal)
            end.ending = .interrupted
        } catch {
            exchange.stop()
            failure = error
            end.failure = String(describing: error)
        }
        let statuses = runner.finalStatuses()
        end.processes = exchange.supervisor.reports + [ProcessReport.ofThisProcess("cycle")]
        do {
            let evaluation = try RunEvaluation(
                layout: exchange.layout, setup: exchange.setup, statuses: statuses, outside: exchange.outside)
            return (try evaluation.report(end), failure)
        } catch {
            end.ending = .broken
            end.failure = [end.failure, String(describing: error)].compactMap(\.self).joined(separator: "\n")
            let evaluation = try RunEvaluation(unread: String(describing: error), setup: exchange.setup)
            return (try evaluation.report(end), failure ?? error)
        }
    }

    /// The line that repeats this run; a port of an outside broker may be another one by then.
    private var repeatingCommand: String {
        var command = RepeatingCommand("cycle", "run", scenario)
        command.add("--records", records)
        command.add("--seed", seed)
        command.add("--topology", topology)
        command.add("--bootstrap-servers", bootstrapServers)
        command.add("--kafka-config", kafkaConfig)
        for party in outside { command.add("--without", party) }
        return command.line
    }

    /// Before anything is started there is nothing to stop.
    private static func exitIfInterrupted(_ events: EventQueue) {
        if case .stopRequested(let signal) = events.next(milliseconds: 0) { exit(128 + signal) }
    }
}
