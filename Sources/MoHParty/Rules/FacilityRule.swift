import ExchangeSchema
import PartyCore

/// MA_CSKCB is a facility code and the same as the sender's. Decision 384/QD-BYT (2019).
enum FacilityRule {
    /// - Parameters:
    ///   - sender: Code of the facility that sent the record.
    ///   - written: MA_CSKCB of the record.
    static func check(sender: String, written: String) throws(Refusal) {
        do {
            _ = try FacilityCode(parsing: written, field: "MA_CSKCB")
        } catch {
            throw Refusal(.mohFacilityMalformed, error)
        }
        guard sender == written else {
            throw Refusal(
                .mohFacilityMalformed, field: "MA_CSKCB", value: written,
                rule: "the record was sent by facility \(sender)")
        }
    }
}
