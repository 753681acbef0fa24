import ArgumentParser
import Composition
import Foundation
import ProgramLog
import Registers
import Topology

/// `cycle up`: an exchange that stays until somebody ends it, and that goes on where it was when it is started again.
public struct StandingExchange {
    /// Path of the topology; nil for the shipped one, or that of the exchange that goes on.
    public var topology: String?
    /// Name or path of the scenario; nil for an exchange whose facility submits nothing by itself.
    public var scenario: String?
    /// The data directory.
    public var data: String
    /// Port of the broker; nil for a free one, or that of the exchange that goes on.
    public var port: Int?
    /// A broker that runs already; nil for an own one, or that of the exchange that goes on.
    public var bootstrapServers: String?
    /// Settings with which all log in at that broker: a file, or a directory with `NAME.properties` for each.
    public var kafkaConfig: String?
    /// How an own broker is secured; nil for one that is open to everybody on this machine, or as the exchange that
    /// goes on was.
    public var security: BrokerSecurity?
    /// Parties that somebody else runs.
    public var outside: [String] = []
    /// A file of people of one's own; nil for none, or those of the exchange that goes on.
    public var people: String?
    /// A file of facilities of one's own, which MoH then knows, and no others; nil for none, or those of the exchange that
    /// goes on.
    public var facilities: String?
    /// Whether nobody else lives there.
    public var onlyThesePeople = false
    /// Whether it gets doors; one that goes on has them if it had them before.
    public var doors = false
    /// Port of the doors; nil for a free one, or that of the exchange that goes on.
    public var doorsPort: Int?
    /// Where the key lies under which the auditor's vault is to be; nil for where it lay last, or for none.
    public var vaultKey: String?
    /// Seconds that the broker may take to answer.
    public var startupTimeout: Double

    /// The scenario whose people the registers know when no scenario is named.
    public static let defaultPopulation = "clean"

    /// Takes what most have; the broker is an own and open one.
    public init(topology: String?, scenario: String?, data: String, port: Int?, startupTimeout: Double) {
        self.topology = topology
        self.scenario = scenario
        self.data = data
        self.port = port
        self.startupTimeout = startupTimeout
    }

    /// Starts, prints the broker's address, and stays until a signal comes.
    /// - Throws: `ExitCode` 2 when it could not run, or had to stop.
    public func run() throws {
        let events = EventQueue()
        events.followSignals()
        try ProgramFailure.reported(by: "cycle") {
            let exchange = try make(ExchangeLayout(data, vaultKey: vaultKey), events)
            do {
                try exchange.start()
                try announce(exchange)
                while true {
                    try exchange.turn(milliseconds: 500)
                    _ = exchange.statuses()
                }
            } catch is StopRequested {
                exchange.stop()
                print("stopped; start it again with: cycle up --data \(data)")
            } catch {
                exchange.stop()
                throw error
            }
        }
    }

    private func make(_ layout: ExchangeLayout, _ events: EventQueue) throws -> RunningExchange {
        var options = RunningExchange.Options()
        options.startupTimeout = startupTimeout
        options.doorsPort = doorsPort
        let setup: PartySetup
        let record: ExchangeRecord
        if let former = try layout.record() {
            setup = try resume(former, layout)
            record = try asBefore(former)
            if former.ownsBroker {
                options.port = port ?? former.broker.split(separator: ":").last.flatMap { Int($0) } ?? 0
            } else {
                options.bootstrapServers = record.broker
            }
        } else {
            try layout.requireUnused()
            setup = try PartySetup(
                topology: topology, scenario: scenario ?? Self.defaultPopulation, records: scenario == nil ? 0 : nil)
            var fresh = ExchangeRecord(
                purpose: .up, scenario: scenario == nil ? nil : setup.scenario?.scenario.name, seed: nil,
                records: setup.records,
                broker: bootstrapServers ?? "", ownsBroker: bootstrapServers == nil)
            fresh.kafkaConfig = kafkaConfig.map(ExchangeFiles.absolute)
            fresh.security = security
            if doors { fresh.hasDoors = true }
            fresh.outside = try setup.outside(outside)
            options.bootstrapServers = bootstrapServers
            options.port = port ?? 0
            try requireFreshBroker(setup)
            if let people { fresh.people = try takeOver(people, layout) }
            if let facilities { fresh.hasFacilities = try takeOverFacilities(facilities, layout) }
            record = fresh
        }
        return try RunningExchange(layout: layout, setup: setup, record: record, options: options, events: events) {
            ProgramWord.say($0, by: "cycle")
        }
    }

    /// Makes the registers of the people in a file.
    private func takeOver(_ path: String, _ layout: ExchangeLayout) throws -> ExchangeRecord.People {
        do {
            let imported = try PeopleImport.run(path, into: RegisterFiles(directory: layout.registerDirectory))
            print(
                "\(imported.people) people of \(path): C06 knows \(imported.registered), VSS \(imported.insured)"
                    + (onlyThesePeople ? "; nobody else lives there" : ""))
        } catch let error as RegisterFileError {
            throw ProgramFailure(
                "\(error)\n\(path) was not taken over; mend it, look at it with: cycle people check \(path)")
        }
        return onlyThesePeople ? .alone : .besideComputed
    }

