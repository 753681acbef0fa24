import ExchangeSchema
import PartyCore

/// Whether a visit may stand in the book of the person whom C06 has identified, by the date of the visit. C06 says what
/// happened and when; it is not told of visits, so that MoH decides.
///
/// - A visit is refused (`c06.deceased`) when the person was surely dead before it began: of what is not known of the hour
///   or day of death, the latest is taken. So a death in hospital, on the day of the visit, or at an unknown time refuses
///   nothing.
/// - A number that was cancelled is refused (`c06.number-superseded`) for a visit that began on the day on which another
///   one was issued in its place, or later; before, it was the person's number. Where that day is not known, it is refused.
///
/// Simulator-defined: no public text says how the exchange tells a death in hospital from a visit after death. That
/// cancelled numbers are kept beside the new ones says Decree 70/2024/ND-CP, article 11(7).
enum IdentityByDate {
    /// - Parameters:
    ///   - admitted: When the visit began, or the vaccination was given.
    ///   - field: The field that says so.
    /// - Returns: The refusal; nil when the visit may stand.
    static func refusal(
        of identity: IdentityStatement, visitBegan admitted: VisitTime, field: String = "NGAY_VAO"
    ) -> Refusal? {
        if let death = identity.death, let latest = death.latest, admitted.isAfter(latest) {
            return Refusal(
                .c06Deceased, field: "SO_CCCD", value: "",
                rule: "the person is registered as dead before the visit began (\(field) \(admitted))")
        }
        if let replacement = identity.replacement, replacement.since.map({ admitted.date >= $0 }) ?? true {
            return Refusal(
                .c06NumberSuperseded, field: "SO_CCCD", value: "",
                rule:
                    "the number was cancelled and another one issued before the visit began; write the number in force")
        }
        return nil
    }
}

extension VisitTime {
    /// Whether this is surely after a minute yyyymmddHHMM: a day alone is after a minute of an earlier day only.
    fileprivate func isAfter(_ minute: Int64) -> Bool {
        hasHour ? number > minute : Int64(date.number) > minute / 10_000
    }
}
