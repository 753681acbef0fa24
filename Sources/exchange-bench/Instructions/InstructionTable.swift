import ArgumentParser
import Foundation

/// A table of counts: how many visits they are of, then a line a party, name and count with a tab between, and the sum.
struct InstructionTable {
    /// Visits that were counted over.
    let visits: Int
    /// Instructions per visit.
    var counts: [(party: String, count: Int)] = []

    init(visits: Int) { self.visits = visits }

    /// Reads what ``text`` writes.
    /// - Throws: `ValidationError` for a line that is none of a table.
    init(path: String) throws {
        var rows: [(party: String, count: Int)] = []
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let fields = line.split(separator: "\t")
            guard fields.count == 2, let count = Int(fields[1]), count > 0 else {
                throw ValidationError("\(path): \"\(line)\" is no name and count with a tab between")
            }
            rows.append((String(fields[0]), count))
        }
        guard let visits = rows.first, visits.party == "visits" else {
            throw ValidationError("\(path) does not begin with the number of visits; write it anew with --output")
        }
        self.visits = visits.count
        counts = rows.dropFirst().filter { $0.party != "sum" }
    }

    /// Over all parties.
    var sum: Int { counts.reduce(0) { $0 + $1.count } }

    /// What is written to a file.
    var text: String {
        ([("visits", visits)] + counts + [("sum", sum)]).map { "\($0)\t\($1)\n" }.joined()
    }
}
