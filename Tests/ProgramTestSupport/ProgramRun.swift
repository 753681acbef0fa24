import Foundation

/// A program that was run to its end.
package struct ProgramRun: Sendable {
    /// The exit code, or the signal's number below zero.
    package var code: Int32
    package var output: String
    package var errors: String

    /// Runs a built program in a directory and waits for its end.
    package static func of(
        _ name: String, _ arguments: [String], in directory: TemporaryDirectory
    ) async throws -> ProgramRun {
        await (try start(name, arguments, in: directory)).finish()
    }

    /// Starts a built program in a directory, with nothing on its standard input.
    package static func start(_ name: String, _ arguments: [String], in directory: TemporaryDirectory) throws -> Program
    {
        try Program(BuiltPrograms.path(name), arguments, in: directory)
    }
}

extension Program {
    /// Waits for the end; a program that has not ended by then is ended by force.
    package func finish(within limit: Duration = .seconds(150)) async -> ProgramRun {
        let code = await exit(within: limit)
        return ProgramRun(code: code, output: output, errors: errors)
    }
}
