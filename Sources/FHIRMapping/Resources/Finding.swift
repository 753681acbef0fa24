import HealthStandards

/// A finding of a health check as Observation. Its code is its place in the annex; a vital sign also has the code of LOINC and
/// the unit that FHIR R4 wants of it (profiles of vital signs).
enum Finding {
    /// What LOINC and UCUM call a vital sign.
    private struct VitalSign {
        var code: String
        var display: String
        var unit: String
        var unitCode: String
    }

    private static let temperature = VitalSign(
        code: "8310-5", display: "Body temperature", unit: "°C", unitCode: "Cel")
    private static let pulse = VitalSign(code: "8867-4", display: "Heart rate", unit: "lần/phút", unitCode: "/min")
    private static let breaths = VitalSign(
        code: "9279-1", display: "Respiratory rate", unit: "lần/phút", unitCode: "/min")
    private static let height = VitalSign(code: "8302-2", display: "Body height", unit: "cm", unitCode: "cm")
    private static let weight = VitalSign(code: "29463-7", display: "Body weight", unit: "kg", unitCode: "kg")
    private static let massIndex = VitalSign(
        code: "39156-5", display: "Body mass index (BMI) [Ratio]", unit: "kg/m2", unitCode: "kg/m2")
    private static let pressure = VitalSign(
        code: "85354-9", display: "Blood pressure panel with all children optional", unit: "mmHg", unitCode: "mm[Hg]")
    private static let pressureParts = [
        ("8480-6", "Systolic blood pressure"), ("8462-4", "Diastolic blood pressure"),
    ]

    private static let vitalSigns: [NamedHealthCheck.Name: VitalSign] = [
        .init("XML3", "NHIET_DO"): temperature, .init("XML3", "MACH"): pulse, .init("XML3", "NHIP_THO"): breaths,
        .init("XML4", "CHIEU_DAI"): height, .init("XML4", "CAN_NANG"): weight, .init("XML10", "CHIEU_CAO"): height,
        .init("XML10", "CAN_NANG"): weight, .init("XML10", "CHI_SO_BMI"): massIndex, .init("XML10", "MACH"): pulse,
        bloodPressure: pressure,
    ]
    private static let bloodPressure = NamedHealthCheck.Name("XML10", "HUYET_AP")

    /// The field of a vital sign that names none: that of the form from six years on, where it has one.
    private static let fields: [String: NamedHealthCheck.Name] = [
        temperature.code: .init("XML3", "NHIET_DO"), breaths.code: .init("XML3", "NHIP_THO"),
        height.code: .init("XML10", "CHIEU_CAO"), weight.code: .init("XML10", "CAN_NANG"),
        massIndex.code: .init("XML10", "CHI_SO_BMI"), pulse.code: .init("XML10", "MACH"),
        pressure.code: bloodPressure,
    ]

    /// Fields that hold a code of a list, or 0 and 1.
    private static let coded: Set<NamedHealthCheck.Name> = [
        .init("XML8", "BINH_THUONG"), .init("XML8", "NGUY_CO_MAC_LAO"), .init("XML8", "VAN_DE_SUC_KHOE"),
        .init("XML8", "HEN_KHAM_LAN_SAU"), .init("XML8", "CHUYEN_CSKCB"), .init("XML10", "KHAM_THE_LUC_PL"),
        .init("XML12", "PHAN_LOAI_SK"),
    ]

    private static let titles: [NamedHealthCheck.Name: String] = [
        .init("XML3", "NHIET_DO"): "Nhiệt độ", .init("XML3", "MACH"): "Mạch", .init("XML3", "NHIP_THO"): "Nhịp thở",
        .init("XML4", "CHIEU_DAI"): "Chiều dài", .init("XML4", "CAN_NANG"): "Cân nặng",
        .init("XML8", "BINH_THUONG"): "Bình thường", .init("XML8", "NGUY_CO_MAC_LAO"): "Nguy cơ mắc lao",
        .init("XML8", "VAN_DE_SUC_KHOE"): "Có vấn đề sức khỏe",
        .init("XML8", "GHI_RO_VAN_DE_SUC_KHOE"): "Vấn đề sức khỏe",
        .init("XML8", "HEN_KHAM_LAN_SAU"): "Hẹn khám lần sau",
        .init("XML8", "CHUYEN_CSKCB"): "Chuyển cơ sở khám, chữa bệnh",
        .init("XML10", "CHIEU_CAO"): "Chiều cao", .init("XML10", "CAN_NANG"): "Cân nặng",
        .init("XML10", "CHI_SO_BMI"): "Chỉ số BMI", .init("XML10", "MACH"): "Mạch", bloodPressure: "Huyết áp",
        .init("XML10", "KHAM_THE_LUC_PL"): "Phân loại thể lực", .init("XML12", "PHAN_LOAI_SK"): "Phân loại sức khỏe",
        .init("XML12", "CAC_VAN_DE_SUC_KHOE"): "Các vấn đề sức khỏe",
        .init("XML12", "CAC_BENH_TAT_NEU_CO"): "Các bệnh, tật",
    ]

