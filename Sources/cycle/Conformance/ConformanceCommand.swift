import ArgumentParser
import Composition
import Conformance
import Foundation
import JUnitReport
import KafkaClient
import Supervision
import Topology
import Vocabulary

/// `cycle conformance`: tries a system that takes the place of a party.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Try a party that somebody else runs: play all the others, and judge what it writes.",
        discussion: """
            The broker must be one on which nobody but the party runs; the topics are made where they are missing. \
            docs/conformance.md leads through it. Exit codes: 0 nothing failed; 1 something did; 2 it could not be \
            tried; 64 wrong usage.
            """)

    /// Whose place it takes.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case vss
        case c06
        case moh
        case locality

        var role: PartyRole {
            switch self {
            case .vss: .vss
            case .c06: .c06
            case .moh: .moh
            case .locality: .locality
            }
        }
    }

    @Argument(help: "Whose place it takes.")
    var subject: Subject

    @OptionGroup var output: ConformanceOutput

    @Option(help: "The broker, HOST:PORT; several separated by commas.")
    var bootstrapServers: String?

    @Option(help: "Settings to log in with: a file, or a folder with cycle.properties.")
    var kafkaConfig: String?

    @Option(help: "The topology file; by default the shipped one.")
    var topology: String?

    @Option(help: "The party's name in the topology; by default the only one with this role.")
    var party: String?

    @Option(help: "Write the people whom VSS and C06 must know into this file, and try nothing.")
    var people: String?

    @Flag(help: "List what is tried, and try nothing.")
    var list = false

    @Option(help: "Seconds for the whole.")
    var timeout = 120.0

    @Option(help: "Seconds in which nothing may come from the party before no more is waited for.")
    var patience = 5.0

    @Option(help: "Seconds to wait for the broker.")
    var startupTimeout = 10.0

    func validate() throws {
        if let bootstrapServers {
            try BrokerOptions(bootstrapServers: bootstrapServers, startupTimeout: startupTimeout).validate()
        } else if people == nil, !list {
            throw ValidationError("give --bootstrap-servers HOST:PORT; or --people FILE, or --list")
        }
        guard (0.1...86_400).contains(timeout), (0.1...86_400).contains(patience) else {
            throw ValidationError("--timeout and --patience are from 0.1 to 86400 seconds")
        }
    }

    func run() throws {
        let report = try ProgramFailure.reported(by: "cycle conformance") { () -> ConformanceReport? in
            if let people {
                try OutputFile(people).write(Data(ConformancePeople.csv.utf8))
                try StandardOutput.say("\(ConformancePeople.all.count) people in \(people)")
            }
            if list {
                let settings = KafkaSettings(bootstrapServers: "")
                try StandardOutput.say(
                    try Conformance(subject.role, name: party, topology: topology, settings: settings).list())
            }
            guard let bootstrapServers, !list else { return nil }
            let settings = try ExchangeLogin(path: kafkaConfig)
                .settings(of: AccessPlan.operatorName, bootstrapServers: bootstrapServers)
            let report = try Conformance(subject.role, name: party, topology: topology, settings: settings)
                .run(
                    Conformance.Patience(
                        startup: .seconds(startupTimeout), whole: .seconds(timeout), silence: .seconds(patience)))
            try output.write(report)
            return report
        }
        if let report, report.failed > 0 { throw ExitCode(1) }
    }
}

/// In which forms a report is given.
struct ConformanceOutput: ParsableArguments {
    @Option(help: "Write JUnit into this file too.")
    var junit: String?

    @Flag(help: "Print JSON.")
    var json = false

    func write(_ report: ConformanceReport) throws {
        if let junit { try OutputFile(junit).write(Data(report.junit.xml.utf8)) }
        try StandardOutput.say(json ? String(decoding: try report.json(), as: UTF8.self) : report.text)
    }
}
