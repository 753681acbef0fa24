import ArgumentParser
import Foundation

/// Counts instructions of each party for one visit, under callgrind. The count hangs on the program and the seed, not on
/// the machine or what else runs on it, so it may be compared from commit to commit.
struct InstructionBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instructions",
        abstract: "Instructions per visit of each party, from the batch in memory to the commit.")

    @Option(help: "Visits of the scenario everyday.")
    var records = 2_000

    @Option(help: "A table to compare with; more than 5 percent above an entry ends with 1.")
    var check: String?

    @Option(help: "Where to write the table.")
    var output: String?

    static let parties = ["facility", "moh", "vss", "c06", "locality"]
    /// Share by which a count may rise before it is a finding.
    static let allowance = 0.05

    func validate() throws {
        if records < 1 { throw ValidationError("--records is 1 or more") }
    }

    func run() throws {
        var counts: [(party: String, count: Int)] = []
        let callgrind = try Callgrind()
        defer { callgrind.close() }
        for party in Self.parties {
            counts.append((party, try callgrind.instructions(of: party, records: records) / records))
            FileHandle.standardError.write(Data("\(party): \(counts[counts.count - 1].count)\n".utf8))
        }
        counts.append(("sum", counts.reduce(0) { $0 + $1.count }))
        let table = counts.map { "\($0.party)\t\($0.count)" }.joined(separator: "\n") + "\n"
        print("instructions per visit, \(records) visits of everyday, seed of the scenario\n" + table, terminator: "")
        if let output { try table.write(toFile: output, atomically: true, encoding: .utf8) }
        if let check { try compare(counts, with: try InstructionTable(path: check)) }
    }

    private func compare(_ counts: [(party: String, count: Int)], with table: InstructionTable) throws {
        var rose = false
        for (party, count) in counts {
            guard let expected = table.counts[party] else {
                print("\(party) is not in the table; write it anew with --output")
                rose = true
                continue
            }
            let change = Double(count - expected) / Double(expected)
            let shown = (change >= 0 ? "+" : "") + Machine.fixed(change * 100, 1) + " %"
            print("\(party)\t\(expected) -> \(count)\t\(shown)")
            if change > Self.allowance { rose = true }
        }
        if rose { throw ExitCode(1) }
    }
}

/// A table of counts: a line a party, name and number with a tab between.
struct InstructionTable {
    var counts: [String: Int] = [:]

    init(path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let fields = line.split(separator: "\t")
            if fields.count == 2, let count = Int(fields[1]) { counts[String(fields[0])] = count }
        }
    }
}

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

    func instructions(of party: String, records: Int) throws -> Int {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no",
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
        return count
    }
}
