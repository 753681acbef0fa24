public import ArgumentParser
import Foundation
import KafkaClient
public import Logging
import PartyRuntime
import ProgramLog
import Topology

/// What the auditor's program takes.
public struct AuditorOptions: ParsableArguments {
    /// The exchange.
    @Option(help: "The topology file; by default the shipped one.")
    public var topology: String?

    /// The broker.
    @OptionGroup public var broker: BrokerOptions

    /// Where the auditor keeps its log and all records.
    @Option(help: "The auditor's data directory; made where it does not exist.")
    public var data: String

    /// Where the auditor publishes its key and latest checkpoint.
    @Option(help: "A directory for the auditor's public key and latest checkpoint, beside those of the parties.")
    public var evidence: String?

    /// Where the key of the vault lies.
    @Option(help: "The file of the key under which the vault's keys are, or are to be; by default where it lay last.")
    public var vaultKey: String?

    /// Whether to stop at the end of standard input.
    @Flag(help: "Stop at the end of standard input: when whoever started the auditor is gone.")
    public var stopWithParent = false

    /// Least severe messages logged.
    @Option(help: "The least severe messages to log, on standard error.")
    public var logLevel = Logger.Level.info

    /// For ArgumentParser.
    public init() {}
}

/// The work of the program `auditor`.
public enum AuditorProgram {
    /// How much the auditor gives way to the parties: it may be behind, and catches up when they rest.
    /// Not less than this: at 19 runs of 400 visits beside two busy processes on two cores took up to a minute, at 10 ten
    /// seconds.
    private static let niceness: Int32 = 10

    /// Runs the auditor on the calling thread; returns when it has stopped as asked.
    /// - Throws: `ExitCode` 2 when it cannot run; the reason is then on standard error.
    public static func run(_ options: AuditorOptions) throws {
        DatabaseStart.begin()
        let stop = PartyProgram.startStopSignal(stopWithParent: options.stopWithParent, earlyExitCode: 0)
        _ = nice(niceness)
        try ProgramFailure.reported(by: AuditPlan.auditorName) {
            let setup = try PartySetup(topology: options.topology, scenario: nil, records: 0)
            let logger = ProgramLog.logger(AuditPlan.auditorName, level: options.logLevel)
            var settings = try options.broker.settings(client: AuditPlan.auditorName)
            settings.log = { level, text in logger.log(level: level <= 4 ? .warning : .debug, "kafka: \(text)") }
            var configuration = HostConfiguration(
                directory: options.data, kafka: settings, startupTimeout: options.broker.timeout)
            configuration.batchRecords = 4_000
            configuration.idleMilliseconds = 100
            configuration.evidenceDirectory = options.evidence
            configuration.vaultKey = options.vaultKey
            try AuditorHost(
                topology: setup.topology, configuration: configuration, stop: stop, logger: logger
            ).run()
        }
    }
}
