import ExchangeSchema

/// The totals of XML1 are the sums of the rows of XML2 and XML3. Domain file, section 2.5. The portal says so within 48
/// hours, so that this is found at the review. A dong for each row is let pass.
enum SumsRule {
    static func finding(_ claim: Claim, _ lines: [ClaimLine]) -> ClaimFinding? {
        guard !lines.isEmpty else { return nil }
        let sum = lines.reduce(into: Int64(0)) { $0 += $1.fund }
        guard claim.fund > sum + Claim.rounding * Int64(lines.count) else { return nil }
        return ClaimFinding(
            table: "XML1", line: "", field: "T_BHTT", value: claim.insurance.tBhtt, claimed: claim.fund, accepted: sum,
            rule: "sums", explanation: "T_BHTT of \(lines.count) rows of XML2 and XML3 is less")
    }
}