    /// Makes the register of the facilities in a file.
    private func takeOverFacilities(_ path: String, _ layout: ExchangeLayout) throws -> Bool {
        do {
            let count = try FacilityImport.run(path, into: RegisterFiles(directory: layout.registerDirectory))
            print("\(count) facilities of \(path): MoH knows them, and no others")
        } catch let error as RegisterFileError {
            throw ProgramFailure(
                "\(error)\n\(path) was not taken over; mend it, look at it with: cycle people check --facilities "
                    + path)
        }
        return true
    }

    private func requireFreshBroker(_ setup: PartySetup) throws {
        guard let bootstrapServers else { return }
        let settings = try ExchangeLogin(path: kafkaConfig)
            .settings(of: AccessPlan.operatorName, bootstrapServers: bootstrapServers)
        let broker = BrokerOptions(bootstrapServers: bootstrapServers, startupTimeout: startupTimeout)
        try FreshBroker.require(broker, topology: setup.topology, settings: settings) {}
    }

    /// The broker stays whose it was, and as open as it was; where it is and how to log in may have changed.
    private func asBefore(_ former: ExchangeRecord) throws -> ExchangeRecord {
        if former.ownsBroker, bootstrapServers != nil {
            throw ProgramFailure(
                "\(data) has a broker of its own; use another --data, or leave --bootstrap-servers out")
        }
        if !outside.isEmpty, Set(outside) != Set(former.outside ?? []) {
            let names = former.outside?.joined(separator: ", ") ?? "none"
            throw ProgramFailure(
                "\(data) was made with other parties outside (\(names)); use another --data, or leave --without out")
        }
        if facilities != nil {
            throw ProgramFailure(
                former.hasFacilities == true
                    ? "\(data) has taken its facilities over already; use another --data, or leave --facilities out"
                    : "\(data) was made without facilities of your own; use another --data, or leave --facilities out")
        }
        if people != nil {
            throw ProgramFailure(
                former.people == nil
                    ? "\(data) was made without people of your own; use another --data, or leave --people out"
                    : "\(data) has taken its people over already; use another --data, or leave --people out")
        }
        if security != nil, former.security == nil {
            throw ProgramFailure("\(data) was made without --secure; use another --data, or leave it out")
        }
        var record = former
        if doors { record.hasDoors = true }
        if let bootstrapServers { record.broker = bootstrapServers }
        if let kafkaConfig { record.kafkaConfig = ExchangeFiles.absolute(kafkaConfig) }
        if let security, security.certificate != nil { record.security = security }
        return record
    }

    /// An exchange goes on only as what it was.
    private func resume(_ record: ExchangeRecord, _ layout: ExchangeLayout) throws -> PartySetup {
        guard record.purpose == .up else {
            throw ProgramFailure(
                "\(data) holds a finished run (\(record.scenario ?? "no scenario")); use another --data, or remove it")
        }
        let files = ExchangeFiles()
        let asked = [
            (try topology.map { _ in try files.topologyPath(given: topology, scenario: nil) }, layout.topologyPath),
            (try scenario.map { try files.scenarioPath($0) }, layout.scenarioPath),
        ]
        for case (let given?, let kept) in asked {
            let (text, own) = (try ExchangeFiles.text(at: given), try ExchangeFiles.text(at: kept))
            if try text == own || kept == layout.scenarioPath && Self.started(text, given, as: kept) == own { continue }
            throw ProgramFailure(
                "\(data) was made with another file than \(given); use another --data, or leave it out")
        }
        return try PartySetup(
            topology: layout.topologyPath, scenario: layout.scenarioPath, records: Int(record.records),
            seed: record.seed, files: files)
    }

    /// The text of a scenario whose visits start `now`, with the moment at which the kept one has started.
    private static func started(_ text: String, _ given: String, as kept: String) throws -> String {
        guard case .at(let moment) = try ExchangeFiles.scenario(at: kept).scenario.visits.start else { return text }
        return try ExchangeFiles.scenario(at: given).scenario.text(text, startedAt: moment)
    }

    private func announce(_ exchange: RunningExchange) throws {
        print("broker \(exchange.bootstrapServers)")
        print("data \(data)")
        if let path = exchange.login.path { print("logins \(path)") }
        for party in exchange.setup.topology.parties {
            guard !exchange.outside.contains(party.name) else {
                print("\(party.name) outside: it is yours")
                continue
            }
            for name in party.processNames { print("\(name) process \(exchange.supervisor.running[name] ?? 0)") }
        }
        if exchange.hasDoors { for line in try DoorsAnnouncement(exchange.layout).lines { print(line) } }
        print("end it with Ctrl-C, or: cycle down --data \(data)")
        fflush(nil)
    }
}
