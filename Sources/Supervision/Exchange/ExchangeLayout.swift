import Composition
public import Foundation
public import PartyStore

/// The data directory of an exchange:
///
///     DIR/exchange.json    what it is, and who runs it
///     DIR/lock             held by the `cycle` that runs it
///     DIR/topology.yaml    as it was when the exchange was made; its programs read this copy
///     DIR/scenario.yaml    likewise
///     DIR/registers/       people and facilities of one's own, as C06, VSS and MoH know them
///     DIR/broker/          the embedded broker's log
///     DIR/security/        users, rules and logins of an exchange that is secured
///     DIR/NAME/            each party's state
///     DIR/auditor/         the auditor's log, and all records as it saw them
///     DIR/access.key       seals what people do in the running exchange
///     DIR/doors.json       settings, address and accounts of its doors
///     DIR/doors/           what the doors keep of what was submitted
///     DIR/evidence/        each party's public key and latest checkpoint
///     DIR/logs/NAME.log    what each program wrote
public struct ExchangeLayout: Sendable, Equatable {
    /// The directory.
    public let directory: String
    /// Where the key of the auditor's vault lies, as a person says it; nil for where it lay last, or where there is none.
    public let vaultKey: String?

    /// The layout of a directory, which need not exist.
    public init(_ directory: String, vaultKey: String? = nil) {
        self.directory = directory
        self.vaultKey = vaultKey
    }

    /// Where an exchange that stays is kept when no other place is named.
    public static let defaultDirectory = ".cycle/current"

    /// What a command about this exchange says besides, with the blank before it: nothing for ``defaultDirectory``.
    var dataOption: String { directory == Self.defaultDirectory ? "" : " --data \(directory)" }

    /// Where a run is kept when no other place is named.
    public static func runDirectory(scenario: String, at time: Date = Date()) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyyMMdd-HHmmss-SSS"
        return ".cycle/runs/\(scenario)-\(formatter.string(from: time))"
    }

    /// Path of `exchange.json`.
    public var recordPath: String { directory + "/exchange.json" }
    /// Path of the topology's copy.
    public var topologyPath: String { directory + "/topology.yaml" }
    /// Path of the scenario's copy.
    public var scenarioPath: String { directory + "/scenario.yaml" }
    /// Directory of the registers of people and facilities of one's own.
    public var registerDirectory: String { directory + "/registers" }
    /// Directory of the embedded broker.
    public var brokerDirectory: String { directory + "/broker" }
    /// What the embedded broker says of partitions that stand still because their files are damaged: a line each.
    var damagedPartitions: [String] {
        let text = try? String(contentsOfFile: brokerDirectory + "/damaged-partitions", encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }
    /// The file in which the embedded broker tells its address.
    public var brokerReadyPath: String { directory + "/broker.ready" }
    /// Directory of the key that vouches for facilities' certificates.
    public var authorityDirectory: String { directory + "/authority" }
    /// Settings, address and accounts of the doors.
    public var doorsPath: String { directory + "/doors.json" }
    /// The file in which the doors tell their address.
    public var doorsReadyPath: String { directory + "/doors.ready" }
    /// Directory of what the doors keep.
    public var doorsDirectory: String { directory + "/doors" }
    /// Directory of users, rules and logins.
    public var securityDirectory: String { directory + "/security" }
    /// Directory of public keys and latest checkpoints.
    public var evidenceDirectory: String { directory + "/evidence" }
    /// Directory of the logs.
    public var logDirectory: String { directory + "/logs" }
    /// Directory of a party.
    public func partyDirectory(_ party: String) -> String { "\(directory)/\(party)" }

    /// What the directory says of itself; nil when it holds no exchange.
    /// - Throws: ``ProgramFailure`` when another version wrote it, or the file is damaged.
    public func record() throws -> ExchangeRecord? {
        guard let data = FileManager.default.contents(atPath: recordPath) else { return nil }
        guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
            throw ProgramFailure("\(recordPath) is damaged; use another --data, or remove \(directory)")
        }
        guard version.format == ExchangeRecord.currentFormat else {
            throw ProgramFailure(
                "\(directory) has format \(version.format), this program reads \(ExchangeRecord.currentFormat); use "
                    + "another --data, or the version of the program that wrote it")
        }
        guard let record = try? JSONDecoder().decode(ExchangeRecord.self, from: data) else {
            throw ProgramFailure("\(recordPath) is damaged; use another --data, or remove \(directory)")
        }
        return record
    }

    private struct Version: Decodable { var format: Int }

    /// What the directory says of itself, of an exchange that runs or does not. Changes nothing.
    /// - Throws: ``ProgramFailure`` when it holds no exchange, or one of another version.
    package func requiredRecord() throws -> ExchangeRecord {
        guard let record = try record() else {
            throw ProgramFailure("\(directory) holds no exchange; check the path")
        }
        return record
    }

    /// What the directory of an exchange that is not running says of itself. Changes nothing.
    /// - Throws: ``ProgramFailure`` when it holds no exchange, one of another version, or one that is running.
    package func stoppedRecord() throws -> ExchangeRecord {
        let record = try requiredRecord()
        guard !isInUse else {
            throw ProgramFailure("\(directory) is in use; end the exchange with: cycle down --data \(directory)")
        }
        return record
    }

    /// Writes what the directory says of itself, in one step.
    public func write(_ record: ExchangeRecord) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            try encoder.encode(record).write(to: URL(fileURLWithPath: recordPath), options: .atomic)
        } catch {
            throw ProgramFailure("cannot write \(recordPath): \(error.localizedDescription)")
        }
    }

    /// Makes the directory and takes its lock.
    /// - Throws: ``ProgramFailure`` when another process holds it.
    public func lock() throws -> DirectoryLock {
        do {
            try FileManager.default.createDirectory(atPath: logDirectory, withIntermediateDirectories: true)
        } catch {
            throw ProgramFailure("cannot make \(directory): \(error.localizedDescription)")
        }
        do {
            return try DirectoryLock(directory: directory)
        } catch {
            guard error.code == .inUse else { throw error }
            let who = (try? record())?.flatMap { $0 }.map { " by cycle, process \($0.director)" } ?? ""
            throw ProgramFailure(
                "\(directory) is in use\(who); use another --data, or stop it with: cycle down --data \(directory)")
        }
    }

    /// Whether a `cycle` runs the exchange now.
    public var isInUse: Bool { DirectoryLock.isHeld(directory: directory) }

    /// Refuses a directory that cannot become a new exchange's.
    /// - Throws: ``ProgramFailure`` saying what lies there and what to do.
    public func requireUnused() throws {
        if let record = try record() {
            let what = record.scenario.map { "the scenario \($0)" } ?? "no scenario"
            throw ProgramFailure(
                "\(directory) holds another run (\(record.run), \(what)); use another --data, or remove it"
                    + (isInUse ? " after: cycle down --data \(directory)" : ""))
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        if !names.isEmpty {
            throw ProgramFailure("\(directory) is not empty and holds no exchange; use another --data")
        }
    }
}
