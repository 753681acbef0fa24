import ExchangeSchema
import HealthStandards

/// A form as it was filled in.
struct TypedRecord: Sendable, Equatable {
    var kind: RecordKind
    /// MA_LK.
    var number: String
    /// By names of fields, as they were typed; blank ones are not among them.
    var values: [String: String]

    subscript(name: String) -> String { values[name] ?? "" }

    /// What a posted form says: of names that no form has, nothing is kept.
    init(_ kind: RecordKind, number: String, _ fields: [(name: String, value: String)]) {
        self.kind = kind
        self.number = number
        values = [:]
        for (name, value) in fields where !value.isBlank && Self.isField(name, of: kind) {
            // A browser ends lines with two signs; a form that comes again must be the same.
            values[name] = value.replacing("\r\n", with: "\n")
        }
    }

    /// A kept one.
    init(_ kind: RecordKind, number: String, values: [String: String]) {
        self.kind = kind
        self.number = number
        self.values = values
    }

    /// A new form, with what can be known of it beforehand.
    static func new(
        _ kind: RecordKind, number: String, for account: StationAccount, at now: Int64
    ) -> TypedRecord {
        var values: [String: String] = [:]
        let time = ShownTime.moment(now)
        let province = Province(code: String(account.facility.prefix(2)))?.code ?? ""
        switch kind {
        case .visit:
            values = [
                "XML1.MA_BN": number, "XML1.MA_HSBA": number, "XML1.MA_QUOCTICH": "000", "XML1.MA_DANTOC": "01",
                "XML1.MA_NGHE_NGHIEP": "00000", "XML1.MATINH_CU_TRU": province, "XML1.MA_DOITUONG_KCB": "1.1",
                "XML1.NGAY_VAO": time, "XML1.NGAY_RA": time, "XML1.SO_NGAY_DTRI": "1", "XML1.MA_LOAI_KCB": "01",
                "XML1.MA_KHOA": "K01", "XML1.MA_LOAI_RV": "1", VisitFields.share: "100",
                "XML3.MA_BAC_SI": account.practitioner,
            ]
        case .vaccination:
            values = [
                "nationality": "000", "ethnicGroup": "01", "province": province, "given": time,
                "practitioner": account.practitioner,
            ]
        }
        return TypedRecord(kind, number: number, values: values.filter { !$0.value.isEmpty })
    }

    /// How many rows of a table are asked for.
    func rows(of table: VisitTable) -> Int {
        let numbers = values.keys.compactMap { Self.row(of: $0)?.number(in: table) }
        return min(max(VisitFields.firstRows, numbers.max() ?? 0), VisitFields.mostRows)
    }

    /// Whose it is.
    var patient: String { kind == .visit ? self["XML1.HO_TEN"] : self["fullName"] }

    /// The fields of its form.
    static func sections(_ kind: RecordKind) -> [StationSection] {
        kind == .visit ? VisitFields.sections : VaccinationFields.sections
    }

    private static let names: [RecordKind: Set<String>] = Dictionary(
        uniqueKeysWithValues: RecordKind.allCases.map { kind in
            (kind, Set(sections(kind).flatMap { $0.fields.map(\.name) }))
        })

    private static func isField(_ name: String, of kind: RecordKind) -> Bool {
        if names[kind]?.contains(name) == true { return true }
        guard kind == .visit, let row = row(of: name), (1...VisitFields.mostRows).contains(row.number) else {
            return false
        }
        return VisitFields.row(row.table, row.number).contains { $0.name == name }
    }

    private struct Row {
        var table: VisitTable
        var number: Int

        func number(in table: VisitTable) -> Int? { self.table == table ? number : nil }
    }

    /// Nil for the name of a field that stands in no row.
    private static func row(of name: String) -> Row? {
        let parts = name.split(separator: ".")
        guard parts.count == 3, let number = Int(parts[1]),
            let table = VisitFields.rowTables.first(where: { $0.rawValue == parts[0] })
        else { return nil }
        return Row(table: table, number: number)
    }
}
