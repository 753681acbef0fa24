import ExchangeSchema

/// MA_DOITUONG_KCB 1.3 says that the patient came with a transfer slip: MA_NOI_DI names the facility that wrote it. Where
/// nobody is named, the visit is a self-referral; 3.1 says so itself. Decision 3276/QD-BYT, codes 1.3 and 3.1; domain file,
/// section 2.5, for the share of 3.1.
enum ReferralRule {
    static func share(_ claim: Claim) -> AllowedShare? {
        let insurance = claim.insurance
        let isWithoutSlip = insurance.maDoituongKcb == "1.3" && insurance.maNoiDi.isBlank
        guard isWithoutSlip || insurance.maDoituongKcb == "3.1", insurance.maKhuvuc.isBlank,
            let part = claim.tables.selfReferralShare(on: claim.discharged)
        else { return nil }
        return AllowedShare(
            hundredths: Int64(claim.percent) * part, rule: "referral",
            field: isWithoutSlip ? "MA_NOI_DI" : "MA_DOITUONG_KCB",
            value: isWithoutSlip ? insurance.maNoiDi : insurance.maDoituongKcb,
            ground: .words(
                (isWithoutSlip ? "1.3 is with a transfer slip, and MA_NOI_DI names nobody who wrote it: " : "")
                    + "a self-referral gets \(part) percent of the card's share"))
    }
}
