import Composition
import ExchangeSchema
import Foundation
import HealthStandards

/// An envelope in a file, read a visit at a time.
struct EnvelopeFile {
    private let path: String

    init(_ path: String) { self.path = path }

    /// Reads it to its end.
    /// - Throws: ``ProgramFailure`` when it cannot be read, or is no envelope; what `take` threw.
    func read(
        profile: ValidationProfile, on day: CivilDate? = nil, take: @escaping (EnvelopePart) throws -> Void
    ) throws -> EnvelopeSummary {
        try withPieces { try EnvelopeReader.read(from: $0, profile: profile, on: day, take: take) }
    }

    /// Reads health checks to the end.
    /// - Throws: ``ProgramFailure`` when it cannot be read, or is no envelope of health checks; what `take` threw.
    func read(
        accepting accepted: HealthCheckReadings, of facility: FacilityCode,
        take: @escaping (HealthCheckPart) throws -> Void
    ) throws -> HealthCheckSummary {
        try withPieces {
            try HealthCheckReader.read(from: $0, accepting: accepted, facility: facility, take: take)
        }
    }

    private func withPieces<Result>(_ read: (@escaping () throws -> [UInt8]) throws -> Result) throws -> Result {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ProgramFailure("cannot read \(path); check that it exists and may be read")
        }
        defer { try? handle.close() }
        do {
            return try read { Array(try handle.read(upToCount: 1 << 20) ?? Data()) }
        } catch let error as EnvelopeError {
            throw ProgramFailure("\(path): \(error)")
        } catch let error as CocoaError {
            throw ProgramFailure("cannot read \(path): \(error.localizedDescription)")
        }
    }
}
