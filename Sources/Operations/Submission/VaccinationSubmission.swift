import ArgumentParser
import Composition
import ProgramStart
import Registers

/// Hands the vaccinations of a file (CSV, JSON Lines or SQLite) to the facility that runs, and says what comes of each. The
/// file is read twice, a row at a time: where anything in it is wrong, nothing of it is sent.
public struct VaccinationSubmission {
    private let records: RecordFile

    /// Those of a file, and who gave them.
    public init(_ records: RecordFile) { self.records = records }

    /// Reads, submits, waits and prints a line for each vaccination.
    /// - Throws: `ExitCode`: 1 when the file has a problem, or a vaccination was refused, left as it is, or has no outcome in
    ///   time; 2 when it could not run.
    public func run() throws {
        let isGood = try ProgramFailure.reported(by: "facility vaccinate") {
            do {
                _ = try VaccinationFile.check(records.file)
            } catch let error as RegisterFileError {
                StandardError.say(error.description)
                print("\(records.file): \(error.count) problems; nothing sent")
                return false
            }
            return try records.handOver("vaccinations", .ofVaccinations) { desk in
                try VaccinationFile.forEach(records.file) { try desk.submit($0) }
            }
        }
        if !isGood { throw ExitCode(1) }
    }
}
