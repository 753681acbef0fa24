public import ArgumentParser
public import EmbeddedBroker
import Glibc
import Logging
import ProgramLog
import ProgramStart

/// Runs an embedded broker until it is told to stop.
@main
struct BrokerCommand: AsyncParsableCommand {
    enum FullDisk: String, ExpressibleByArgument, CaseIterable {
        case stop
        case serve
    }

    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "A single-node server that speaks the Kafka protocol and keeps its log on disk.",
        discussion: "Exit codes: 0 stopped as asked; 2 it could not run or had to stop; 64 wrong usage.")

    @Option(help: "The data directory; made where it does not exist.")
    var data: String?

    @Option(help: "A file of these options, one a line, as NAME=VALUE without dashes; the command line comes first.")
    var config: String?

    @Option(help: "The port to listen on; 0 takes any free one.")
    var port = 9092

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The host name that clients are told; by default the address they have used.")
    var advertisedHost: String?

    @Option(help: "What an acknowledgement survives: the broker's death (process) or a power cut (power).")
    var durability = BrokerConfiguration.Durability.process

    @Option(help: "A segment file closes before it grows beyond this many bytes.")
    var segmentBytes: Int?

    @Option(help: "The largest record batch accepted, in bytes.")
    var maxMessageBytes: Int?

    @Flag(help: "Make a topic when a client asks for one that does not exist.")
    var autoCreateTopics = false

    @OptionGroup(title: "Security")
    var security: SecurityOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    @Option(help: "When the disk is full: stop with exit code 2, or go on serving what is kept.")
    var onFullDisk = FullDisk.stop

    @Flag(help: "Do not serve: set aside what is damaged in front of sound records, say what, and end.")
    var setAsideDamage = false

    @Option(help: "A file that gets HOST:PORT when the broker listens.")
    var readyFile: String?

    @Flag(help: "Stop at the end of standard input: when whoever started the broker is gone.")
    var stopWithParent = false

    @Option(help: "The least severe messages to log, on standard error.")
    var logLevel = Logger.Level.info

    static func main() async {
        ProgramStart.begin()
        do throws(OptionsFile.Problem) {
            await main(try OptionsFile.expand(Array(CommandLine.arguments.dropFirst())))
        } catch {
            exit(withError: ValidationError(error.description))
        }
    }

    func validate() throws {
        if !security.addUser.isEmpty {
            guard security.users != nil else { throw ValidationError("--add-user needs --users FILE") }
        } else if data == nil {
            throw ValidationError("--data DIR is missing")
        }
    }

    func run() async throws {
        // A client that goes away while we write to it must not end the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            if !security.addUser.isEmpty { return try security.addUsers() }
            if setAsideDamage { return try tellSetAside() }
            OpenFiles.allowAsManyAsPossible()
            try await serve(until: StopRequests(watchInput: stopWithParent))
        } catch let error as BrokerError {
            ProgramWord.end("\(error)", by: "broker")
            throw ExitCode(2)
        }
    }

    private func tellSetAside() throws(BrokerError) {
        let lines = try EmbeddedBroker.setAsideDamage(dataDirectory: data ?? "")
        for line in lines { print(line) }
        print(
            lines.isEmpty
                ? "nothing is damaged in front of sound records" : "\(lines.count) set aside; start the broker again")
    }

    private func serve(until stops: StopRequests) async throws {
        let logger = ProgramLog.logger("broker", level: logLevel)
        let broker = try await EmbeddedBroker.start(settings, logger: logger)
        let stopsWhenFull = onFullDisk == .stop
        stops.watch(broker.failures) { $0.code == .diskFull && !stopsWhenFull }
        if let readyFile { try ReadyFile.write("\(host):\(broker.port)\n", to: readyFile) }
        ProgramWord.ready(at: "\(host):\(broker.port)", by: "broker")
        let failure = await stops.next()
        try await broker.stop()
        if let failure { throw failure }
    }

    private var settings: BrokerConfiguration {
        var settings = BrokerConfiguration(dataDirectory: data ?? "")
        settings.host = host
        settings.port = port
        settings.advertisedHost = advertisedHost
        settings.durability = durability
        settings.createsTopicsAutomatically = autoCreateTopics
        if let segmentBytes { settings.segmentBytes = segmentBytes }
        if let maxMessageBytes { settings.maximumBatchBytes = maxMessageBytes }
        security.apply(to: &settings)
        limits.apply(to: &settings)
        return settings
    }
}

extension BrokerConfiguration.Durability: ExpressibleByArgument {}
