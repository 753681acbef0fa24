import Composition
public import ExchangeSchema
import Foundation
public import KafkaClient
public import Topology

/// What can be done to a running exchange from another terminal.
public struct ExchangeControl {
    private let layout: ExchangeLayout
    private let record: ExchangeRecord

    /// The exchange in a directory.
    /// - Throws: ``ProgramFailure`` when it holds none.
    public init(layout: ExchangeLayout) throws {
        guard let record = try layout.record() else {
            throw ProgramFailure("\(layout.directory) holds no exchange; start one with cycle up, or give --data")
        }
        self.layout = layout
        self.record = record
    }

    /// Whether it runs.
    public var isRunning: Bool { layout.isInUse }

    /// Asks the `cycle` that directs it to stop, and waits until it has.
    /// - Returns: False when it was not running.
    /// - Throws: ``ProgramFailure`` when it has not stopped after a while.
    public func stop(patience: Duration = .seconds(100)) throws -> Bool {
        guard layout.isInUse else { return false }
        guard kill(record.director, SIGTERM) == 0 else {
            throw ProgramFailure("cannot signal process \(record.director): \(String(cString: strerror(errno)))")
        }
        let deadline = ContinuousClock.now + patience
        while layout.isInUse {
            guard ContinuousClock.now < deadline else {
                throw ProgramFailure("process \(record.director) has not stopped within \(patience); end it by hand")
            }
            // Somebody else's process: the kernel tells us of its end only by its lock.
            usleep(10_000)
        }
        return true
    }

    /// Address of its broker.
    /// - Throws: ``ProgramFailure`` when it does not run.
    public func bootstrapServers() throws -> String {
        guard isRunning, !record.broker.isEmpty else {
            throw ProgramFailure(
                "the exchange in \(layout.directory) is not running; start it with: cycle up\(layout.dataOption)")
        }
        return record.broker
    }

    /// Settings of a client of its broker, which works as `cycle`.
    /// - Parameter config: A file of settings in place of the exchange's own.
    /// - Throws: ``ProgramFailure`` when it does not run, or the settings cannot be read.
    public func settings(config: String? = nil) throws -> KafkaSettings {
        let login = config.map { ExchangeLogin(path: $0) } ?? record.login(layout)
        return try login.settings(of: AccessPlan.operatorName, bootstrapServers: try bootstrapServers())
    }

    /// Its topology, as it was made.
    public func topology() throws -> Topology {
        let scenario = FileManager.default.fileExists(atPath: layout.scenarioPath) ? layout.scenarioPath : nil
        return try PartySetup(topology: layout.topologyPath, scenario: scenario, records: 0).topology
    }

    /// The inbox of one of its parties.
    /// - Throws: ``ProgramFailure`` when there is no such party.
    public func inbox(of party: String) throws -> PartyInbox {
        let topology = try topology()
        guard topology.party(named: party) != nil else {
            let names = topology.parties.map(\.name).joined(separator: ", ")
            throw ProgramFailure("there is no party \(party); there is \(names)")
        }
        return PartyInbox(layout: layout, party: party, topology: topology)
    }

    /// Has a party sign an agreement: it does so itself, with its own key.
    /// - Parameter name: The agreement; nil for the only one.
    /// - Returns: The signature that stands.
    /// - Throws: ``ProgramFailure`` when there is no such agreement or signatory, or the party does not run.
    public func sign(party: String, agreement name: String?) throws -> AgreementSigned {
        let topology = try topology()
        let names = topology.agreements.map(\.name)
        guard let chosen = name ?? (names.count == 1 ? names[0] : nil) else {
            throw ProgramFailure("choose with --agreement: \(names.joined(separator: ", "))")
        }
        guard let agreement = topology.agreement(named: chosen) else {
            throw ProgramFailure("there is no agreement \(chosen); there is \(names.joined(separator: ", "))")
        }
        guard agreement.signatories.contains(party) else {
            throw ProgramFailure(
                "\(party) is no signatory of \(chosen); signatories are \(agreement.signatories.joined(separator: ", "))"
            )
        }
        return try inbox(of: party).sign(chosen)
    }
}
