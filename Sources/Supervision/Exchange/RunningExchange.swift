public import Composition
import Foundation
public import KafkaClient
import Logging
public import PartyRuntime
import PartyStore
import ProgramLog
import Topology
import Vocabulary

/// An exchange that this process directs: its directory, its broker if it has one of its own, and a process for each
/// party. It belongs to one thread.
public final class RunningExchange {
    /// Its directory.
    public let layout: ExchangeLayout
    /// Topology, scenario and number of visits.
    public let setup: PartySetup
    /// Its processes.
    public let supervisor: ProcessSupervisor
    /// Address of the broker, once it is started.
    public private(set) var bootstrapServers: String
    private var record: ExchangeRecord
    private let lock: DirectoryLock
    private let events: EventQueue
    private let startupTimeout: Double
    private let port: Int
    private let doorsPort: Int?
    private let executables: String

    /// How an exchange is started.
    public struct Options: Sendable {
        /// Address of a broker that runs already; nil for an own one.
        public var bootstrapServers: String?
        /// Port of an own broker; 0 for any free one.
        public var port = 0
        /// Seconds that the broker may take to answer.
        public var startupTimeout: Double = 30
        /// Port of the doors; nil for the one in `doors.json`, or any free one.
        public var doorsPort: Int?
        /// Where the programs lie.
        public var executables = ExchangeFiles.executableDirectory

        /// The defaults: an own broker on a free port.
        public init() {}
    }

    /// Takes the directory for a new exchange, or one that was there before, and writes down what it is.
    /// - Parameter record: What the directory will say; of an exchange that goes on, what it says.
    /// - Throws: ``ProgramFailure`` when the directory is in use or cannot be written.
    public init(
        layout: ExchangeLayout, setup: PartySetup, record: ExchangeRecord, options: Options, events: EventQueue,
        report: @escaping (String) -> Void
    ) throws {
        self.layout = layout
        self.setup = setup
        self.record = record
        self.events = events
        startupTimeout = options.startupTimeout
        port = options.port
        doorsPort = options.doorsPort
        executables = options.executables
        bootstrapServers = options.bootstrapServers ?? ""
        if let path = layout.vaultKey {
            guard setup.topology.audit.auditor else {
                throw ProgramFailure("the topology has no auditor, who alone has a vault: leave out --vault-key")
            }
            _ = try VaultKeyFile(reading: path)
        }
        lock = try layout.lock()
        supervisor = ProcessSupervisor(events: events, logDirectory: layout.logDirectory, report: report)
        try keepCopies()
        self.record.director = getpid()
        try layout.write(self.record)
    }

    private func keepCopies() throws {
        let files =
            [(setup.topologyPath, try ExchangeFiles.text(at: setup.topologyPath), layout.topologyPath)]
            + (try setup.scenario.map { [($0.path, try $0.text(), layout.scenarioPath)] } ?? [])
        for (source, text, copy) in files where source != copy {
            do {
                try Data(text.utf8).write(to: URL(fileURLWithPath: copy), options: .atomic)
            } catch {
                throw ProgramFailure("cannot write \(copy): \(error.localizedDescription)")
            }
        }
    }

    /// Parties that somebody else runs, by the names of the topology: nothing of theirs is started or looked for here.
    public var outside: Set<String> { Set(record.outside ?? []) }

    /// How its programs log in at the broker.
    public var login: ExchangeLogin { record.login(layout) }

    /// Settings of a client that works as `cycle`.
    public func settings() throws -> KafkaSettings {
        try login.settings(of: AccessPlan.operatorName, bootstrapServers: bootstrapServers)
    }

