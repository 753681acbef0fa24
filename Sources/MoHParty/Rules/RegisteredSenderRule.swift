import ExchangeSchema
import PartyCore

/// The facility is on MoH's register and connected, and whoever ordered drugs and services, read results or vaccinated there
/// is one of its practitioners. Examined only where MoH has a register; practitioners only of facilities that name them.
///
/// Simulator-defined: the decisions ask for registered facilities (Decision 1551/QD-BYT, 2026, item 2) and certificates
/// (Decision 130/QD-BYT, annex, MA_BAC_SI), and no public text gives a code of refusal.
enum RegisteredSenderRule {
    /// - Returns: The refusal; nil when there is none.
    /// - Throws: The register's error when it cannot be read.
    static func refusal(of message: FacilityRecord, by register: any FacilityRegistry) throws -> Refusal? {
        guard let code = try? FacilityCode(parsing: message.facilityCode) else { return nil }
        let facility = try register.facility(code)
        if let refusal = RegisteredFacilityRule.refusal(of: facility, written: message.facilityCode) { return refusal }
        guard let facility, facility.namesPractitioners else { return nil }
        guard let details = try? ClinicalDetails(decoding: message.clinicalDetails) else {
            return Refusal(
                .mohUnreadable, field: "", value: "",
                rule: "the block must be an encoded exchange.v1.ClinicalDetails")
        }
        var certificates =
            details.drugs.map { ("MA_BAC_SI", $0.maBacSi) } + details.services.map { ("MA_BAC_SI", $0.maBacSi) }
            + details.results.map { ("MA_BS_DOC_KQ", $0.maBsDocKq) }
        if message.clinicalDetails.isEmpty, let clinical = try? ClinicalBlock(decoding: message.clinical),
            clinical.hasVaccination
        {
            certificates.append(("MA_BAC_SI", clinical.vaccination.maBacSi))
        }
        for (field, list) in certificates {
            for certificate in list.split(separator: ";") where !String(certificate).isBlank {
                let written = String(certificate.drop { $0 == " " })
                guard try register.hasPractitioner(written, at: code) else {
                    return Refusal(
                        .mohPractitionerUnknown, field: field, value: written,
                        rule: "the ministry's register names this practitioner at facility \(message.facilityCode)")
                }
            }
        }
        return nil
    }
}
