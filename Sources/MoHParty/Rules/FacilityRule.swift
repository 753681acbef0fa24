import ExchangeSchema
import PartyCore

/// MA_CSKCB is a facility code and the same as the sender's. Decision 384/QD-BYT (2019).
enum FacilityRule {
    /// - Parameter written: MA_CSKCB of the record.
    static func check(_ message: FacilityRecord, written: String) throws(Refusal) {
        do {
            _ = try FacilityCode(parsing: written, field: "MA_CSKCB")
        } catch {
            throw Refusal(.mohFacilityMalformed, error)
        }
        guard message.facilityCode == written else {
            throw Refusal(
                .mohFacilityMalformed, field: "MA_CSKCB", value: written,
                rule: "the record was sent by facility \(message.facilityCode)")
        }
    }
}
