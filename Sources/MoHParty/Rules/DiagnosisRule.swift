import ExchangeSchema
import PartyCore

/// MA_BENH_CHINH is one ICD-10 code, MA_BENH_KT up to twelve joined by `;`. Decision 130/QD-BYT, annex, XML1.
enum DiagnosisRule {
    static func check(_ clinical: ExaminedDiagnosis) throws(Refusal) {
        do {
            _ = try DiagnosisCode(parsing: clinical.maBenhChinh, field: "MA_BENH_CHINH")
            if !clinical.maBenhKt.isBlank {
                _ = try DiagnosisCode.list(parsing: clinical.maBenhKt, field: "MA_BENH_KT")
            }
        } catch {
            throw Refusal(.mohDiagnosisMalformed, error)
        }
    }

    /// KET_LUAN_BENH of a health check, in both forms: no code, or up to twelve joined by `;`. Decision 2062/QD-BYT, Annex 01.
    static func check(_ check: HealthCheck) throws(Refusal) {
        do {
            for written in [check.xml8KetLuanBenh, check.xml12KetLuanBenh] where !written.isBlank {
                _ = try DiagnosisCode.list(parsing: written, field: "KET_LUAN_BENH")
            }
        } catch {
            throw Refusal(.mohDiagnosisMalformed, error)
        }
    }
}
