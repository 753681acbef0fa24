/// Findings, of each kind and party no more than are of use to a reader; all are counted.
struct FindingList {
    private(set) var findings: [AuditFinding] = []
    private(set) var counts: [String: Int64] = [:]
    private static let most: Int64 = 200

    mutating func add(_ finding: AuditFinding) {
        let key = "\(finding.kind.rawValue) \(finding.party)"
        counts[key, default: 0] += 1
        if counts[key, default: 0] <= Self.most { findings.append(finding) }
    }

    mutating func add(
        _ kind: AuditFinding.Kind, _ party: String, leaf: Int64? = nil, message: String? = nil, _ text: String
    ) { add(AuditFinding(kind, party, leaf: leaf, message: message, text)) }

    /// Counts a finding of which no more is said.
    mutating func count(_ kind: AuditFinding.Kind, _ party: String) {
        counts["\(kind.rawValue) \(party)", default: 0] += 1
    }

    /// Takes over what another list has.
    mutating func take(_ other: FindingList) { for finding in other.findings { add(finding) } }

    /// How many findings there are, the unlisted ones among them.
    var total: Int64 { counts.values.reduce(0, +) }
}
