import Foundation

/// What the benchmark takes from the report of `cycle run`.
struct CycleReport: Codable {
    struct Hop: Codable {
        var topic: String
        var count: Int64
        var p50Milliseconds: Double
        var p95Milliseconds: Double
        var p99Milliseconds: Double
    }
    struct DiskUse: Codable {
        var name: String
        var bytes: Int64
    }
    struct ProcessFigures: Codable {
        var name: String
        var peakResidentBytes: Int64
        var processorSeconds: Double?
    }

    var submitted: Int64
    var shared: Int64
    var elapsedSeconds: Double
    var cyclesPerSecond: Double
    var hops: [Hop]
    var processes: [ProcessFigures]
    var disk: [DiskUse]
}

/// The real cycle, run to its end by `cycle run` on the benchmark's broker.
struct CycleRun {
    let cycle: String
    let scenario: String
    let records: Int
    let bootstrapServers: String
    let directory: String
    /// The topology; nil for the scenario's.
    var topology: String?

    func run() throws -> CycleReport {
        let report = directory + "/report.json"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: cycle)
        process.arguments = [
            "run", scenario, "--records", String(records), "--bootstrap-servers", bootstrapServers, "--data",
            directory + "/exchange", "--report", report, "--quiet",
        ]
        if let topology { process.arguments? += ["--topology", topology] }
        // Its table would stand between ours; all of it is in the report.
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError("cycle run ended with code \(process.terminationStatus); see \(directory)/exchange/logs")
        }
        return try JSONDecoder().decode(CycleReport.self, from: Data(contentsOf: URL(fileURLWithPath: report)))
    }
}
