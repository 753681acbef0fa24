import ExchangeSchema
import PartyCore

/// The rules that a health check must keep before MoH accepts it, in the order in which they are checked. Of the person they
/// are those of a visit; of the check they are what Decision 2062/QD-BYT (2026), Annex 01, says of its fields.
enum HealthCheckRules {
    /// - Returns: The province of residence.
    static func check(
        _ message: FacilityRecord, _ administrative: ExaminedPerson, _ clinical: ClinicalBlock,
        _ check: HealthCheck
    ) throws(Refusal) -> Province {
        try checkAlone(message, clinical)
        try RequiredFieldsRule.check(administrative, check)
        try FacilityRule.check(sender: message.facilityCode, written: check.maCskcb)
        let person = try PersonRules.check(administrative)
        let day = try HealthCheckDateRule.check(check, birthDate: person.birthDate)
        if HealthCheckForm(birth: person.birthDate, on: day) != .underSix {
            try RequiredFieldsRule.checkConclusion(check)
        }
        try HealthCheckCodesRule.check(check)
        try DiagnosisRule.check(check)
        return person.residence
    }

    /// Nothing of a visit stands beside it but results: no card is looked up, and nothing is claimed.
    private static func checkAlone(_ message: FacilityRecord, _ clinical: ClinicalBlock) throws(Refusal) {
        var rest = clinical
        rest.clearHealthCheck()
        guard var details = try? ClinicalDetails(decoding: message.clinicalDetails) else {
            throw Refusal(
                .mohUnreadable, field: "", value: "",
                rule: "the block must be an encoded exchange.v1.ClinicalDetails")
        }
        details.results = []
        guard message.insurance.isEmpty, message.tables.isEmpty, rest == ClinicalBlock(),
            details == ClinicalDetails()
        else {
            throw Refusal(
                .mohUnreadable, field: "", value: "",
                rule: "a health check has no insurance block, no diagnosis, no rows but results and no tables")
        }
    }
}
