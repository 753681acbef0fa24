import ExchangeSchema
import FoundationEssentials

/// What is not accepted of a claim: at once, and at the review.
struct ClaimFindings {
    /// Of lines and shares.
    var atOnce: [ClaimFinding] = []
    /// Of sums.
    var later: ClaimFinding?
    /// What the fund pays by what is found at once, in hundredths of a dong.
    var accepted: Int64
}

/// The rules of amounts, in their order. Those of rows hold where VSS is told of rows.
enum ClaimRules {
    /// - Parameter details: Encoded ClinicalDetails; nil where VSS is not told of rows.
    static func findings(_ claim: Claim, details: Data?) -> ClaimFindings {
        let allowed = AllowedShareRule.share(claim)
        var found = ClaimFindings(accepted: claim.fund)
        let visit = VisitShareRule.finding(claim, allowed)
        if let visit {
            found.atOnce.append(visit)
            found.accepted = visit.accepted
        }
        guard let details, !details.isEmpty else { return found }
        details.withUnsafeBytes { bytes in
            let scan = LineScan(bytes)
            var cut: Int64 = 0
            for line in scan.lines {
                guard let finding = finding(line, scan, claim, allowed) else { continue }
                found.atOnce.append(finding)
                cut += finding.claimed - finding.accepted
            }
            found.accepted = max(0, min(found.accepted, claim.fund - cut))
            if var sums = SumsRule.finding(claim, scan.lines) {
                // What is cut at once is not cut again.
                sums.accepted = max(0, sums.accepted - cut)
                sums.claimed = claim.fund
                if sums.accepted < found.accepted { found.later = sums }
            }
        }
        return found
    }

    /// The rule that leaves least of a row; of equals the first.
    private static func finding(
        _ line: ClaimLine, _ scan: LineScan, _ claim: Claim, _ allowed: AllowedShare
    ) -> ClaimFinding? {
        if let dates = LineDatesRule.finding(line, scan, claim) { return dates }
        let share = LineShareRule.finding(line, scan, claim, allowed)
        guard let amount = LineAmountRule.finding(line, scan) else { return share }
        guard let share else { return amount }
        return amount.accepted < share.accepted ? amount : share
    }
}
