package import Foundation

/// A program that was run to its end.
package struct ProgramRun {
    package var code: Int32
    package var output: String
    package var errors: String

    /// Runs a built program in a directory and waits for its end.
    package static func of(
        _ name: String, _ arguments: [String], in directory: TestDirectory
    ) async throws -> ProgramRun {
        try await start(name, arguments, in: directory).finish()
    }

    package static func start(
        _ name: String, _ arguments: [String], in directory: TestDirectory
    ) throws -> StartedProgram {
        try StartedProgram(Built.folder + "/" + name, arguments, in: directory)
    }
}

/// A program that is running; it does not outlive the test.
package final class StartedProgram: Sendable {
    package let process: Process
    package let outputPath: String
    private let errorPath: String
    private let ends: AsyncStream<Int32>

    package init(_ executable: String, _ arguments: [String], in directory: TestDirectory) throws {
        let name = directory.path + "/" + UUID().uuidString.prefix(8)
        (outputPath, errorPath) = (name + ".out", name + ".err")
        for path in [outputPath, errorPath] { try Data().write(to: URL(fileURLWithPath: path)) }
        process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errorPath))
        let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.ends = ends
        process.terminationHandler = { process in
            let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
            continuation.yield(code)
            continuation.finish()
        }
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    package func finish() async throws -> ProgramRun {
        var code: Int32 = -1
        for await end in ends { code = end }
        return ProgramRun(
            code: code, output: try String(contentsOfFile: outputPath, encoding: .utf8),
            errors: try String(contentsOfFile: errorPath, encoding: .utf8))
    }

    /// Waits until a file has a text in it, by the kernel's word of each change.
    /// - Returns: The file, or nil when the program has ended before.
    package func awaitText(_ text: String, in path: String) throws -> String? {
        let watch = inotify_init1(Int32(IN_CLOEXEC))
        defer { close(watch) }
        inotify_add_watch(
            watch, (path as NSString).deletingLastPathComponent, UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO))
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let found = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            if found.contains(text) { return found }
            guard process.isRunning else { return nil }
            var poll = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
            if Glibc.poll(&poll, 1, 500) > 0 { _ = read(watch, &buffer, buffer.count) }
        }
    }
}
