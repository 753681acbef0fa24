import ExchangeSchema

/// T_BHTT of XML1 is at most the allowed share of T_TONGCHI_BH. Domain file, section 2.5: T_BHTT = THANH_TIEN_BH x
/// MUC_HUONG / 100, summed up. A dong of rounding is let pass.
enum VisitShareRule {
    static func finding(_ claim: Claim, _ allowed: AllowedShare) -> ClaimFinding? {
        let most = allowed.part(of: claim.covered)
        guard claim.fund > most + Claim.rounding else { return nil }
        let isOfCard = allowed.rule == "card-share"
        return ClaimFinding(
            table: "XML1", line: "", field: isOfCard ? "T_BHTT" : allowed.field,
            value: isOfCard ? claim.insurance.tBhtt : allowed.value, claimed: claim.fund, accepted: max(0, most),
            rule: isOfCard ? "visit-share" : allowed.rule, explanation: allowed.explanation)
    }
}
