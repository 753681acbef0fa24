import ExchangeSchema
import HealthStandards

/// The diagnoses of XML1 as Condition: the one of the discharge, those beside it, and the one of the admission.
enum ConditionResources {
    /// A diagnosis as the visit names it.
    struct Diagnosis {
        var key: ResourceKey
        /// A code of FHIR's `diagnosis-role`.
        var role: String
        var rank: Int?
        var code: String
        var text: String

        func reference(_ context: MappingContext) -> FHIRObject {
            FHIRObject {
                $0.set("condition", context.reference(key))
                $0.set("use", MappingContext.concept(CodeSystem.diagnosisRole, role))
                if let rank { $0.set("rank", number: String(rank)) }
            }
        }
    }

    /// The fields that they carry whole.
    static func carried(_ row: NamedRow) -> Set<String> {
        var fields: Set<String> = ["CHAN_DOAN_VAO", "CHAN_DOAN_RV"]
        if MappingContext.code(row["MA_BENH_CHINH"]) != nil { fields.insert("MA_BENH_CHINH") }
        if codes(row["MA_BENH_KT"]) != nil { fields.insert("MA_BENH_KT") }
        return fields
    }

    /// What a visit is diagnosed with.
    static func diagnoses(_ row: NamedRow, record: RecordIdentifier) -> [Diagnosis] {
        var found: [Diagnosis] = []
        let main = MappingContext.code(row["MA_BENH_CHINH"]) ?? ""
        if !main.isEmpty || !row["CHAN_DOAN_RV"].isEmpty {
            found.append(
                Diagnosis(
                    key: ResourceKey(.condition, record: record), role: "DD", rank: 1, code: main,
                    text: row["CHAN_DOAN_RV"]))
        }
        if !row["CHAN_DOAN_VAO"].isEmpty {
            found.append(
                Diagnosis(
                    key: ResourceKey(.condition, record: record, row: 1), role: "AD", code: "",
                    text: row["CHAN_DOAN_VAO"]))
        }
        for (place, code) in (codes(row["MA_BENH_KT"]) ?? []).enumerated() {
            found.append(
                Diagnosis(
                    key: ResourceKey(.condition, record: record, row: UInt32(place) + 2), role: "CM", rank: place + 2,
                    code: code, text: ""))
        }
        return found
    }

    /// - Parameter field: The field of a health check that says it.
    static func write(
        _ diagnosis: Diagnosis, field: NamedHealthCheck.Name? = nil, patient: ResourceKey, encounter: ResourceKey,
        recorded: String?, _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        var object = context.head(diagnosis.key, stamp)
        object.set(
            "category",
            [
                MappingContext.concept(CodeSystem.conditionCategory, "encounter-diagnosis"),
                field.map { MappingContext.concept(CodeSystem.healthCheck, $0.text) } ?? FHIRObject(),
            ])
        object.set("code", MappingContext.concept(CodeSystem.icd10, diagnosis.code, text: diagnosis.text))
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        object.set("recordedDate", recorded)
        return object
    }

    /// Puts conditions into XML1, each with its role; one without a role is the main diagnosis where there is none yet.
    static func read(_ conditions: [(role: String, condition: FHIRValue)], into row: inout NamedRow) {
        var beside: [String] = []
        for (role, condition) in conditions {
            let code = condition["code"].flatMap { ConceptReading.code($0, CodeSystem.icd10) } ?? ""
            let text = condition["code"]?.text("text") ?? ""
            switch role {
            case "AD": row["CHAN_DOAN_VAO"] = text.isEmpty ? code : text
            case "CM": beside.append(code)
            default:
                if row["MA_BENH_CHINH"].isEmpty, row["CHAN_DOAN_RV"].isEmpty {
                    row["MA_BENH_CHINH"] = code
                    row["CHAN_DOAN_RV"] = text
                } else {
                    beside.append(code)
                }
            }
        }
        row["MA_BENH_KT"] = beside.filter { !$0.isEmpty }.joined(separator: ";")
    }

    /// Codes that are joined by `;`; nil where they would not come back as they were written.
    static func codes(_ written: String) -> [String]? {
        if written.isEmpty { return [] }
        let codes = written.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        return codes.allSatisfy { !$0.isEmpty && MappingContext.code($0) != nil } ? codes : nil
    }
}
