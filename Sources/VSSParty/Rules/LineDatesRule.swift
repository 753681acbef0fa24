import ExchangeSchema

/// NGAY_YL of a row lies between NGAY_VAO and NGAY_RA, by days: nothing is ordered before the patient has come or after he
/// has gone. Decision 130/QD-BYT, annex, XML2 and XML3 NGAY_YL.
enum LineDatesRule {
    static func finding(_ line: ClaimLine, _ scan: LineScan, _ claim: Claim) -> ClaimFinding? {
        guard let day = scan.day(line.ordered), day < claim.admitted || day > claim.discharged.number else {
            return nil
        }
        return ClaimFinding(
            table: line.table.rawValue, line: scan.text(line.number), field: "NGAY_YL", value: scan.text(line.ordered),
            claimed: line.fund, accepted: 0, rule: "line-dates",
            explanation: "ordered outside the stay, \(claim.insurance.ngayVao) to \(claim.insurance.ngayRa)")
    }
}
