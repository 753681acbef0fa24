import ExchangeSchema

/// Reads a row of a file of vaccinations by the rules of its columns; every rule that is broken is told, not only the first.
/// Whether it is plausible is MoH's to say.
struct VaccinationRowRules {
    let file: String
    let row: RegisterRow<VaccinationColumn>
    private(set) var problems: [RowProblem] = []

    init(_ row: RegisterRow<VaccinationColumn>, file: String) {
        self.row = row
        self.file = file
    }

    /// The vaccination of this row; nil when ``problems`` says why not.
    mutating func entry() -> VaccinationEntry? {
        for column in VaccinationColumn.allCases {
            if let unseen = PrintableText.unseenCharacter(in: row[column]) { report(column, unseen) }
        }
        if needed(.number), row[.number].unicodeScalars.count > 100 { report(.number, "has at most 100 characters") }
        let patient = patient()
        let vaccination = vaccination()
        guard problems.isEmpty else { return nil }
        var clinical = ClinicalBlock()
        clinical.vaccination = vaccination
        return VaccinationEntry(number: row[.number], patient: patient, clinical: clinical)
    }

    private mutating func patient() -> AdministrativeBlock {
        var block = AdministrativeBlock()
        block.maLk = row[.number]
        block.stt = "1"
        block.maBn = row[.patient]
        block.soCccd = row[.citizenNumber]
        if !isCitizenNumber(row[.citizenNumber]) {
            report(.citizenNumber, "a number has 12 digits, or 9 of the old identity card; blank where there is none")
        }
        block.hoTen = row[.fullName]
        if needed(.fullName), let rule = PersonName.violatedRule(row[.fullName]) { report(.fullName, rule.text) }
        if let birth = read(.birthDate, WrittenDay.rule, { WrittenDay.read($0, mayBePartly: true) }) {
            block.ngaySinh = "\(birth)0000"
        }
        if let sex = read(.sex, IdentifierError.Rule.sexCode.text, { PersonRules.sex(written: $0) }) {
            block.gioiTinh = "\(sex.rawValue)"
        }
        if let province = read(.province, PersonRules.provinceRule, { FormerProvince(twoDigits: $0) }) {
            block.matinhCuTru = province.twoDigits
        }
        block.maxaCuTru = row[.ward]
        if !row[.ward].isEmpty, row[.ward].utf8.count != 5 || !row[.ward].isDigits {
            report(.ward, "a ward has five digits")
        }
        block.diaChi = row[.address]
        block.maQuoctich = row[.nationality]
        block.maDantoc = row[.ethnicGroup]
        block.maNgheNghiep = row[.occupation]
        block.dienThoai = row[.phone]
        return block
    }

    private mutating func vaccination() -> Vaccination {
        var vaccination = Vaccination()
        _ = needed(.vaccine)
        vaccination.maVacxin = row[.vaccine]
        vaccination.tenVacxin = row[.vaccineName]
        vaccination.benhPhong = row[.diseases]
        vaccination.soMui = read(.dose, Self.doseRule, Self.dose) ?? ""
        if !row[.doses].isEmpty { vaccination.tongMui = read(.doses, Self.doseRule, Self.dose) ?? "" }
        vaccination.ngayTiem = read(.given, Self.timeRule, Self.time) ?? ""
        vaccination.soLo = row[.lot]
        vaccination.duongTiem = row[.route]
        vaccination.viTriTiem = row[.site]
        vaccination.maBacSi = row[.practitioner]
        if !row[.due].isEmpty {
            vaccination.ngayHen = read(.due, WrittenDay.rule) { WrittenDay.read($0)?.description } ?? ""
        }
        vaccination.phanUng = row[.reaction]
        vaccination.ghiChu = row[.note]
        return vaccination
    }

    private static let doseRule = "a dose is a whole number from 1 to 99"

    private static func dose(_ text: String) -> String? {
        guard text.utf8.count <= 2, text.isDigits, let number = Int(text), number > 0 else { return nil }
        return "\(number)"
    }

    private static let timeRule =
        "a time is written 2026-11-28 09:20, 28/11/2026 09:20 or 202611280920, a day alone without the hour, and stands in "
        + "the calendar"

    private static func time(_ text: String) -> String? {
        if let time = try? VisitTime(parsing: text, field: "") { return time.description }
        guard let moment = WrittenMoment.read(text), moment.date?.isComplete == true else { return nil }
        return moment.description
    }

    private func isCitizenNumber(_ text: String) -> Bool {
        text.isEmpty || text.utf8.count == 9 && text.isDigits || (try? CitizenNumber(parsing: text)) != nil
    }

    private mutating func needed(_ column: VaccinationColumn) -> Bool {
        if row[column].isEmpty { report(column, "is needed and is blank") }
        return !row[column].isEmpty
    }

    private mutating func read<Value>(
        _ column: VaccinationColumn, _ rule: String, _ read: (String) -> Value?
    ) -> Value? {
        guard needed(column) else { return nil }
        let value = read(row[column])
        if value == nil { report(column, rule) }
        return value
    }

    private mutating func report(_ column: VaccinationColumn, _ rule: String) {
        problems.append(
            RowProblem(file: file, line: row.line, column: column.name, value: row[column], rule: rule))
    }
}
