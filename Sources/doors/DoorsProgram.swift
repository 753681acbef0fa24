import ArgumentParser
import Composition
import DoorHouse
import Glibc
import Logging
import PartyStore
import ProgramLog
import ProgramStart
import ServiceLifecycle
import Supervision
import UnixSignals

/// The doors of an exchange: what comes by HTTP goes to its parties.
@main
struct DoorsProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doors",
        abstract: "Takes in what hospitals' systems send by HTTP, as the real gateways do; cycle up --doors starts it.",
        discussion: """
            Settings, accounts and addresses stand in doors.json in the directory of the exchange; it is made at the first \
            start. Exit codes: 0 stopped as asked; 2 it could not run; 64 wrong usage.
            """)

    @Option(help: "The data directory of the exchange.")
    var data = ExchangeLayout.defaultDirectory

    @Option(help: "The port to listen on, in place of the one in doors.json; 0 takes any free one.")
    var port: Int?

    @Option(help: "A file that gets the address when requests are taken.")
    var readyFile: String?

    @Flag(help: "Stop at the end of standard input: when whoever started the program is gone.")
    var stopWithParent = false

    @Option(help: "The least severe messages to log, on standard error.")
    var logLevel = Logger.Level.info

    static func main() async {
        ProgramStart.begin()
        await main(nil)
    }

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port is from 0 to 65535") }
    }

    func run() async throws {
        // A client that goes away while we write to it must not end the process.
        signal(SIGPIPE, SIG_IGN)
        let group: ServiceGroup
        do {
            group = try serviceGroup()
        } catch {
            return try ProgramFailure.reported(by: "doors") { throw error }
        }
        if stopWithParent { StandardInputEnd.follow { Task { await group.triggerGracefulShutdown() } } }
        do {
            try await group.run()
        } catch {
            try ProgramFailure.reported(by: "doors") { throw error }
        }
    }

    private func serviceGroup() throws -> ServiceGroup {
        let exchange = try DoorExchange(data: data)
        var file = try DoorsFile.read(exchange.layout) ?? DoorsFile.firstOne()
        if let port { file.port = port }
        file.dialects = try file.dialects.completed(exchange)
        let dialects = try Dialects.all(file.dialects, exchange)
        let logger = ProgramLog.logger("doors", level: logLevel)
        let (layout, readyFile) = (exchange.layout, readyFile)
        let kept = file
        let figures = ExchangeFigures(layout)
        let metrics: @Sendable () async throws -> String = { try await figures.text() }
        let house = try House(file.house, dialects: dialects, logger: logger, metrics: metrics) { address in
            do {
                try kept.opened(at: address, dialects).write(layout)
                if let readyFile { try SecretFile.write(Array((address + "\n").utf8), to: readyFile, mode: 0o644) }
                ProgramWord.ready(at: address, by: "doors")
            } catch {
                ProgramWord.end("\(error)", by: "doors")
                kill(getpid(), SIGTERM)
            }
        }
        var settings = ServiceGroupConfiguration(
            services: [.init(service: house)], gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.quiet(logger))
        settings.maximumGracefulShutdownDuration = .seconds(4)
        return ServiceGroup(configuration: settings)
    }

    /// Of the lines of whoever runs services those about trouble.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        if logger.logLevel > .debug { logger.logLevel = max(logger.logLevel, .warning) }
        return logger
    }
}
