import ExchangeSchema

/// A row of XML8, the summary of the medical record, as Composition: FHIR R4's form for a text that somebody answers for, in
/// sections. A DocumentReference would hide the sections in an attachment, and a ClinicalImpression is of one moment.
enum RecordSummaryResource {
    /// Fields that are texts of their own. LOINC has a code for some; all have one under our name of the table.
    private static let sections: [(field: String, title: String, loinc: String?)] = [
        ("CHAN_DOAN_VAO", "Chẩn đoán vào viện", nil), ("CHAN_DOAN_RV", "Chẩn đoán ra viện", nil),
        ("QT_BENHLY", "Quá trình bệnh lý và diễn biến lâm sàng", "8648-8"),
        ("TOMTAT_KQ", "Tóm tắt kết quả xét nghiệm, cận lâm sàng", "30954-2"),
        ("PP_DIEUTRI", "Phương pháp điều trị", nil),
    ]

    static func write(
        _ row: CarriedRow, facilityCode: String, patient: ResourceKey, encounter: ResourceKey, key: ResourceKey,
        _ stamp: ResourceStamp, _ context: MappingContext
    ) -> FHIRObject {
        func value(_ name: String) -> String { row.fields.first { $0.name == name }?.value ?? "" }
        let written = FHIRTime.dateTime(value("NGAY_CT"))
        let (start, end) = (FHIRTime.dateTime(value("NGAY_VAO")), FHIRTime.dateTime(value("NGAY_RA")))
        var carried = Set(sections.map(\.field))
        for (field, time) in [("NGAY_CT", written), ("NGAY_VAO", start), ("NGAY_RA", end)] where time != nil {
            carried.insert(field)
        }
        var object = context.head(key, stamp)
        object.set(
            "extension",
            row.fields.filter { !carried.contains($0.name) && !$0.value.isEmpty }.map { field in
                FHIRObject {
                    $0.set("url", CodeSystem.fieldExtension(field.name))
                    $0.set("valueString", field.value)
                }
            })
        object.set("status", "final")
        object.set("type", MappingContext.concept(CodeSystem.loinc, "18842-5", display: "Discharge summary"))
        object.set("subject", context.reference(patient))
        object.set("encounter", context.reference(encounter))
        // FHIR demands a date: that of the summary or, where it has none, of the discharge, of the entry, or of no day at all.
        object.set("date", written ?? end ?? FHIRInstant.text(stamp.time ?? 0))
        let author =
            facilityCode.isEmpty
            ? FHIRObject { $0.set("display", "Cơ sở khám bệnh, chữa bệnh") }
            : MappingContext.organization(facilityCode)
        object.set("author", [author])
        object.set("title", "Tóm tắt hồ sơ bệnh án")
        object.set(
            "event",
            [
                FHIRObject {
                    $0.set(
                        "period",
                        FHIRObject {
                            $0.set("start", start)
                            $0.set("end", end)
                        })
                }
            ])
        object.set(
            "section",
            sections.map { section in
                let text = value(section.field)
                guard !text.isEmpty else { return FHIRObject() }
                return FHIRObject {
                    $0.set("title", section.title)
                    $0.set("code", code(section.field, section.loinc))
                    $0.set("text", narrative(text))
                }
            })
        return object
    }

    private static func code(_ field: String, _ loinc: String?) -> FHIRObject {
        FHIRObject {
            $0.set(
                "coding",
                [
                    loinc.map { MappingContext.coding(CodeSystem.loinc, $0) } ?? FHIRObject(),
                    MappingContext.coding(CodeSystem.field("XML8"), field),
                ])
        }
    }

    /// A text as FHIR's Narrative, which is XHTML; lines stay lines.
    private static func narrative(_ text: String) -> FHIRObject {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        return FHIRObject {
            $0.set("status", "additional")
            $0.set(
                "div", "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>\(lines.joined(separator: "<br/>"))</p></div>")
        }
    }
}
