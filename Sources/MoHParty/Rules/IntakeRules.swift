import ExchangeSchema
import PartyCore

/// The rules a record must keep before MoH accepts it, in the order in which they are checked: the first one broken is
/// the one reported.
enum IntakeRules {
    /// - Returns: The province of residence.
    static func check(_ message: FacilityRecord) throws(Refusal) -> Province {
        guard let administrative = try? AdministrativeBlock(decoding: message.administrative) else {
            throw unreadable("AdministrativeBlock")
        }
        guard let insurance = try? InsuranceBlock(decoding: message.insurance) else {
            throw unreadable("InsuranceBlock")
        }
        guard let clinical = try? ClinicalBlock(decoding: message.clinical) else {
            throw unreadable("ClinicalBlock")
        }
        let person = ExaminedPerson(administrative)
        switch RecordContent(clinical) {
        case .visit: break
        case .vaccination(let vaccination):
            return try VaccinationRules.check(message, person, clinical, vaccination)
        case .healthCheck(let check):
            return try HealthCheckRules.check(message, person, clinical, check)
        }
        if let fault = message.tables.fault {
            throw Refusal(.mohUnreadable, field: "", value: "", rule: "of the tables \(fault)")
        }
        return try check(
            person, ExaminedInsurance(insurance), ExaminedDiagnosis(clinical), sender: message.facilityCode)
    }

    /// The same of a record that lies in its message still, which has no tables.
    /// - Returns: The province of residence; nil of what is no visit, and is to be decoded.
    static func check(_ record: EncodedRecord, in bytes: Span<UInt8>) throws(Refusal) -> Province? {
        guard let person = ExaminedPerson(bytes, record.administrative) else {
            throw unreadable("AdministrativeBlock")
        }
        guard let insurance = ExaminedInsurance(bytes, record.insurance) else { throw unreadable("InsuranceBlock") }
        guard let clinical = EncodedTexts(.clinical, bytes, record.clinical) else { throw unreadable("ClinicalBlock") }
        if clinical.hasContent { return nil }
        return try check(
            person, insurance, ExaminedDiagnosis(clinical, bytes), sender: record.facilityCode.string(in: bytes))
    }

    private static func check(
        _ administrative: ExaminedPerson, _ insurance: ExaminedInsurance, _ clinical: ExaminedDiagnosis,
        sender: String
    ) throws(Refusal) -> Province {
        try RequiredFieldsRule.check(administrative, insurance, clinical)
        try FacilityRule.check(sender: sender, written: insurance.maCskcb)
        try NameRule.check(administrative)
        let birthDate = try BirthDateRule.check(administrative)
        try CitizenNumberRule.check(administrative, birthDate: birthDate)
        try CardRule.check(insurance)
        let residence = try ResidenceRule.check(administrative)
        try DiagnosisRule.check(clinical)
        try VisitDatesRule.check(insurance)
        try AmountsRule.check(insurance)
        return residence
    }

    private static func unreadable(_ block: String) -> Refusal {
        Refusal(.mohUnreadable, field: "", value: "", rule: "the block must be an encoded exchange.v1.\(block)")
    }
}
