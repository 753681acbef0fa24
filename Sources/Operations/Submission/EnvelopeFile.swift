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
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw ProgramFailure("cannot read \(path); check that it exists and may be read")
        }
        defer { try? handle.close() }
        do {
            return try EnvelopeReader.read(
                from: { Array(try handle.read(upToCount: 1 << 20) ?? Data()) }, profile: profile, on: day, take: take)
        } catch let error as EnvelopeError {
            throw ProgramFailure("\(path): \(error)")
        } catch let error as CocoaError {
            throw ProgramFailure("cannot read \(path): \(error.localizedDescription)")
        }
    }
}