    /// Starts the broker, if it is an own one, makes the topics where the parties may not, and then starts all parties at
    /// once, and the auditor.
    /// - Throws: ``ProgramFailure`` when one of them cannot start; ``StopRequested`` when somebody interrupts.
    public func start() throws {
        try OlderCopies.refuse(in: layout, setup.topology)
        if bootstrapServers.isEmpty { try startBroker() }
        if login.path != nil {
            let timeout = Duration.milliseconds(Int64(startupTimeout * 1_000))
            try ExchangeTopics.make(setup.topology, settings: try settings(), timeout: timeout)
        }
        for party in setup.topology.parties where !outside.contains(party.name) {
            for name in party.processNames {
                try supervisor.start(
                    ManagedProgram(
                        name: name, executable: try executable(party.role.rawValue),
                        arguments: try arguments(party.name) + (party.instances > 1 ? ["--instance", name] : [])))
            }
        }
        if setup.topology.audit.auditor { try startAuditor() }
        if hasDoors { try startDoors() }
        record.broker = bootstrapServers
        record.processes = supervisor.running
        try layout.write(record)
    }

    /// Whether it has doors.
    public var hasDoors: Bool { record.hasDoors == true }

    /// Returns when requests are taken.
    private func startDoors() throws {
        try? FileManager.default.removeItem(atPath: layout.doorsReadyPath)
        guard FileManager.default.isExecutableFile(atPath: executables + "/doors") else {
            throw ProgramFailure(
                "the program doors is missing beside cycle (\(executables)/doors); build it with: scripts/build release "
                    + "--doors")
        }
        let arguments = ["--data", layout.directory, "--ready-file", layout.doorsReadyPath, "--stop-with-parent"]
        try supervisor.start(
            ManagedProgram(
                name: "doors", executable: executables + "/doors",
                arguments: arguments + (doorsPort.map { ["--port", String($0)] } ?? []), stops: .beforeParties))
        // Once it has a port, doors.json has it.
        supervisor.setArguments(of: "doors", to: arguments)
        let deadline = ContinuousClock.now + .milliseconds(Int64(startupTimeout * 1_000))
        while ContinuousClock.now < deadline {
            if FileManager.default.fileExists(atPath: layout.doorsReadyPath) { return supervisor.noteReady("doors") }
            if let event = events.next(milliseconds: 3) { try handle(event) }
            try supervisor.restartDue()
        }
        throw ProgramFailure(
            "the doors were not open within \(startupTimeout) s:\n\(LogTail.read(supervisor.logPath("doors")))")
    }

    private func startBroker() throws {
        try? FileManager.default.removeItem(atPath: layout.brokerReadyPath)
        let security = try record.security?.prepare(setup.topology, layout: layout, broker: try executable("broker"))
        let arguments =
            (security ?? []) + [
                "--data", layout.brokerDirectory, "--durability", setup.topology.durability.rawValue, "--ready-file",
                layout.brokerReadyPath, "--stop-with-parent", "--port",
            ]
        try supervisor.start(
            ManagedProgram(
                name: "broker", executable: try executable("broker"), arguments: arguments + [String(port)],
                stops: .last))
        let deadline = ContinuousClock.now + .milliseconds(Int64(startupTimeout * 1_000))
        while ContinuousClock.now < deadline {
            if let text = FileManager.default.contents(atPath: layout.brokerReadyPath) {
                bootstrapServers = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
                supervisor.noteReady("broker")
                let port = bootstrapServers.split(separator: ":").last.map(String.init) ?? "0"
                supervisor.setArguments(of: "broker", to: arguments + [port])
                return
            }
            if let event = events.next(milliseconds: 3) { try handle(event) }
            try supervisor.restartDue()
        }
        throw ProgramFailure(
            "the broker was not ready within \(startupTimeout) s:\n\(LogTail.read(supervisor.logPath("broker")))")
    }

    private func startAuditor() throws {
        let name = AuditPlan.auditorName
        // It gives way to the parties, so that on a busy machine its start may take many times theirs; that is no reason to
        // end the exchange.
        let patience = min(86_400, startupTimeout * 10)
        var arguments = [
            "--topology", layout.topologyPath, "--bootstrap-servers", bootstrapServers, "--data",
            layout.partyDirectory(name), "--startup-timeout", String(patience), "--stop-with-parent",
            "--evidence", layout.evidenceDirectory,
        ]
        if let path = try login.settingsPath(of: name) { arguments += ["--kafka-config", path] }
        if let path = layout.vaultKey { arguments += ["--vault-key", path] }
        try supervisor.start(
            ManagedProgram(
                name: name, executable: try executable(name), arguments: arguments, stops: .afterParties))
    }

