import HealthStandards

/// A row of XML4 as Observation.
enum ResultResource {
    static func write(
        _ result: MappedVisit.Result, patient: ResourceKey, encounter: ResourceKey, key: ResourceKey,
        _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        var rest = FieldRest(result.row, elsewhere: ["MA_LK"])
        var object = context.head(key, stamp)
        let name = rest.take("TEN_CHI_SO")
        let codings = ["MA_CHI_SO", "MA_DICH_VU"].map { field in
            rest.take(field, as: MappingContext.code).map { MappingContext.coding(CodeSystem.field(field), $0) }
                ?? FHIRObject()
        }
        let code = FHIRObject {
            $0.set("coding", codings)
            $0.set("text", name)
        }
        let time = rest.take("NGAY_KQ", as: FHIRTime.dateTime)
        let quantity = Quantity.write(&rest, "GIA_TRI", "DON_VI_DO")
        let words = quantity.isEmpty ? rest.take("GIA_TRI") : nil
        let conclusion = rest.take("KET_LUAN") ?? ""
        let description = rest.take("MO_TA") ?? ""
        let reader = rest.take("MA_BS_DOC_KQ") ?? ""
        object.set("extension", rest.extensions())
        object.set("status", "final")
        object.set("category", [MappingContext.concept(CodeSystem.observationCategory, "laboratory")])
        object.set("code", code.isEmpty ? MappingContext.unknown : code)
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        object.set("effectiveDateTime", time)
        object.set(
            "performer",
            result.facilityCodes.map { MappingContext.organization($0) }
                + [reader.isEmpty ? FHIRObject() : context.named(.practitioner, reader)])
        object.set("valueQuantity", quantity)
        object.set("valueString", words)
        object.set("interpretation", [FHIRObject { $0.set("text", conclusion) }])
        object.set("note", [FHIRObject { $0.set("text", description) }])
        return object
    }

    static func read(_ observation: FHIRValue) -> NamedRow {
        var row = NamedRow(.xml4)
        let code = observation["code"]
        let named = code?["coding"]?.elements.contains { $0.text("system").hasPrefix("urn:closed-cycle:cs:") } ?? false
        for field in ["MA_CHI_SO", "MA_DICH_VU"] {
            row[field] = code.flatMap { ConceptReading.code($0, CodeSystem.field(field)) } ?? ""
        }
        // A code of another list names the check all the same.
        if !named, row["MA_CHI_SO"].isEmpty {
            row["MA_CHI_SO"] = code?["coding"]?.elements.first?.text("code") ?? ""
            row["MA_DICH_VU"] = ""
        }
        row["TEN_CHI_SO"] = code?.text("text") ?? ""
        row["NGAY_KQ"] = FHIRTime.written(observation.text("effectiveDateTime")) ?? ""
        if let quantity = observation["valueQuantity"] {
            Quantity.read(quantity, into: &row, "GIA_TRI", "DON_VI_DO")
        } else {
            row["GIA_TRI"] = observation.text("valueString")
        }
        row["KET_LUAN"] = observation["interpretation"]?.elements.first?.text("text") ?? ""
        row["MO_TA"] = observation["note"]?.elements.first?.text("text") ?? ""
        let readers = observation["performer"]?.elements.compactMap { $0["identifier"] } ?? []
        row["MA_BS_DOC_KQ"] =
            readers.first { IdentifierKind.practitioner.isNamed(by: $0.text("system")) }?.text("value") ?? ""
        FieldRest.read(observation, into: &row)
        return row
    }
}

/// CAN_NANG of XML1 as the Observation of a vital sign (FHIR R4, profile "bodyweight").
enum WeightResource {
    static let code = "29463-7"

    static func carried(_ row: NamedRow) -> Set<String> { value(row) == nil ? [] : ["CAN_NANG"] }

    static func value(_ row: NamedRow) -> String? {
        FHIRValue.isPlainDecimal(row["CAN_NANG"]) ? row["CAN_NANG"] : nil
    }

    static func write(
        _ value: String, at time: String?, patient: ResourceKey, encounter: ResourceKey, key: ResourceKey,
        _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        var object = context.head(key, stamp)
        object.set("status", "final")
        object.set("category", [MappingContext.concept(CodeSystem.observationCategory, "vital-signs")])
        object.set("code", MappingContext.concept(CodeSystem.loinc, code, display: "Body weight"))
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        object.set("effectiveDateTime", time)
        object.set(
            "valueQuantity",
            FHIRObject {
                $0.set("value", number: value)
                $0.set("unit", "kg")
                $0.set("system", CodeSystem.unitsOfMeasure)
                $0.set("code", "kg")
            })
        return object
    }

    static func isOne(_ observation: FHIRValue) -> Bool {
        observation["code"]?["coding"]?.elements.contains {
            $0.text("system") == CodeSystem.loinc && $0.text("code") == code
        } ?? false
    }

    static func read(_ observation: FHIRValue, into row: inout NamedRow) {
        if case .number(let digits)? = observation["valueQuantity"]?["value"] { row["CAN_NANG"] = digits }
    }
}
