import ExchangeSchema
import PartyCore

/// MA_BENH_CHINH is one ICD-10 code, MA_BENH_KT up to twelve joined by `;`. Decision 130/QD-BYT, annex, XML1.
enum DiagnosisRule {
    static func check(_ clinical: ClinicalBlock) throws(Refusal) {
        do {
            _ = try DiagnosisCode(parsing: clinical.maBenhChinh, field: "MA_BENH_CHINH")
            if !clinical.maBenhKt.isBlank {
                _ = try DiagnosisCode.list(parsing: clinical.maBenhKt, field: "MA_BENH_KT")
            }
        } catch {
            throw Refusal(.mohDiagnosisMalformed, error)
        }
    }
}
