import ArgumentParser
import Foundation

/// Measures the cycle against a bare relay of the same hops and bytes, side by side on the same broker.
struct PairBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs", abstract: "Measures cycles a second against a bare relay on the same broker, in pairs.")

    @Option(help: "Scenario of each run.")
    var scenario = "bench"

    @Option(help: "Records of each run.")
    var records = 200_000

    @Option(help: "Pairs of runs; the medians are printed.")
    var pairs = 3

    @Flag(help: "Only the cycle, without the relay.")
    var withoutRelay = false

    @Flag(help: "In place of the relay, the cycle without MoH's book and the locality's warehouse.")
    var withoutBooks = false

    @Option(help: "Where to put the data; removed afterwards.")
    var data = NSTemporaryDirectory() + "exchange-bench-\(ProcessInfo.processInfo.processIdentifier)"

    @Option(help: "Write the figures as JSON to this file, besides printing them.")
    var json: String?

    func run() throws {
        defer { try? FileManager.default.removeItem(atPath: data) }
        var measured: [PairFigures] = []
        for number in 1...max(1, pairs) {
            print("pair \(number) of \(pairs): \(records) records", terminator: "")
            fflush(nil)
            let figures = try pair(data + "/\(number)")
            print(figures.summary)
            measured.append(figures)
        }
        let report = BenchReport(
            machine: Machine.description, command: CommandLine.arguments.joined(separator: " "), records: records,
            scenario: scenario, pairs: measured)
        print(report.table)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let encoded = try encoder.encode(report)
        print(String(decoding: encoded, as: UTF8.self))
        if let json { try encoded.write(to: URL(fileURLWithPath: json)) }
    }

    /// One run of each on one new broker.
    private func pair(_ directory: String) throws -> PairFigures {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let programs = URL(fileURLWithPath: Machine.ownPath).deletingLastPathComponent().path
        let broker = try BrokerProcess(program: programs + "/broker", directory: directory)
        defer { broker.stop() }
        let report = try CycleRun(
            cycle: programs + "/cycle", scenario: scenario, records: records, bootstrapServers: broker.address,
            directory: directory
        ).run()
        let peak = broker.peakResidentBytes
        let bytes = Machine.bytesOnDisk(directory)
        var relay: RelayBaseline.Outcome?
        var bare: CycleReport?
        if withoutBooks {
            try? FileManager.default.removeItem(atPath: directory + "/exchange")
            bare = try runWithoutBooks(directory + "/bare")
        } else if !withoutRelay {
            relay = try RelayBaseline(
                relay: programs + "/relay", bootstrapServers: broker.address, directory: directory, records: records
            ).run()
        }
        try? FileManager.default.removeItem(atPath: directory + "/exchange")
        return PairFigures(report: report, relay: relay, bare: bare, brokerPeakBytes: peak, bytesOnDisk: bytes)
    }

    /// The same on a broker of its own: topics of one exchange are no other's.
    private func runWithoutBooks(_ directory: String) throws -> CycleReport {
        try BareParty.makePrograms(in: directory + "/programs")
        let broker = try BrokerProcess(program: directory + "/programs/broker", directory: directory)
        defer { broker.stop() }
        return try CycleRun(
            cycle: directory + "/programs/cycle", scenario: scenario, records: records,
            bootstrapServers: broker.address,
            directory: directory
        ).run()
    }
}
