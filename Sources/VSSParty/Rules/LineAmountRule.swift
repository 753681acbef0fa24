import ExchangeSchema

/// T_BHTT of a row is THANH_TIEN_BH x MUC_HUONG / 100, or less where others pay. Domain file, section 2.5. A dong of
/// rounding is let pass.
enum LineAmountRule {
    static func finding(_ line: ClaimLine, _ scan: LineScan) -> ClaimFinding? {
        guard let share = scan.hundredths(line.share) else { return nil }
        let most = line.covered * share / 10_000
        guard line.fund > most + Claim.rounding else { return nil }
        return ClaimFinding(
            table: line.table.rawValue, line: scan.text(line.number), field: "T_BHTT", value: Self.dong(line.fund),
            claimed: line.fund, accepted: max(0, most), rule: "line-amount",
            explanation: "T_BHTT is THANH_TIEN_BH x MUC_HUONG / 100, which is \(dong(most))")
    }

    private static func dong(_ hundredths: Int64) -> String {
        let cents = hundredths % 100
        return "\(hundredths / 100)" + (cents == 0 ? "" : cents < 10 ? ".0\(cents)" : ".\(cents)")
    }
}
