import ExchangeSchema

/// MA_DOITUONG_KCB 1.1 says that the patient is at the facility where he is registered: MA_DKBD, and the register where it
/// knows, name this facility. Where they do not, the visit is a self-referral. Decision 3276/QD-BYT, code 1.1; that such a
/// claim gets the share of code 3.1 is simulator-defined. Residents of hard areas (MA_KHUVUC) get the whole share.
enum RegisteredFacilityRule {
    static func share(_ claim: Claim) -> AllowedShare? {
        let insurance = claim.insurance
        guard insurance.maDoituongKcb == "1.1", insurance.maKhuvuc.isBlank,
            let part = claim.tables.selfReferralShare(on: claim.discharged)
        else { return nil }
        // Of several cards the last facility counts; of one, the only one. Going through a text by characters is dear.
        let isList = insurance.maDkbd.utf8.contains(0x3B)
        let written = isList ? insurance.maDkbd.split(separator: ";").last ?? "" : insurance.maDkbd[...]
        let isHere = written.isEmpty || written == insurance.maCskcb
        let isRegisteredHere = claim.registeredFacility.map { $0.description == insurance.maCskcb } ?? true
        guard !isHere || !isRegisteredHere else { return nil }
        let place = isHere ? claim.registeredFacility?.description ?? "" : String(written)
        return AllowedShare(
            hundredths: Int64(claim.percent) * part, rule: "registered-facility", field: "MA_DOITUONG_KCB",
            value: insurance.maDoituongKcb,
            ground: .words(
                "1.1 is at the registered facility, which is \(place) and not \(insurance.maCskcb): "
                    + "a self-referral gets \(part) percent of the card's share"))
    }
}
