import ExchangeSchema
import PartyCore

/// A facility that sends or asks is on MoH's register, and connected.
enum RegisteredFacilityRule {
    /// - Parameters:
    ///   - facility: As the register has it; nil where it is not on it.
    ///   - code: Its code as it was written.
    static func refusal(of facility: RegisteredFacility?, written code: String) -> Refusal? {
        guard let facility else {
            return Refusal(
                .mohFacilityUnknown, field: "MA_CSKCB", value: code, rule: "the facility is on the ministry's register")
        }
        guard facility.isConnected else {
            return Refusal(
                .mohFacilityNotConnected, field: "MA_CSKCB", value: code,
                rule: "the facility is connected, by the ministry's register")
        }
        return nil
    }
}
