import ArgumentParser
import Foundation

/// Runs this program once more, under valgrind.
struct Callgrind {
    /// What was counted in the measured section.
    struct Profile {
        /// All instructions.
        var instructions: Int
        /// Those in the library that hashes.
        var hashing: Int
    }

    private let program: String
    private let profile: String

    /// Makes a copy of this program without debug information, which valgrind before 3.20 cannot read.
    init() throws {
        program = NSTemporaryDirectory() + "counted-bench-\(ProcessInfo.processInfo.processIdentifier)"
        profile = program + ".profile"
        let copy = try Process.run(
            URL(fileURLWithPath: "/usr/bin/env"), arguments: ["objcopy", "--strip-debug", Machine.ownPath, program])
        copy.waitUntilExit()
        guard copy.terminationStatus == 0 else { throw ValidationError("objcopy failed; install binutils") }
    }

    /// Removes the copy.
    func close() {
        for file in [program, profile] { try? FileManager.default.removeItem(atPath: file) }
    }

    /// Counts one party.
    func profile(of party: String, records: Int) throws -> Profile {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "valgrind", "--tool=callgrind", "--callgrind-out-file=\(profile)", "--collect-atstart=no",
            "--toggle-collect=*\(PartyLoad.sectionName)*", program, "party-load", "--party", party, "--records",
            String(records),
        ]
        // Hashes are salted at random otherwise, and so are the walks through tables.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_DETERMINISTIC_HASHING": "1"]) { $1 }
        let output = Pipe()
        process.standardError = output
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let line = text.split(separator: "\n").first(where: { $0.contains("Collected :") }),
            let count = line.split(separator: " ").last.flatMap({ Int($0) }), count > 0
        else {
            throw ValidationError("counting \(party) under valgrind failed; is valgrind installed?\n\(text)")
        }
        let lines = try String(contentsOfFile: profile, encoding: .utf8)
        return Profile(instructions: count, hashing: Self.cost(of: "libcrypto", in: lines))
    }

    /// What the functions of one library spent themselves (Callgrind Format Specification): a line of cost belongs to the object
    /// named last, but for the line after `calls=`, which is what was called.
    private static func cost(of library: String, in profile: String) -> Int {
        var names: [Substring: Bool] = [:]
        var (isInside, isCall, sum) = (false, false, 0)
        for line in profile.split(separator: "\n") {
            if line.hasPrefix("ob=") || line.hasPrefix("cob=") {
                // "(3) /lib/x.so" names an object for the first time, "(3)" again.
                let parts = line.drop { $0 != "(" }.split(separator: " ", maxSplits: 1)
                guard let number = parts.first else { continue }
                if parts.count > 1 { names[number] = parts[1].contains(library) }
                if line.hasPrefix("ob=") { isInside = names[number] ?? false }
            } else if line.hasPrefix("calls=") {
                isCall = true
            } else if let first = line.first, first.isNumber || "+-*".contains(first) {
                if isInside, !isCall { sum += line.split(separator: " ").last.flatMap { Int($0) } ?? 0 }
                isCall = false
            }
        }
        return sum
    }
}
