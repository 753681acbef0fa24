import ExchangeSchema
import PartyCore

/// MA_CSKCB is a facility code and the same as the sender's. Decision 384/QD-BYT (2019).
enum FacilityRule {
    static func check(_ message: FacilityRecord, _ insurance: InsuranceBlock) throws(Refusal) {
        do {
            _ = try FacilityCode(parsing: insurance.maCskcb, field: "MA_CSKCB")
        } catch {
            throw Refusal(.mohFacilityMalformed, error)
        }
        guard message.facilityCode == insurance.maCskcb else {
            throw Refusal(
                .mohFacilityMalformed, field: "MA_CSKCB", value: insurance.maCskcb,
                rule: "the record was sent by facility \(message.facilityCode)")
        }
    }
}
