import ExchangeSchema
import Vocabulary

/// Vaccinations among the records of a scenario that asks for them. Their form is simulator-defined (vaccinations.proto).
extension SyntheticPopulation {
    /// Writes the `ClinicalBlock` of a vaccination, with the faults of its time.
    func writeVaccination(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        writer.message(101) { writeContent(&draft, to: &$0) }
    }

    private func writeContent(_ draft: inout VisitDraft, to writer: inout FieldWriter) {
        var draws = Draws(seed: configuration.seed, .vaccination, draft.plan.visit)
        // The first one decided that it is a vaccination.
        _ = draws.next()
        let age = clock.firstYear - draft.person.birthDate.year
        let vaccine = content.vaccines.entries[content.vaccines.draw(age: age, &draws)]
        let dose = 1 + draws.below(vaccine.doses)
        let given = draft.discharged
        writer.encoded(vaccine.what)
        writer.number(4, dose)
        writer.number(5, vaccine.doses)
        if draft.fault != .requiredMissing || FaultKind.lacksName(visit: draft.plan.visit) {
            writer.time(6, minute: draft.minuteOrBeforeBirth)
        }
        writer.digits(7, draws.below(1_000_000 as UInt64), count: 6)
        writer.encoded(vaccine.how)
        // MA_BAC_SI: one of the facility's twenty doctors.
        writer.digits(10, UInt64(draft.facility.number) * 100_000 + draft.chance >> 48 % 20 + 1, count: 10)
        if dose < vaccine.doses { writer.digits(11, UInt64(DayNumber.yyyymmdd(given / 1_440 + 28)), count: 8) }
        if draws.below(32 as UInt64) == 0 { writer.text(12, "Sốt nhẹ") }
        if draft.isAmended { writer.text(13, "Bổ sung sau khi gửi") }
    }
}
