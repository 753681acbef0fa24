import Registers

/// The fields of a vaccination, by the columns of a file of vaccinations.
enum VaccinationFields {
    static let sections: [StationSection] = [
        StationSection(
            vietnamese: "Người được tiêm", english: "Person",
            fields: [
                field(.fullName, "HO_TEN", "Họ và tên", "Full name"),
                field(.birthDate, "NGAY_SINH", "Ngày sinh", "Birth date", .birth),
                field(.sex, "GIOI_TINH", "Giới tính", "Sex", .choice(CodeWords.sexes)),
                field(.citizenNumber, "SO_CCCD", "Số định danh cá nhân", "Citizen number", .digits),
                field(
                    .province, "MATINH_CU_TRU", "Tỉnh, thành phố cư trú", "Province of residence",
                    .choice(CodeWords.provinces)),
                field(.ward, "MAXA_CU_TRU", "Mã xã, phường cư trú", "Ward of residence, code", .digits),
                field(.address, "DIA_CHI", "Địa chỉ", "Address"),
                field(.phone, "DIEN_THOAI", "Điện thoại", "Telephone", .digits),
                field(.nationality, "MA_QUOCTICH", "Mã quốc tịch", "Nationality, code", .digits),
                field(.ethnicGroup, "MA_DANTOC", "Mã dân tộc", "Ethnic group, code", .digits),
                field(.occupation, "MA_NGHE_NGHIEP", "Mã nghề nghiệp", "Occupation, code", .digits),
            ]),
        StationSection(
            vietnamese: "Mũi tiêm", english: "Dose",
            fields: [
                field(.vaccine, "MA_VACXIN", "Mã vắc xin", "Vaccine, code"),
                field(.vaccineName, "TEN_VACXIN", "Tên vắc xin", "Vaccine"),
                field(.diseases, "BENH_PHONG", "Phòng bệnh", "Against"),
                field(.dose, "SO_MUI", "Mũi thứ", "Dose", .digits),
                field(.doses, "TONG_MUI", "Tổng số mũi", "Doses of the series", .digits),
                field(.given, "NGAY_TIEM", "Thời điểm tiêm", "Given at", .moment),
                field(.lot, "SO_LO", "Số lô", "Lot"), field(.route, "DUONG_TIEM", "Đường tiêm", "Route"),
                field(.site, "VI_TRI_TIEM", "Vị trí tiêm", "Site"),
                field(.practitioner, "MA_BAC_SI", "Người hành nghề (số giấy phép)", "Practitioner (certificate)"),
                field(.due, "NGAY_HEN", "Ngày hẹn mũi sau", "Next dose due", .day),
                field(.reaction, "PHAN_UNG", "Phản ứng sau tiêm", "Reaction", .lines(2)),
                field(.note, "GHI_CHU", "Ghi chú", "Note", .lines(2)),
            ]),
    ]

    /// What a row may not leave out.
    private static let required: Set<VaccinationColumn> = [
        .fullName, .birthDate, .sex, .province, .vaccine, .dose, .given,
    ]

    private static func field(
        _ column: VaccinationColumn, _ code: String, _ vietnamese: String, _ english: String,
        _ kind: StationField.Kind = .line
    ) -> StationField {
        StationField(
            name: column.name, code: code, vietnamese: vietnamese, english: english, kind: kind,
            isRequired: required.contains(column))
    }
}
