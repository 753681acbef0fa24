import Foundation
import ProgramTestSupport
import Testing

/// A program run to its end.
struct Finished: Sendable {
    var status: Int32
    var output: String
    var errors: String
}

/// A child process whose end can be awaited. What it writes goes to files, so that no pipe can fill.
final class Child: Sendable {
    private let program: Program

    /// - Parameter input: a file to read standard input from; without one it is a pipe that stays open.
    init(_ executable: String, _ arguments: [String], input: FileHandle? = nil) throws {
        program = try Program(
            executable, arguments, in: FileManager.default.currentDirectoryPath, input: input)
    }

    var errors: String { program.errors }
    var input: FileHandle { program.input }

    /// The first line of output: for a program that says one line and then works. Empty when it ended without.
    func firstLine() async -> String { (try? await program.lines(with: "\n")) ?? "" }

    /// Waits for the end: the exit status, or the signal's number below zero.
    func wait() async -> Finished {
        let run = await program.finish()
        return Finished(status: run.code, output: run.output, errors: run.errors)
    }

    func send(_ signal: Int32) { program.send(signal) }
}

enum Kcat {
    static let path = "/usr/bin/kcat"

    /// Runs kcat against a broker to its end, with `input` on its standard input.
    static func run(port: Int, _ arguments: [String], input: String = "") async throws -> Finished {
        let directory = try TemporaryDirectory()
        let file = URL(fileURLWithPath: directory.path + "/in")
        try Data(input.utf8).write(to: file)
        let child = try Child(
            path, ["-b", "127.0.0.1:\(port)"] + arguments, input: try FileHandle(forReadingFrom: file))
        return await child.wait()
    }
}

/// The built `broker` program.
enum BrokerProgram {
    static func start(_ arguments: [String]) throws -> Child { try Child(BuiltPrograms.path("broker"), arguments) }

    /// Starts it on `port` and waits until it says that it is ready; returns it with its port.
    static func ready(
        _ data: String, port: Int = 0, _ more: [String] = []
    ) async throws -> (child: Child, port: Int) {
        let child = try start(["--data", data, "--port", "\(port)"] + more)
        let line = await child.firstLine()
        let said = line.trimmingCharacters(in: .newlines).split(separator: ":").last.flatMap { Int($0) }
        return (child, try #require(said, "the broker did not become ready: \(child.errors)"))
    }
}
