/// The whole book as Composition: a patient summary (LOINC 60591-5) whose sections name what stands.
enum CompositionResource {
    /// Sections in the order of Decision 31/QD-BYT's groups, with the LOINC codes that the International Patient Summary uses.
    private static let sections: [(type: FHIRType, title: String, code: String)] = [
        (.coverage, "Bảo hiểm y tế", "48768-6"), (.immunization, "Tiêm chủng", "11369-6"),
        (.encounter, "Khám bệnh, chữa bệnh", "46240-8"), (.condition, "Chẩn đoán", "11450-4"),
        (.medicationRequest, "Thuốc", "10160-0"), (.procedure, "Dịch vụ kỹ thuật", "47519-4"),
        (.observation, "Kết quả cận lâm sàng", "30954-2"),
        (.clinicalImpression, "Diễn biến lâm sàng", "11506-3"), (.composition, "Tóm tắt hồ sơ bệnh án", "18842-5"),
    ]

    /// - Parameters:
    ///   - contents: What stands in the book.
    ///   - time: When what stands came about last; Unix milliseconds.
    static func write(
        _ contents: [MappedResource], patient: ResourceKey, key: ResourceKey, at time: Int64, _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        var object = context.head(key, stamp)
        object.set("status", "final")
        object.set("type", MappingContext.concept(CodeSystem.loinc, "60591-5", display: "Patient summary Document"))
        object.set("subject", context.reference(patient))
        object.set("date", FHIRInstant.text(time))
        object.set("author", [FHIRObject { $0.set("display", "Bộ Y tế") }])
        object.set("title", "Sổ sức khỏe điện tử")
        object.set(
            "section",
            sections.map { section in
                let entries = contents.filter { $0.key.type == section.type }
                guard !entries.isEmpty else { return FHIRObject() }
                return FHIRObject {
                    $0.set("title", section.title)
                    $0.set("code", MappingContext.concept(CodeSystem.loinc, section.code))
                    $0.set("entry", entries.map { context.reference($0.key) })
                }
            })
        return object
    }
}
