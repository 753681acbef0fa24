import ExchangeSchema
import PartyCore

/// The rules that a vaccination must keep before MoH accepts it, in the order in which they are checked. Of the person they
/// are those of a visit; of the vaccination they are simulator-defined, for no public text gives its form.
enum VaccinationRules {
    /// - Returns: The province of residence.
    static func check(
        _ message: FacilityRecord, _ administrative: ExaminedPerson, _ clinical: ClinicalBlock,
        _ vaccination: Vaccination
    ) throws(Refusal) -> Province {
        try checkAlone(message, clinical)
        try RequiredFieldsRule.check(administrative, vaccination)
        do {
            _ = try FacilityCode(parsing: message.facilityCode, field: "MA_CSKCB")
        } catch {
            throw Refusal(.mohFacilityMalformed, error)
        }
        let person = try PersonRules.check(administrative)
        try VaccinationDatesRule.check(vaccination, birthDate: person.birthDate)
        try DoseRule.check(vaccination)
        return person.residence
    }

    /// Nothing of a visit stands beside it: no card is looked up, and nothing is claimed.
    private static func checkAlone(_ message: FacilityRecord, _ clinical: ClinicalBlock) throws(Refusal) {
        var rest = clinical
        rest.clearVaccination()
        guard message.insurance.isEmpty, message.clinicalDetails.isEmpty, message.tables.isEmpty,
            rest == ClinicalBlock()
        else {
            throw Refusal(
                .mohUnreadable, field: "", value: "",
                rule: "a vaccination has no insurance block, no diagnosis, no rows and no tables")
        }
    }
}
