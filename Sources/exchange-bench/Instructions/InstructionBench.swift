import ArgumentParser
import Foundation

/// Counts instructions of each party for one visit, under callgrind. The count hangs on the program and the seed, not on
/// the machine or what else runs on it, so it may be compared from commit to commit.
struct InstructionBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instructions",
        abstract: "Instructions per visit of each party, from the batch in memory to the commit.")

    @Option(help: "Visits of the scenario everyday; as many as the table of --check says, or 2,000.")
    var records: Int?

    @Option(help: "A table to compare with; more than 5 percent above an entry ends with 1.")
    var check: String?

    @Option(help: "Where to write the table.")
    var output: String?

    static let parties = ["facility", "moh", "vss", "c06", "locality"]
    /// Share by which a count may rise before it is a finding.
    static let allowance = 0.05

    func validate() throws {
        if let records, records < 1 { throw ValidationError("--records is 1 or more") }
    }

    func run() throws {
        let expected = try check.map { try InstructionTable(path: $0) }
        let visits = records ?? expected?.visits ?? 2_000
        if let expected, visits != expected.visits {
            throw ValidationError(
                "the table is of \(expected.visits) visits, not of \(visits): what is done once weighs more with fewer")
        }
        let callgrind = try Callgrind()
        defer { callgrind.close() }
        var table = InstructionTable(visits: visits)
        var hashing = 0
        for party in Self.parties {
            let profile = try callgrind.run(["party-load", "--party", party, "--records", String(visits)]).profile
            let count = profile.instructions / visits
            let hashed = profile.instructions(in: "libcrypto") / visits
            table.counts.append((party, count))
            hashing += hashed
            FileHandle.standardError.write(Data("\(party): \(count), of them hashing \(hashed)\n".utf8))
        }
        print("instructions per visit of everyday, seed of the scenario\n" + table.text, terminator: "")
        // Here without the processor's SHA instructions, which need a tenth.
        print("of them hashing\t\(hashing)")
        if let output { try table.text.write(toFile: output, atomically: true, encoding: .utf8) }
        if let expected { try compare(table, with: expected) }
    }

    private func compare(_ table: InstructionTable, with expected: InstructionTable) throws {
        var rose = false
        for (party, count) in table.counts + [("sum", table.sum)] {
            let entry = party == "sum" ? expected.sum : expected.counts.first { $0.party == party }?.count
            guard let entry, entry > 0 else {
                print("\(party) is not in the table; write it anew with --output")
                rose = true
                continue
            }
            let change = Double(count - entry) / Double(entry)
            let shown = (change >= 0 ? "+" : "") + Machine.fixed(change * 100, 1) + " %"
            let isFinding = change > Self.allowance
            print("\(party)\t\(entry) -> \(count)\t\(shown)" + (isFinding ? "\tmore than 5 % above the table" : ""))
            rose = rose || isFinding
        }
        guard rose else { return }
        print(
            """
            Find out what became dearer (docs/instructions.md). Where the price is right, write the table anew with \
            --output, in the commit that raises it. Another Swift or SQLite gives other counts as well.
            """)
        throw ExitCode(1)
    }
}
