import ExchangeSchema
import HealthStandards

/// The administrative fields of XML1 as Patient.
enum PatientResource {
    /// The fields of XML1 that are about the person.
    static let fields: Set<String> = [
        "MA_BN", "HO_TEN", "SO_CCCD", "NGAY_SINH", "GIOI_TINH", "NHOM_MAU", "MA_QUOCTICH", "MA_DANTOC",
        "MA_NGHE_NGHIEP",
        "DIA_CHI", "MATINH_CU_TRU", "MAHUYEN_CU_TRU", "MAXA_CU_TRU", "DIEN_THOAI",
    ]

    /// - Parameter former: Numbers that the person had before.
    static func write(
        _ row: NamedRow, former: [String] = [], enrolment: BookEnrolment? = nil, key: ResourceKey,
        _ stamp: ResourceStamp,
        _ context: MappingContext
    ) -> FHIRObject {
        var rest = FieldRest(row, elsewhere: [])
        var object = context.head(key, stamp)
        var identifiers: [FHIRObject] = []
        if let kind = documentKind(rest["SO_CCCD"]), let number = rest.take("SO_CCCD") {
            identifiers.append(context.identifier(kind, number, use: "official"))
        }
        identifiers += former.map { context.identifier(.citizen, $0, use: "old") }
        identifiers.append(context.identifier(.patient, rest.take("MA_BN") ?? ""))
        if let enrolment {
            identifiers.append(context.identifier(.socialInsurance, enrolment.socialInsuranceNumber))
        }
        let name = rest.take("HO_TEN") ?? ""
        let phone = rest.take("DIEN_THOAI") ?? ""
        let gender = rest.take("GIOI_TINH", as: { genders[$0] })
        let birth = rest.take("NGAY_SINH") { written in
            FHIRTime.birthDate(written).flatMap { FHIRTime.writtenBirthDate($0) == written ? $0 : nil }
        }
        let address = FHIRObject {
            guard ["DIA_CHI", "MAXA_CU_TRU", "MAHUYEN_CU_TRU", "MATINH_CU_TRU"].contains(where: { !row[$0].isEmpty })
            else { return }
            $0.set("use", "home")
            $0.set("text", rest.take("DIA_CHI"))
            $0.set("city", rest.take("MAXA_CU_TRU"))
            $0.set("district", rest.take("MAHUYEN_CU_TRU"))
            $0.set("state", rest.take("MATINH_CU_TRU"))
        }
        object.set("extension", rest.extensions(of: fields))
        object.set("identifier", identifiers)
        object.set(
            "name",
            [
                FHIRObject {
                    guard !name.isEmpty else { return }
                    $0.set("use", "official")
                    $0.set("text", name)
                }
            ])
        object.set(
            "telecom",
            [
                FHIRObject {
                    guard !phone.isEmpty else { return }
                    $0.set("system", "phone")
                    $0.set("value", phone)
                }
            ])
        object.set("gender", gender)
        // Also where the field says it in another form, which then stands beside.
        object.set("birthDate", birth ?? FHIRTime.birthDate(row["NGAY_SINH"]))
        object.set("address", [address])
        return object
    }

    /// Puts what a Patient says into XML1.
    static func read(_ patient: FHIRValue, into row: inout NamedRow) {
        for entry in patient["identifier"]?.elements ?? [] where entry.text("use") != "old" {
            let (system, value) = (entry.text("system"), entry.text("value"))
            for kind in [IdentifierKind.citizen, .identityCard, .passport] where kind.isNamed(by: system) {
                row["SO_CCCD"] = value
            }
            if IdentifierKind.patient.isNamed(by: system) { row["MA_BN"] = value }
        }
        row["HO_TEN"] = patient["name"]?.elements.first.map(name) ?? ""
        for entry in patient["telecom"]?.elements ?? [] where entry.text("system") == "phone" {
            row["DIEN_THOAI"] = entry.text("value")
            break
        }
        let gender = patient.text("gender")
        row["GIOI_TINH"] = gender == "other" ? "3" : genders.first { $0.value == gender }?.key ?? ""
        row["NGAY_SINH"] = FHIRTime.writtenBirthDate(patient.text("birthDate")) ?? ""
        if let address = patient["address"]?.elements.first {
            row["DIA_CHI"] = address.text("text")
            row["MAXA_CU_TRU"] = address.text("city")
            row["MAHUYEN_CU_TRU"] = address.text("district")
            row["MATINH_CU_TRU"] = address.text("state")
        }
        FieldRest.read(patient, into: &row)
    }

    /// GIOI_TINH: 3 is "not determined".
    private static let genders = ["1": "male", "2": "female", "3": "unknown"]

    private static func documentKind(_ number: String) -> IdentifierKind? {
        switch (number.utf8.count, number.utf8.allSatisfy { $0 &- 0x30 < 10 }) {
        case (12, true): .citizen
        case (9, true): .identityCard
        case (8, false): .passport
        default: nil
        }
    }

    /// A name is written whole in Viet Nam; of one in parts the family name stands first.
    private static func name(_ name: FHIRValue) -> String {
        let text = name.text("text")
        guard text.isEmpty else { return text }
        let given = (name["given"]?.elements ?? []).compactMap(\.string)
        return ([name.text("family")] + given).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
