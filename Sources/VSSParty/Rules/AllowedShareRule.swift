import ExchangeSchema

/// The greatest share that the fund pays of a visit: the card's, or all of it where the texts allow that, or less for who
/// came by himself. Decision 1351/QD-BHXH (2015) for levels; domain file, section 2.5, for the rest:
/// "80/95/100, out of route multiplied (80 x 40 % = 32); 100 when the total is below 15 % of the base salary or at a commune
/// station".
///
/// VSS does not know which facility is a commune station, so that 100 is not refused at the primary level (1.2, 1.11). Who
/// is exempt (NGAY_MIEN_CCT) pays no part of his own from that day on.
enum AllowedShareRule {
    static func share(_ claim: Claim) -> AllowedShare {
        if let less = RegisteredFacilityRule.share(claim) ?? ReferralRule.share(claim) { return less }
        let insurance = claim.insurance
        let card = AllowedShare(
            hundredths: Int64(claim.percent) * 100, rule: "card-share", field: "MUC_HUONG", value: "",
            ground: .card(percent: claim.percent))
        guard claim.percent < 100 else { return card }
        let isSmall = claim.tables.smallClaim(on: claim.discharged).map { claim.covered < $0 } ?? true
        let isPrimary = insurance.maDoituongKcb == "1.2" || insurance.maDoituongKcb == "1.11"
        guard isSmall || isPrimary || isExempt(claim) else { return card }
        return AllowedShare(
            hundredths: 10_000, rule: "card-share", field: "MUC_HUONG", value: "",
            ground: .words("no more than all of it"))
    }

    private static func isExempt(_ claim: Claim) -> Bool {
        guard !claim.insurance.ngayMienCct.isBlank,
            let since = try? VisitTime(parsing: claim.insurance.ngayMienCct, field: "NGAY_MIEN_CCT")
        else { return false }
        return since.date <= claim.discharged
    }
}
