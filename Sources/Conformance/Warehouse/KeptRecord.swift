import ExchangeSchema

/// What a locality's warehouse must hold of a record once all messages of a case were taken in.
package struct KeptRecord: Sendable, Equatable {
    /// Which record.
    var record: RecordIdentifier
    /// The revision that stands; nil where none may.
    var current: UInt32?
    /// Revisions that must be there as history.
    var history: Set<UInt32> = []

    /// What a warehouse has wrong.
    /// - Parameter found: Its revisions, each with its standing.
    func findings(_ found: [UInt32: String]) -> [Finding] {
        var findings: [Finding] = []
        let standing = found.filter { $0.value == "current" }.keys.sorted()
        if standing != [current].compactMap(\.self) {
            findings.append(
                Finding(
                    "current revision of record \(record) in the warehouse",
                    expected: current.map { "\($0)" } ?? "none",
                    found: standing.isEmpty ? "none" : standing.map { "\($0)" }.joined(separator: " and ")))
        }
        let past = Set(found.filter { $0.value != "current" }.keys)
        for revision in history.sorted() where !past.contains(revision) {
            findings.append(
                Finding(
                    "revision \(revision) of record \(record) in the warehouse", expected: "kept as history",
                    found: found[revision] ?? "none"))
        }
        return findings
    }
}
