import ExchangeSchema
import PartyCore

/// NGAY_VAO is a time, and nobody is examined before birth. Decision 2062/QD-BYT (2026), Annex 01: by Decision 3176/QD-BYT.
enum HealthCheckDateRule {
    /// - Parameter birthDate: Of whose month and day parts may be unknown; then the first that they can be count.
    /// - Returns: The day of the check.
    static func check(_ check: HealthCheck, birthDate: CivilDate) throws(Refusal) -> CivilDate {
        let time: VisitTime
        do {
            time = try VisitTime(parsing: check.ngayVao, field: "NGAY_VAO")
        } catch {
            throw Refusal(.mohDatesInvalid, error)
        }
        guard time.date.number >= birthDate.number else {
            throw Refusal(
                .mohDatesContradict, field: "NGAY_VAO", value: check.ngayVao,
                rule: "nobody is examined before birth (NGAY_SINH \(birthDate))")
        }
        return time.date
    }
}
