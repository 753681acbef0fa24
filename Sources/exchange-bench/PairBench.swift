import ArgumentParser
import Foundation
import Topology

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

    @Flag(help: "In place of the relay, the cycle on a broker and with stores that survive a loss of power.")
    var withPower = false

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
        var other: (OtherExchange, CycleReport)?
        if let kind = otherExchange {
            try? FileManager.default.removeItem(atPath: directory + "/exchange")
            other = (kind, try run(kind, directory + "/other"))
        } else if !withoutRelay {
            relay = try RelayBaseline(
                relay: programs + "/relay", bootstrapServers: broker.address, directory: directory, records: records
            ).run()
        }
        try? FileManager.default.removeItem(atPath: directory + "/exchange")
        return PairFigures(report: report, relay: relay, other: other, brokerPeakBytes: peak, bytesOnDisk: bytes)
    }

    private var otherExchange: OtherExchange? {
        if withoutBooks { return .withoutBooks }
        return withPower ? .withPower : nil
    }

    /// The other exchange on a broker of its own: topics of one exchange are no other's.
    private func run(_ other: OtherExchange, _ directory: String) throws -> CycleReport {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var programs = URL(fileURLWithPath: Machine.ownPath).deletingLastPathComponent().path
        if other == .withoutBooks {
            programs = directory + "/programs"
            try BareParty.makePrograms(in: programs)
        }
        let durability: Durability = other == .withPower ? .power : .process
        let broker = try BrokerProcess(program: programs + "/broker", directory: directory, durability: durability)
        defer { broker.stop() }
        return try CycleRun(
            cycle: programs + "/cycle", scenario: scenario, records: records, bootstrapServers: broker.address,
            directory: directory, topology: try other.topology(of: scenario, in: directory)
        ).run()
    }
}
