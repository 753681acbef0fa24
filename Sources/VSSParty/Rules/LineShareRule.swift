import ExchangeSchema

/// MUC_HUONG of a row is at most the allowed share. Decision 1351/QD-BHXH (2015); since 1 July 2026 with up to four
/// characters (Decision 1931/QD-BYT).
enum LineShareRule {
    static func finding(
        _ line: ClaimLine, _ scan: LineScan, _ claim: Claim, _ allowed: AllowedShare
    ) -> ClaimFinding? {
        guard let share = scan.hundredths(line.share), share > allowed.hundredths else { return nil }
        let most = min(line.fund, allowed.part(of: line.covered))
        return ClaimFinding(
            table: line.table.rawValue, line: scan.text(line.number), field: "MUC_HUONG", value: scan.text(line.share),
            claimed: line.fund, accepted: max(0, most), rule: "line-share", explanation: allowed.explanation)
    }
}