    private func executable(_ name: String) throws -> String {
        let path = executables + "/" + name
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw ProgramFailure("the program \(name) is missing beside cycle (\(path)); build the whole package")
        }
        return path
    }

    private func arguments(_ party: String) throws -> [String] {
        var arguments = [
            "--party", party, "--topology", layout.topologyPath, "--bootstrap-servers", bootstrapServers, "--data",
            layout.partyDirectory(party), "--startup-timeout", String(startupTimeout), "--stop-with-parent",
            "--evidence", layout.evidenceDirectory,
        ]
        if let path = try login.settingsPath(of: party) { arguments += ["--kafka-config", path] }
        if setup.scenario != nil {
            arguments += ["--scenario", layout.scenarioPath, "--records", String(setup.records)]
            if let seed = record.seed { arguments += ["--seed", String(seed)] }
        }
        let role = setup.topology.party(named: party)?.role
        if role == .vss, hasDoors { arguments.append("--remember-visits") }
        switch role {
        case .moh: if record.hasFacilities == true { arguments += ["--registers", layout.registerDirectory] }
        case .vss, .c06:
            if let people = record.people(layout) {
                arguments += ["--registers", people.directory] + (people.areAlone ? ["--only-these-people"] : [])
            }
        case .facility, .locality, nil: break
        }
        return arguments
    }

    /// Waits for events at most this long, and does what they ask for: restarts above all.
    /// - Throws: ``ProgramFailure`` when a program is given up; ``StopRequested`` when somebody wants the end.
    public func turn(milliseconds: Int) throws {
        let wait = min(milliseconds, supervisor.millisecondsToRestart ?? milliseconds)
        if let event = events.next(milliseconds: wait) {
            try handle(event)
            noteProcesses()
        }
        if supervisor.millisecondsToRestart == 0 {
            try supervisor.restartDue()
            noteProcesses()
        }
    }

    private func handle(_ event: ExchangeEvent) throws {
        switch event {
        case .exited(let exit): try supervisor.handle(exit)
        case .stopRequested(let signal): throw StopRequested(signal: signal)
        }
    }

    private func noteProcesses() {
        record.processes = supervisor.running
        try? layout.write(record)
    }

    /// What each party says of itself now, by name; parties that have said nothing yet are missing.
    public func statuses() -> [String: StatusReport] {
        let running = supervisor.running
        var statuses: [String: StatusReport] = [:]
        for party in setup.topology.parties where !outside.contains(party.name) {
            let reports = layout.reports(of: party, in: setup.topology)
            statuses[party.name] = layout.status(
                of: party, in: setup.topology, reports, running: Set(running.values))
            for name in party.processNames where reports.contains(where: { $0.process == running[name] }) {
                supervisor.noteReady(name)
            }
        }
        if isAuditorThere { supervisor.noteReady(AuditPlan.auditorName) }
        return statuses
    }

    /// Whether the auditor, if there is to be one, runs and has said so. What it has not read yet it reads when it is
    /// asked to stop; one that has just been killed cannot be asked.
    public var isAuditorThere: Bool { !setup.topology.audit.auditor || auditorStatus() != nil }

    /// What the auditor that runs now says of itself; nil before it has said anything.
    public func auditorStatus() -> StatusReport? {
        let name = AuditPlan.auditorName
        guard let process = supervisor.running[name], let status = StatusReport(directory: layout.partyDirectory(name))
        else { return nil }
        return status.process == process ? status : nil
    }

    /// Stops the parties, then the auditor when it has read all, then the broker.
    public func stop() {
        for name in supervisor.stopAll() {
            ProgramWord.say(
                "\(name) did not stop when asked and was ended by force; see \(supervisor.logPath(name))", by: "cycle",
                level: .warning)
        }
        record.processes = [:]
        try? layout.write(record)
    }
}

/// Somebody wants the exchange to stop.
public struct StopRequested: Error, Equatable {
    /// The signal's number.
    public var signal: Int32
}
