public import ExchangeSchema

extension VaccinationEntry {
    /// What is wrong with a field of a vaccination.
    public struct FieldProblem: Sendable, Equatable {
        /// Its name as a record has it, such as MA_VACXIN.
        public var field: String
        /// The rule it breaks, in words.
        public var rule: String
    }

    /// What a file with this vaccination would be told is wrong with it, for whoever takes one in another form.
    /// - Parameter patient: Who was vaccinated, with the facility's number for the vaccination as MA_LK.
    public static func problems(of patient: AdministrativeBlock, _ given: Vaccination) -> [FieldProblem] {
        var row = RegisterRow<VaccinationColumn>(line: 1)
        for column in VaccinationColumn.allCases {
            guard let place = column.place else { continue }
            row[column] = place.patient.map { patient[keyPath: $0] } ?? place.dose.map { given[keyPath: $0] } ?? ""
        }
        // A file says the day of birth, and a record an hour behind it, which nobody knows.
        let birth = row[.birthDate]
        if birth.utf8.count == 12, birth.hasSuffix("0000") { row[.birthDate] = String(birth.dropLast(4)) }
        var rules = VaccinationRowRules(row, file: "")
        _ = rules.entry()
        return rules.problems.map { problem in
            let column = VaccinationColumn.allCases.first { $0.name == problem.column }
            return FieldProblem(field: column?.place?.field ?? "", rule: problem.rule)
        }
    }
}

extension VaccinationColumn {
    /// Where the value of a column goes in a record.
    fileprivate struct Place {
        var field: String
        var patient: KeyPath<AdministrativeBlock, String>?
        var dose: KeyPath<Vaccination, String>?

        init(_ field: String, _ patient: KeyPath<AdministrativeBlock, String>) {
            self.field = field
            self.patient = patient
        }

        init(_ field: String, dose: KeyPath<Vaccination, String>) {
            self.field = field
            self.dose = dose
        }
    }

    /// Nil of a column that is not read.
    fileprivate var place: Place? {
        switch self {
        case .number: Place("MA_LK", \.maLk)
        case .citizenNumber: Place("SO_CCCD", \.soCccd)
        case .fullName: Place("HO_TEN", \.hoTen)
        case .birthDate: Place("NGAY_SINH", \.ngaySinh)
        case .sex: Place("GIOI_TINH", \.gioiTinh)
        case .province: Place("MATINH_CU_TRU", \.matinhCuTru)
        case .ward: Place("MAXA_CU_TRU", \.maxaCuTru)
        case .address: Place("DIA_CHI", \.diaChi)
        case .patient: Place("MA_BN", \.maBn)
        case .nationality: Place("MA_QUOCTICH", \.maQuoctich)
        case .ethnicGroup: Place("MA_DANTOC", \.maDantoc)
        case .occupation: Place("MA_NGHE_NGHIEP", \.maNgheNghiep)
        case .phone: Place("DIEN_THOAI", \.dienThoai)
        case .vaccine: Place("MA_VACXIN", dose: \.maVacxin)
        case .vaccineName: Place("TEN_VACXIN", dose: \.tenVacxin)
        case .diseases: Place("BENH_PHONG", dose: \.benhPhong)
        case .dose: Place("SO_MUI", dose: \.soMui)
        case .doses: Place("TONG_MUI", dose: \.tongMui)
        case .given: Place("NGAY_TIEM", dose: \.ngayTiem)
        case .lot: Place("SO_LO", dose: \.soLo)
        case .route: Place("DUONG_TIEM", dose: \.duongTiem)
        case .site: Place("VI_TRI_TIEM", dose: \.viTriTiem)
        case .practitioner: Place("MA_BAC_SI", dose: \.maBacSi)
        case .due: Place("NGAY_HEN", dose: \.ngayHen)
        case .reaction: Place("PHAN_UNG", dose: \.phanUng)
        case .note: Place("GHI_CHU", dose: \.ghiChu)
        case .story, .expected: nil
        }
    }
}
