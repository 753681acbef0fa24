import Foundation
import Testing

/// A program run to its end.
struct Finished: Sendable {
    var status: Int32
    var output: String
    var errors: String
}

/// A child process. Its output is read as it comes, so that no pipe can fill, and its end can be awaited.
final class Child: Sendable {
    let process: Process
    let inputPipe: Pipe
    private let lines: AsyncStream<String>
    private let directory: TemporaryDirectory
    private let end: AsyncStream<Int32>

    /// - Parameter input: a file to read standard input from; without one it is a pipe that stays open.
    init(_ executable: String, _ arguments: [String], input: FileHandle? = nil) throws {
        directory = try TemporaryDirectory()
        process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        let errors = directory.path + "/err"
        try Data().write(to: URL(fileURLWithPath: errors))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
        let output = Pipe()
        process.standardOutput = output
        inputPipe = Pipe()
        if let input { process.standardInput = input } else { process.standardInput = inputPipe }
        let (end, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.end = end
        process.terminationHandler = { process in
            let status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
            continuation.yield(status)
            continuation.finish()
        }
        try process.run()
        lines = Self.pieces(of: output.fileHandleForReading)
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// What comes from `handle`, piece by piece, read on a thread that may block.
    private static func pieces(of handle: FileHandle) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        DispatchQueue(label: "output of a child").async {
            while case let data = handle.availableData, !data.isEmpty {
                continuation.yield(String(decoding: data, as: UTF8.self))
            }
            continuation.finish()
        }
        return stream
    }

    var errors: String { (try? String(contentsOfFile: directory.path + "/err", encoding: .utf8)) ?? "" }

    /// The first piece of output: for a program that says one line and then works.
    func firstOutput() async -> String? { await lines.first { _ in true } }

    /// Waits for the end: the exit status, or the signal's number below zero. The output is what was not yet read.
    func wait() async -> Finished {
        var output = ""
        for await piece in lines { output += piece }
        var status = Int32.max
        for await each in end { status = each }
        return Finished(status: status, output: output, errors: errors)
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }
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
    /// It stands beside the test bundle that is running.
    static var path: String {
        get throws {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            var folder = URL(fileURLWithPath: own).deletingLastPathComponent()
            for argument in CommandLine.arguments where argument.contains(".xctest") {
                folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
            }
            return folder.appendingPathComponent("broker").path
        }
    }

    static func start(_ arguments: [String]) throws -> Child { try Child(try path, arguments) }

    /// Starts it on `port` and waits until it says that it is ready; returns it with its port.
    static func ready(
        _ data: String, port: Int = 0, _ more: [String] = []
    ) async throws -> (child: Child, port: Int) {
        let child = try start(["--data", data, "--port", "\(port)"] + more)
        let line = await child.firstOutput() ?? ""
        let said = line.trimmingCharacters(in: .newlines).split(separator: ":").last.flatMap { Int($0) }
        return (child, try #require(said, "the broker did not become ready: \(child.errors)"))
    }
}