    /// Whether a field is written as Observation: what the Encounter carries is not, nor a conclusion that is written as Condition.
    static func isOne(_ name: NamedHealthCheck.Name, _ value: String) -> Bool {
        if name.isOfEncounter { return false }
        return !NamedHealthCheck.Name.conclusions.contains(name) || ConditionResources.codes(value) == nil
    }

    static func write(
        _ name: NamedHealthCheck.Name, _ value: String, at time: String?, facilityCode: String, patient: ResourceKey,
        encounter: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        let parts = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isPressure = name == bloodPressure && parts.count == 2 && parts.allSatisfy(FHIRValue.isPlainDecimal)
        let sign = isPressure || name != bloodPressure && FHIRValue.isPlainDecimal(value) ? vitalSigns[name] : nil
        var object = context.head(key, stamp)
        object.set("status", "final")
        let category = sign != nil ? "vital-signs" : ["XML6", "XML9"].contains(name.table) ? "survey" : "exam"
        object.set("category", [MappingContext.concept(CodeSystem.observationCategory, category)])
        object.set(
            "code",
            FHIRObject {
                $0.set(
                    "coding",
                    [
                        sign.map { MappingContext.coding(CodeSystem.loinc, $0.code, display: $0.display) }
                            ?? FHIRObject(),
                        MappingContext.coding(CodeSystem.healthCheck, name.text),
                    ])
                $0.set("text", titles[name])
            })
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        object.set("effectiveDateTime", time)
        if !facilityCode.isEmpty { object.set("performer", [MappingContext.organization(facilityCode)]) }
        if let sign, isPressure {
            object.set(
                "component",
                zip(pressureParts, parts).map { part, value in
                    FHIRObject {
                        $0.set("code", MappingContext.concept(CodeSystem.loinc, part.0, display: part.1))
                        $0.set("valueQuantity", quantity(value, sign))
                    }
                })
        } else if let sign {
            object.set("valueQuantity", quantity(value, sign))
        } else if coded.contains(name), let code = MappingContext.code(value) {
            object.set("valueCodeableConcept", MappingContext.concept(CodeSystem.field(name.field), code))
        } else {
            object.set("valueString", value)
        }
        return object
    }

    private static func quantity(_ value: String, _ sign: VitalSign) -> FHIRObject {
        FHIRObject {
            $0.set("value", number: value)
            $0.set("unit", sign.unit)
            $0.set("system", CodeSystem.unitsOfMeasure)
            $0.set("code", sign.unitCode)
        }
    }

    /// The field that an Observation is about; nil of one that is a result, as a row of XML11.
    static func name(of observation: FHIRValue) -> NamedHealthCheck.Name? {
        let codings = observation["code"]?["coding"]?.elements ?? []
        func codes(_ system: String) -> [String] {
            codings.filter { $0.text("system") == system }.map { $0.text("code") }
        }
        return codes(CodeSystem.healthCheck).first.flatMap { NamedHealthCheck.Name($0) }
            ?? codes(CodeSystem.loinc).compactMap { fields[$0] }.first
    }

    /// What it says, as the field has it; nil where it says nothing that the field could hold, in the unit of the field.
    static func value(of observation: FHIRValue, for name: NamedHealthCheck.Name) -> String? {
        if let text = observation["valueString"]?.string { return text }
        if let concept = observation["valueCodeableConcept"] {
            return ConceptReading.code(concept, CodeSystem.field(name.field)) ?? concept["text"]?.string
        }
        if case .number(let digits)? = observation["valueInteger"] { return digits }
        if case .boolean(let isSo)? = observation["valueBoolean"] { return isSo ? "1" : "0" }
        if name == bloodPressure, let components = observation["component"]?.elements {
            let parts = pressureParts.compactMap { part in
                components.first {
                    ConceptReading.code($0["code"] ?? .null, CodeSystem.loinc) == part.0
                }.flatMap { digits($0["valueQuantity"], pressure) }
            }
            return parts.count == pressureParts.count ? parts.joined(separator: "/") : nil
        }
        return digits(observation["valueQuantity"], vitalSigns[name])
    }

    private static func digits(_ quantity: FHIRValue?, _ sign: VitalSign?) -> String? {
        guard let quantity, case .number(let digits)? = quantity["value"], quantity["comparator"] == nil else {
            return nil
        }
        if let sign, let unit = quantity["code"]?.string, unit != sign.unitCode { return nil }
        return digits
    }
}
