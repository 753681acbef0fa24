import ExchangeSchema
import PartyCore

/// Results 003, 004, 110 and 120 to 124: another card was issued, the card was recalled, or its holder was reported as
/// decreased. Dispatch 1923/BHXH-CNTT, annex, maKetQua. What happened on the day of admission or before counts.
enum CardStandingRule {
    /// - Returns: Whether another card was issued while this one may still be used: result 004.
    static func check(_ standing: CardStanding?, on day: CivilDate, text: String) throws(Refusal) -> Bool {
        guard let standing, standing.since <= day, !standing.isReportedLate else { return false }
        guard let refusal = refusal(standing, text) else { return true }
        throw refusal
    }

    /// What the check will find once the register has heard of it; nil when that changes nothing.
    static func late(_ standing: CardStanding?, on day: CivilDate, text: String) -> Refusal? {
        guard let standing, standing.since <= day, standing.isReportedLate else { return nil }
        return refusal(standing, text)
    }

    private static func refusal(_ standing: CardStanding, _ text: String) -> Refusal? {
        let (reason, rule): (ReasonCode, String)
        switch standing.event {
        case .replacedStillValid: return nil
        case .replaced: (reason, rule) = (.vssCardReplaced, "another card was issued in its place; write that one")
        case .recalled: (reason, rule) = (.vssCardRecalled, "the card was recalled")
        case .decreased: (reason, rule) = (.vssDecreased, "its holder is reported as decreased")
        case .movedToAnotherProvince:
            (reason, rule) = (.vssMovedToAnotherProvince, "its holder moved to another province and has another card")
        case .movedInsideProvince:
            (reason, rule) = (.vssMovedInsideProvince, "its holder moved inside the province and has another card")
        case .readdedAtSameUnit:
            (reason, rule) = (.vssReaddedAtSameUnit, "its holder was taken up again at the same unit")
        case .stoppedParticipating:
            (reason, rule) = (.vssStoppedParticipating, "its holder takes part no more")
        }
        return Refusal(reason, field: "MA_THE_BHYT", value: text, rule: "\(rule) (since \(standing.since))")
    }
}
