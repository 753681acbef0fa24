package import Foundation
import Supervision
import Synchronization

/// A started program: its end can be awaited, its output goes to files, and it does not outlive the test.
///
/// Started as `cycle` starts programs, for Foundation's `Process` learns of an end when the last copy of a socket is
/// closed: a program started at the same moment by another test may have such a copy, and what had ended would seem to go
/// on.
package final class Program: Sendable {
    /// As its file is called.
    package let name: String
    package let identifier: Int32
    /// Our side of its standard input: the parties' own wish to end with whoever started them hangs on it.
    package let input: FileHandle
    private let folder: TemporaryDirectory
    private let end: ProcessEnd
    private let note = ExitNote()

    /// - Parameters:
    ///   - directory: Where it runs.
    ///   - input: Its standard input; nil for a pipe that stays open as long as this object is there.
    package init(_ executable: String, _ arguments: [String], in directory: String, input: FileHandle? = nil) throws {
        name = (executable as NSString).lastPathComponent
        folder = try TemporaryDirectory()
        let pipe = Pipe()
        self.input = pipe.fileHandleForWriting
        let (output, errors) = (try Self.file(folder.path + "/out"), try Self.file(folder.path + "/err"))
        // It runs in the directory; env(1) becomes the program.
        let process = try withExtendedLifetime((pipe, input, output, errors)) {
            try ChildProcess.spawn(
                "/usr/bin/env", ["-C", directory, executable] + arguments,
                input: (input ?? pipe.fileHandleForReading).fileDescriptor, output: output.fileDescriptor,
                errors: errors.fileDescriptor, inOwnGroup: false)
        }
        identifier = process
        // It is there until it is waited for, and nobody has done so yet.
        guard let end = ProcessEnd(of: process) else {
            kill(process, SIGKILL)
            throw NotInTime(description: "\(name): no word of its end")
        }
        self.end = end
        let note = note
        let thread = Thread { note.take(ProgramEnd(awaiting: process)) }
        thread.start()
    }

    /// With nothing on its standard input.
    package convenience init(_ executable: String, _ arguments: [String], in directory: TemporaryDirectory) throws {
        try self.init(executable, arguments, in: directory.path, input: FileHandle.nullDevice)
    }

    deinit {
        if isRunning { kill(identifier, SIGKILL) }
    }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    package var isRunning: Bool { note.ended == nil }
    package var outputPath: String { folder.path + "/out" }
    package var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    package var errors: String { (try? String(contentsOfFile: folder.path + "/err", encoding: .utf8)) ?? "" }

    /// Readable from its end on.
    var endDescriptor: Int32 { end.descriptor }

    package func send(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for the end; a program that has not ended by then is ended by force.
    /// - Returns: The exit code, or the signal's number below zero.
    package func exit(within limit: Duration = .seconds(120)) async -> Int32 { await ended(within: limit).status }

    /// Sends a signal and waits for the end.
    package func stop(_ signal: Int32 = SIGTERM) async -> ProgramStop {
        let (start, delay) = (ContinuousClock.now, ProgramEnd.runDelay(of: identifier))
        send(signal)
        let end = await ended(within: .seconds(60))
        return ProgramStop(
            program: name, status: end.status, took: start.duration(to: end.time),
            heldUp: max(.zero, end.runDelay - delay))
    }

    /// Waits until a file has so many lines with a text, by the kernel's word of each write.
    /// - Parameter path: The file; nil for its own standard output.
    /// - Returns: What then stands in it.
    /// - Throws: ``NotInTime``, also when the program has ended before.
    package func lines(
        _ count: Int = 1, with text: String, in path: String? = nil, within limit: Duration = .seconds(60)
    ) async throws -> String {
        let path = path ?? outputPath
        return try await FileWatch.value(
            "\(count) times '\(text)' in \(path)", in: (path as NSString).deletingLastPathComponent, within: limit,
            of: [self], openFiles: true
        ) {
            let found = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return found.ranges(of: text).count >= count ? found : nil
        }
    }

    /// Of a `cycle up`: waits until all runs.
    /// - Returns: The address of its broker.
    package func brokerAddress() async throws -> String {
        let lines = try await lines(with: "end it with").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("broker ") }) else {
            throw NotInTime(description: "cycle up does not name its broker: \(lines)")
        }
        return String(line.dropFirst("broker ".count))
    }

    private func ended(within limit: Duration) async -> ProgramEnd {
        let guardian = Task { [identifier] in
            try await Task.sleep(for: limit)
            kill(identifier, SIGKILL)
        }
        defer { guardian.cancel() }
        return await note.value()
    }
}
