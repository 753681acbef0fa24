import ArgumentParser
import Composition
import Conformance
import Foundation
import JUnitReport
import KafkaClient
import Supervision
import Topology
import Vocabulary

/// `cycle conformance`: tries a system that takes the place of a party, or one that comes in by a door.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Try a party that somebody else runs, or a hospital's system at the doors, and judge what it does.",
        discussion: """
            Of a party: play all the others. The broker must be one on which nobody but the party runs; the topics are \
            made where they are missing. Of a hospital's system (his): watch the doors until all of a checklist is done. \
            docs/conformance.md leads through both. Exit codes: 0 all that is applicable is right; 1 something is not; 2 \
            it could not be tried; 3 nothing failed, but something that ought to be judged was not; 64 wrong usage.
            """)

    /// What is tried.
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case vss
        case c06
        case moh
        case facility
        case locality
        case his

        var role: PartyRole? { PartyRole(rawValue: rawValue) }
    }

    @Argument(help: "Whose place it takes; his for a hospital's system at the doors.")
    var subject: Subject

    @OptionGroup(title: "Output") var output: ConformanceOutput

    @OptionGroup(title: "A party") var party: TriedPartyOptions

    @OptionGroup(title: "A hospital's system") var door: DoorOptions

    @Option(help: "Seconds for the whole; by default 120, of a hospital's system 600.")
    var timeout: Double?

    func validate() throws {
        if subject == .his {
            guard door.door != nil else { throw ValidationError("give --door http://HOST:PORT") }
        } else if party.bootstrapServers == nil, party.people == nil, !party.list {
            throw ValidationError("give --bootstrap-servers HOST:PORT; or --people FILE, or --list")
        }
        if let timeout, !(0.1...86_400).contains(timeout) {
            throw ValidationError("--timeout is from 0.1 to 86400 seconds")
        }
        if party.warehouse != nil, subject != .locality {
            throw ValidationError("--warehouse is for a locality")
        }
    }

    func run() throws {
        try checkNames()
        let report = try ProgramFailure.reported(by: "cycle conformance") { () -> ConformanceReport? in
            guard let report = try subject.role.map(tryParty) ?? watch() else { return nil }
            try output.write(report)
            return report
        }
        guard let report else { return }
        if report.failed > 0 { throw ExitCode(1) }
        if !Set(report.unjudged).isSubset(of: output.allowUnjudged) { throw ExitCode(3) }
    }

    /// A name that is none would let nothing pass, and say nothing.
    private func checkNames() throws {
        guard let role = subject.role, !output.allowUnjudged.isEmpty else { return }
        let names = try ProgramFailure.reported(by: "cycle conformance") {
            try conformance(role, KafkaSettings(bootstrapServers: "")).caseNames()
        }
        if let other = output.allowUnjudged.first(where: { !names.contains($0) }) {
            throw ValidationError("--allow-unjudged \(other): there is no such case; --list names them all")
        }
    }

    private func conformance(_ role: PartyRole, _ settings: KafkaSettings) throws -> Conformance {
        try Conformance(
            role, name: party.party, topology: party.topology, settings: settings, warehouse: party.warehouse)
    }

    private func watch() throws -> ConformanceReport? {
        try HISConformance(door: door.door ?? "", account: door.account, dialect: door.list)
            .run(timeout: .seconds(timeout ?? 600)) { result in
                if !output.json { try StandardOutput.say("green  \(result.name)  \(result.sentence)") }
            }
    }

    private func tryParty(_ role: PartyRole) throws -> ConformanceReport? {
        if let people = party.people {
            try OutputFile(people).write(Data(ConformancePeople.csv.utf8))
            try StandardOutput.say("\(ConformancePeople.all.count) people in \(people)")
        }
        if party.list {
            try StandardOutput.say(try conformance(role, KafkaSettings(bootstrapServers: "")).list())
        }
        guard let bootstrapServers = party.bootstrapServers, !party.list else { return nil }
        let settings = try ExchangeLogin(path: party.kafkaConfig)
            .settings(of: AccessPlan.operatorName, bootstrapServers: bootstrapServers)
        return try conformance(role, settings)
            .run(
                Conformance.Patience(
                    startup: .seconds(party.startupTimeout), whole: .seconds(timeout ?? 120),
                    silence: .seconds(party.patience)))
    }
}

/// How a party is tried.
struct TriedPartyOptions: ParsableArguments {
    @Option(help: "The broker, HOST:PORT; several separated by commas.")
    var bootstrapServers: String?

    @Option(help: "Settings to log in with: a file, or a folder with cycle.properties.")
    var kafkaConfig: String?

    @Option(help: "The topology file; by default the shipped one.")
    var topology: String?

    @Option(help: "The party's name in the topology; by default the only one with this role.")
    var party: String?

    @Option(help: "Write the people whom VSS and C06 must know into this file.")
    var people: String?

    @Option(help: "A locality's warehouse file, to look at what it has taken in.")
    var warehouse: String?

    @Flag(help: "List what is tried, and try nothing.")
    var list = false

    @Option(help: "Seconds in which nothing may come from the party before no more is waited for.")
    var patience = 5.0

    @Option(help: "Seconds to wait for the broker.")
    var startupTimeout = 10.0

    func validate() throws {
        if let bootstrapServers {
            try BrokerOptions(bootstrapServers: bootstrapServers, startupTimeout: startupTimeout).validate()
        }
        guard (0.1...86_400).contains(patience) else {
            throw ValidationError("--patience is from 0.1 to 86400 seconds")
        }
    }
}

/// How a hospital's system is watched.
struct DoorOptions: ParsableArguments {
    @Option(help: "Address of the doors, as cycle up --doors prints it: http://HOST:PORT.")
    var door: String?

    @Option(help: "Whose requests count; by default those of all accounts.")
    var account: String?

    @Option(
        help: """
            Whose list it is: vss-portal, moh-axis, agent-node, province-gateway or fhir-facility; by default all that the \
            log of the doors shows.
            """)
    var dialect: String?

    var list: HISDialect? { dialect.flatMap(HISDialect.init) }

    func validate() throws {
        if let dialect, list == nil {
            throw ValidationError(
                "--dialect \(dialect): lists there are of "
                    + HISDialect.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }
}

/// In which forms a report is given.
struct ConformanceOutput: ParsableArguments {
    @Option(help: "Write JUnit into this file too.")
    var junit: String?

    @Option(help: "Write a page of HTML into this file too.")
    var page: String?

    @Option(
        parsing: .singleValue,
        help: "A case that need not be judged, so that it does not end the command with 3; may be given several times.")
    var allowUnjudged: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func write(_ report: ConformanceReport) throws {
        if let junit { try OutputFile(junit).write(Data(report.junit(allowingUnjudged: Set(allowUnjudged)).xml.utf8)) }
        if let page { try OutputFile(page).write(Data(report.page.utf8)) }
        try StandardOutput.say(json ? String(decoding: try report.json(), as: UTF8.self) : report.text)
    }
}
