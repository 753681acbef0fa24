import ArgumentParser
import Foundation

/// Runs this program once more, under valgrind.
struct Callgrind {
    private let program: String

    /// Makes a copy of this program without debug information, which valgrind before 3.20 cannot read.
    init() throws {
        program = NSTemporaryDirectory() + "counted-bench-\(ProcessInfo.processInfo.processIdentifier)"
        let copy = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"), arguments: ["objcopy", "--strip-debug", Machine.ownPath, program])
        copy.waitUntilExit()
        guard copy.terminationStatus == 0 else { throw ValidationError("objcopy failed; install binutils") }
    }

    /// Removes the copy.
    func close() { try? FileManager.default.removeItem(atPath: program) }

    /// Runs a command of this program, and counts what it does in its measured section.
    /// - Returns: What the command prints, and what was counted.
    func run(_ arguments: [String]) throws -> (printed: String, profile: CallgrindProfile) {
        let file = program + ".profile"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "valgrind", "--tool=callgrind", "--callgrind-out-file=\(file)", "--collect-atstart=no",
                "--toggle-collect=*\(PartyLoad.sectionName)*", program,
            ] + arguments
        // Hashes are salted at random otherwise, and so are the walks through tables.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_DETERMINISTIC_HASHING": "1"]) { $1 }
        let (printed, said) = (Pipe(), Pipe())
        process.standardOutput = printed
        process.standardError = said
        try process.run()
        // A command prints a line or two, which the pipe holds meanwhile.
        let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ValidationError("\(arguments[0]) failed under valgrind; is valgrind installed?\n\(text)")
        }
        let profile = CallgrindProfile(try String(contentsOfFile: file, encoding: .utf8))
        guard profile.instructions > 0 else {
            throw ValidationError("valgrind has counted nothing of \(arguments[0])\n\(text)")
        }
        return (String(decoding: printed.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self), profile)
    }
}
