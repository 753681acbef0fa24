import ExchangeSchema
import PartyCore

/// NGAY_TIEM is a time, and nobody is vaccinated before birth; NGAY_HEN, where it is written, does not lie before it.
/// Simulator-defined.
enum VaccinationDatesRule {
    /// - Parameter birthDate: Of whose month and day parts may be unknown; then the first that they can be count.
    static func check(_ vaccination: Vaccination, birthDate: CivilDate) throws(Refusal) {
        let given = try time(vaccination.ngayTiem, "NGAY_TIEM")
        guard given.date.number >= birthDate.number else {
            throw Refusal(
                .mohDatesContradict, field: "NGAY_TIEM", value: vaccination.ngayTiem,
                rule: "nobody is vaccinated before birth (NGAY_SINH \(birthDate))")
        }
        guard !vaccination.ngayHen.isEmpty else { return }
        guard try !time(vaccination.ngayHen, "NGAY_HEN").isEarlier(than: given) else {
            throw Refusal(
                .mohDatesContradict, field: "NGAY_HEN", value: vaccination.ngayHen,
                rule: "the next dose is not due before this one (NGAY_TIEM \(vaccination.ngayTiem))")
        }
    }

    private static func time(_ text: String, _ field: String) throws(Refusal) -> VisitTime {
        do {
            return try VisitTime(parsing: text, field: field)
        } catch {
            throw Refusal(.mohDatesInvalid, error)
        }
    }
}
