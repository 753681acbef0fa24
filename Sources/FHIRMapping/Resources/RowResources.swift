import HealthStandards

/// A row of XML2 as MedicationRequest.
enum MedicationRequestResource {
    static func write(
        _ row: NamedRow, patient: ResourceKey, encounter: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        var rest = FieldRest(row, elsewhere: ["MA_LK"])
        var object = context.head(key, stamp)
        let medication = MappingContext.concept(
            CodeSystem.field("MA_THUOC"), rest.take("MA_THUOC", as: MappingContext.code) ?? "",
            text: rest.take("TEN_THUOC"))
        let ordered = rest.take("NGAY_YL", as: FHIRTime.dateTime)
        let requester = rest.take("MA_BAC_SI") ?? ""
        let dosage = FHIRObject {
            $0.set("text", rest.take("LIEU_DUNG"))
            $0.set("patientInstruction", rest.take("CACH_DUNG"))
            $0.set(
                "route",
                MappingContext.concept(
                    CodeSystem.field("DUONG_DUNG"), rest.take("DUONG_DUNG", as: MappingContext.code) ?? ""))
        }
        let quantity = Quantity.write(&rest, "SO_LUONG", "DON_VI_TINH")
        object.set("extension", rest.extensions())
        object.set("status", "completed")
        object.set("intent", "order")
        object.set("medicationCodeableConcept", medication.isEmpty ? MappingContext.unknown : medication)
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        object.set("authoredOn", ordered)
        if !requester.isEmpty { object.set("requester", context.named(.practitioner, requester)) }
        object.set("dosageInstruction", [dosage])
        object.set("dispenseRequest", FHIRObject { $0.set("quantity", quantity) })
        return object
    }

    static func read(_ request: FHIRValue) -> NamedRow {
        var row = NamedRow(.xml2)
        let medication = request["medicationCodeableConcept"]
        row["MA_THUOC"] = medication.flatMap { ConceptReading.code($0, CodeSystem.field("MA_THUOC")) } ?? ""
        row["TEN_THUOC"] = medication?.text("text") ?? ""
        row["NGAY_YL"] = FHIRTime.written(request.text("authoredOn")) ?? ""
        row["MA_BAC_SI"] = request["requester"]?["identifier"]?.text("value") ?? ""
        let dosage = request["dosageInstruction"]?.elements.first
        row["LIEU_DUNG"] = dosage?.text("text") ?? ""
        row["CACH_DUNG"] = dosage?.text("patientInstruction") ?? ""
        row["DUONG_DUNG"] =
            dosage?["route"].flatMap { ConceptReading.code($0, CodeSystem.field("DUONG_DUNG")) } ?? ""
        Quantity.read(request["dispenseRequest"]?["quantity"], into: &row, "SO_LUONG", "DON_VI_TINH")
        FieldRest.read(request, into: &row)
        return row
    }
}

/// A row of XML3 as Procedure: a service that was done, or a supply that was used.
enum ProcedureResource {
    static func write(
        _ row: NamedRow, patient: ResourceKey, encounter: ResourceKey, key: ResourceKey, _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        var rest = FieldRest(row, elsewhere: ["MA_LK"])
        var object = context.head(key, stamp)
        let service = MappingContext.concept(
            CodeSystem.field("MA_DICH_VU"), rest.take("MA_DICH_VU", as: MappingContext.code) ?? "",
            text: rest.take("TEN_DICH_VU"))
        let supply = MappingContext.concept(
            CodeSystem.field("MA_VAT_TU"), rest.take("MA_VAT_TU", as: MappingContext.code) ?? "",
            text: rest.take("TEN_VAT_TU"))
        // When it was done or, where only that is said, when it was ordered. A time alone is read as the order's; so where the
        // order has none, the extension says whose it is.
        let done: String?
        if row["NGAY_TH_YL"].isEmpty {
            done = rest.take("NGAY_YL", as: FHIRTime.dateTime)
        } else if row["NGAY_YL"].isEmpty {
            done = FHIRTime.dateTime(row["NGAY_TH_YL"])
        } else {
            done = rest.take("NGAY_TH_YL", as: FHIRTime.dateTime)
        }
        let performer = rest.take("MA_BAC_SI") ?? ""
        object.set("extension", rest.extensions())
        object.set("status", "completed")
        object.set("code", service)
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        object.set("performedDateTime", done)
        if !performer.isEmpty {
            object.set("performer", [FHIRObject { $0.set("actor", context.named(.practitioner, performer)) }])
        }
        object.set("usedCode", [supply])
        return object
    }

    static func read(_ procedure: FHIRValue) -> NamedRow {
        var row = NamedRow(.xml3)
        let (service, supply) = (procedure["code"], procedure["usedCode"]?.elements.first)
        row["MA_DICH_VU"] = service.flatMap { ConceptReading.code($0, CodeSystem.field("MA_DICH_VU")) } ?? ""
        row["TEN_DICH_VU"] = service?.text("text") ?? ""
        row["MA_VAT_TU"] = supply.flatMap { ConceptReading.code($0, CodeSystem.field("MA_VAT_TU")) } ?? ""
        row["TEN_VAT_TU"] = supply?.text("text") ?? ""
        row["MA_BAC_SI"] = procedure["performer"]?.elements.first?["actor"]?["identifier"]?.text("value") ?? ""
        FieldRest.read(procedure, into: &row)
        let done = FHIRTime.written(procedure.text("performedDateTime")) ?? ""
        if row["NGAY_YL"].isEmpty, row["NGAY_TH_YL"].isEmpty {
            row["NGAY_YL"] = done
        } else if row["NGAY_TH_YL"].isEmpty {
            row["NGAY_TH_YL"] = done
        }
        return row
    }
}

/// A quantity whose number is written in decimal digits.
enum Quantity {
    /// Takes both fields where the number can be carried; else neither.
    static func write(_ rest: inout FieldRest, _ amount: String, _ unit: String) -> FHIRObject {
        guard let value = rest.take(amount, as: { FHIRValue.isPlainDecimal($0) ? $0 : nil }) else {
            return FHIRObject()
        }
        let unit = rest.take(unit)
        return FHIRObject {
            $0.set("value", number: value)
            $0.set("unit", unit)
        }
    }

    static func read(_ quantity: FHIRValue?, into row: inout NamedRow, _ amount: String, _ unit: String) {
        if case .number(let digits)? = quantity?["value"] { row[amount] = digits }
        row[unit] = quantity?.text("unit") ?? ""
    }
}
