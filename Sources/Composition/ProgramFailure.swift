import ArgumentParser
import Foundation
import ProgramLog

/// Why a program could not do its work. It ends with exit code 2 and this text.
public struct ProgramFailure: Error, Equatable, CustomStringConvertible {
    /// For people: what happened, and what to do.
    public var reason: String

    /// Takes the reason.
    public init(_ reason: String) { self.reason = reason }

    /// For people.
    public var description: String { reason }

    /// Exit code of a program that could not run.
    public static let exitCode: Int32 = 2

    /// Runs a program's work; what goes wrong becomes one line for each error on standard error, and exit code 2.
    /// - Parameter program: The name before each line.
    /// - Throws: `ExitCode`, or ArgumentParser's own errors as they are.
    public static func reported<Result>(by program: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error where error is ExitCode || error is ValidationError || error is CleanExit {
            throw error
        } catch {
            ProgramWord.end(String(describing: error), by: program)
            throw ExitCode(exitCode)
        }
    }
}
