import ArgumentParser
import BrokerFuzz
import EmbeddedBroker
import Foundation
import Logging

/// Fuzzes an embedded broker in this process, so that a crash of the broker is one of the program.
@main
struct FuzzCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker-fuzz",
        abstract: "Sends mutated and random frames to an embedded broker and checks that it goes on serving.",
        discussion:
            "Exit codes: 0 all went well; 1 a well-behaved client was not served, or memory grew; 64 wrong usage.")

    @Option(help: "How long, in seconds.")
    var seconds = 300

    @Option(help: "The seed of the frames: the same seed sends the same ones.")
    var seed: UInt64 = 1

    @Option(help: "How much the process may grow after the first tenth of the run, in MiB.")
    var growth = 64

    func run() async throws {
        let directory = NSTemporaryDirectory() + "broker-fuzz-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var settings = BrokerConfiguration(dataDirectory: directory)
        settings.port = 0
        settings.maximumPartitions = 64
        settings.requestTimeoutSeconds = 2
        let broker = try await EmbeddedBroker.start(
            settings, logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() })
        let outcome = Result { try hammer(broker.port) }
        try await broker.stop()
        switch outcome {
        case .success(let grown):
            guard grown <= growth else {
                print("memory grew by \(grown) MiB")
                throw ExitCode(1)
            }
        case .failure(let problem):
            print("a well-behaved client was not served: \(problem)")
            throw ExitCode(1)
        }
    }

    /// Runs for the time given and returns by how many MiB the process has grown after its first tenth.
    private func hammer(_ port: Int) throws -> Int {
        let warm = max(1, seconds / 10)
        var run = FuzzRun(port: port, seed: seed)
        _ = try run.run(for: .seconds(warm))
        let before = Self.residentMebibytes
        let summary = try run.run(for: .seconds(max(0, seconds - warm)))
        let after = Self.residentMebibytes
        print(
            "seed \(seed): \(summary.frames) frames, \(summary.answers) answers read, \(summary.closed) connections "
                + "closed, \(summary.probes) probes served, memory \(before) MiB then \(after) MiB")
        return after - before
    }

    /// The second number of /proc/self/statm: resident pages.
    private static var residentMebibytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4_096 / 1_048_576
    }
}
