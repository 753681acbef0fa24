import ArgumentParser
import Composition
public import HealthStandards
import ProgramStart

/// Hands the health checks of an envelope (KHAMSUCKHOE, XML or JSON) to the facility that runs, and says what comes of each.
/// The file is read twice, a record at a time: what is no envelope to its end submits nothing, and a record with a problem keeps
/// back itself alone.
public struct HealthCheckSubmission {
    private let records: RecordFile
    private let accepted: HealthCheckReadings

    /// Those of a file, who made them, and how the file may be written.
    public init(_ records: RecordFile, accepting accepted: HealthCheckReadings) {
        self.records = records
        self.accepted = accepted
    }

    /// Reads, submits, waits and prints a line for each health check.
    /// - Throws: `ExitCode`: 1 when a record was kept back, refused or left as it is, or has no outcome in time; 2 when it could
    ///   not run.
    public func run() throws {
        let isGood = try ProgramFailure.reported(by: "facility checkup") {
            let summary = try read { part in
                if case .problem(let problem) = part { StandardError.say("\(records.file): \(problem)") }
            }
            for problem in summary.headProblems { StandardError.say("\(records.file): \(problem)") }
            print("\(records.file): \(summary.isJSON ? "JSON" : "XML"); \(summary.readings)")
            guard summary.soundCount > 0 else {
                print("\(records.file): \(summary.recordCount) health checks, none of them sound; nothing sent")
                return false
            }
            let keptBack = summary.recordCount - summary.soundCount
            return try records.handOver("sound health checks", .ofHealthChecks, keptBack: keptBack) { desk in
                _ = try read { part in
                    if case .record(let record) = part { try desk.submit(record) }
                }
            }
        }
        if !isGood { throw ExitCode(1) }
    }

    private func read(_ take: @escaping (HealthCheckPart) throws -> Void) throws -> HealthCheckSummary {
        try EnvelopeFile(records.file).read(accepting: accepted, of: records.facility, take: take)
    }
}
