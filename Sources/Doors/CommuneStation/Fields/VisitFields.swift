import ExchangeSchema
import HealthStandards

/// The fields of a visit that a commune station fills in: those of XML1 that the portal demands and that cannot be computed,
/// with the card, and some rows of XML2, XML3 and XML4. Labels are ours; codes and their meanings are those of Decisions
/// 130/4750, 3276 (MA_DOITUONG_KCB) and 1804 (MA_LOAI_KCB).
enum VisitFields {
    /// Share that the fund pays, in percent: of each row, asked for once.
    static let share = "XML2.MUC_HUONG"
    /// Tables with rows.
    static let rowTables: [VisitTable] = [.xml2, .xml3, .xml4]
    /// Rows that a new form has of each table.
    static let firstRows = 2
    /// Most rows of a table.
    static let mostRows = 40

    /// Who, with which card, and what was done.
    static let sections: [StationSection] = [person, card, visit]

    private static let person = StationSection(
        vietnamese: "Người bệnh", english: "Patient",
        fields: [
            summary("HO_TEN", "Họ và tên", "Full name"), summary("NGAY_SINH", "Ngày sinh", "Birth date", .birth),
            summary("GIOI_TINH", "Giới tính", "Sex", .choice(CodeWords.sexes)),
            summary("SO_CCCD", "Số định danh cá nhân", "Citizen number", .digits),
            summary("MA_BN", "Mã người bệnh", "Patient's code"),
            summary("MATINH_CU_TRU", "Tỉnh, thành phố cư trú", "Province of residence", .choice(CodeWords.provinces)),
            summary("MAXA_CU_TRU", "Mã xã, phường cư trú", "Ward of residence, code", .digits),
            summary("DIA_CHI", "Địa chỉ", "Address"), summary("DIEN_THOAI", "Điện thoại", "Telephone", .digits),
            summary("MA_QUOCTICH", "Mã quốc tịch", "Nationality, code", .digits, ("000: Việt Nam", "000: Viet Nam")),
            summary("MA_DANTOC", "Mã dân tộc", "Ethnic group, code", .digits, ("01: Kinh", "01: Kinh")),
            summary("MA_NGHE_NGHIEP", "Mã nghề nghiệp", "Occupation, code", .digits),
            summary("CAN_NANG", "Cân nặng (kg)", "Weight (kg)", .decimal),
        ])

    private static let card = StationSection(
        vietnamese: "Bảo hiểm y tế", english: "Health insurance",
        fields: [
            summary(
                "MA_THE_BHYT", "Mã thẻ BHYT", "Insurance card", .line,
                ("để trống nếu không có thẻ", "blank where there is no card")),
            summary("MA_DKBD", "Nơi đăng ký ban đầu", "Registered facility", .digits),
            summary("GT_THE_TU", "Thẻ có giá trị từ", "Card valid from", .days),
            summary("GT_THE_DEN", "Thẻ có giá trị đến", "Card valid to", .days),
            summary("MA_DOITUONG_KCB", "Đối tượng đến khám", "Way of coming", .choice(CodeWords.subjects)),
            StationField(
                name: share, code: "MUC_HUONG", vietnamese: "Mức hưởng (%)", english: "Share of the fund (%)",
                kind: .digits, isRequired: true,
                hint: (
                    "chỉ tính khi có thẻ; tại trạm y tế xã là 100",
                    "counts only with a card; 100 at a commune station"
                )),
        ])

    private static let visit = StationSection(
        vietnamese: "Lượt khám", english: "Visit",
        fields: [
            summary("NGAY_VAO", "Thời điểm đến khám", "Came at", .moment),
            summary("NGAY_RA", "Thời điểm kết thúc", "Ended at", .moment),
            summary("SO_NGAY_DTRI", "Số ngày điều trị", "Days of treatment", .digits),
            summary("MA_LOAI_KCB", "Loại hình khám, chữa bệnh", "Kind of care", .choice(CodeWords.careKinds)),
            summary("MA_KHOA", "Mã khoa", "Department, code"),
            summary("MA_HSBA", "Mã hồ sơ bệnh án", "Number of the medical record"),
            summary("LY_DO_VV", "Lý do đến khám", "Reason of the visit"),
            summary("CHAN_DOAN_VAO", "Chẩn đoán lúc vào", "Diagnosis on arrival"),
            summary("CHAN_DOAN_RV", "Chẩn đoán lúc ra", "Diagnosis at the end"),
            summary(
                "MA_BENH_CHINH", "Mã bệnh chính", "Main disease, code", .line, ("ICD-10, ví dụ J02.9", "ICD-10: J02.9")),
            summary(
                "MA_BENH_KT", "Mã bệnh kèm theo", "Further diseases, codes", .line,
                ("cách nhau bằng ;", "joined by ;")),
            summary("PP_DIEU_TRI", "Phương pháp điều trị", "Treatment", .lines(2)),
            summary("KET_QUA_DTRI", "Kết quả điều trị", "Outcome", .choice(CodeWords.outcomes)),
            summary("MA_LOAI_RV", "Loại ra viện", "Way of leaving", .choice(CodeWords.departures)),
            summary("NGAY_TAI_KHAM", "Ngày tái khám", "Next visit", .days),
            StationField(
                name: "XML3.MA_BAC_SI", code: "MA_BAC_SI", vietnamese: "Người hành nghề (số giấy phép)",
                english: "Practitioner (certificate)", kind: .line, isRequired: false,
                hint: ("cần khi có thuốc hoặc dịch vụ", "needed with medicines or services")),
            summary("GHI_CHU", "Ghi chú", "Note", .lines(2)),
        ])

    private typealias RowField = (String, String, String, StationField.Kind)

    private static let drug: [RowField] = [
        ("TEN_THUOC", "Tên thuốc", "Medicine", .line), ("MA_THUOC", "Mã thuốc", "Code", .line),
        ("HAM_LUONG", "Hàm lượng", "Strength", .line), ("DON_VI_TINH", "Đơn vị tính", "Unit", .line),
        ("DUONG_DUNG", "Mã đường dùng", "Route, code", .line), ("LIEU_DUNG", "Liều dùng", "Dosage", .line),
        ("SO_LUONG", "Số lượng", "Quantity", .decimal), ("DON_GIA", "Đơn giá (đồng)", "Price of one (dong)", .decimal),
    ]
    private static let service: [RowField] = [
        ("TEN_DICH_VU", "Tên dịch vụ", "Service", .line), ("MA_DICH_VU", "Mã dịch vụ", "Code", .line),
        ("MA_NHOM", "Mã nhóm chi phí", "Group of costs, code", .digits), ("DON_VI_TINH", "Đơn vị tính", "Unit", .line),
        ("SO_LUONG", "Số lượng", "Quantity", .decimal),
        ("DON_GIA_BV", "Đơn giá (đồng)", "Price of one (dong)", .decimal),
    ]
    private static let result: [RowField] = [
        ("TEN_CHI_SO", "Tên chỉ số", "What was measured", .line), ("MA_CHI_SO", "Mã chỉ số", "Code", .line),
        ("MA_DICH_VU", "Mã dịch vụ", "Service, code", .line), ("GIA_TRI", "Giá trị", "Value", .line),
        ("DON_VI_DO", "Đơn vị đo", "Unit", .line), ("KET_LUAN", "Kết luận", "Conclusion", .line),
        ("NGAY_KQ", "Thời điểm có kết quả", "Result at", .moment),
    ]

    /// The fields of a row, whose number counts from 1.
    static func row(_ table: VisitTable, _ number: Int) -> [StationField] {
        rowFields(table).map { name, vietnamese, english, kind in
            let code = "\(table.rawValue).\(name)"
            return StationField(
                name: "\(table.rawValue).\(number).\(name)", code: code, vietnamese: vietnamese, english: english,
                kind: kind, isRequired: required.contains(code))
        }
    }

    /// What a row of a table is called.
    static func rowName(_ table: VisitTable, _ say: Language) -> String {
        switch table {
        case .xml2: say("Thuốc", "Medicine")
        case .xml3: say("Dịch vụ", "Service")
        default: say("Kết quả cận lâm sàng", "Result")
        }
    }

    private static func rowFields(_ table: VisitTable) -> [RowField] {
        switch table {
        case .xml2: drug
        case .xml3: service
        default: result
        }
    }

    /// By the table of the portal, which judges what is sent.
    private static let required = Set(
        ([.xml1] + rowTables).flatMap { table in
            table.rules(.portal).filter(\.isRequired).map { "\(table.rawValue).\($0.name)" }
        })

    private static func summary(
        _ name: String, _ vietnamese: String, _ english: String, _ kind: StationField.Kind = .line,
        _ hint: (vietnamese: String, english: String)? = nil
    ) -> StationField {
        let code = "XML1.\(name)"
        return StationField(
            name: code, code: name, vietnamese: vietnamese, english: english, kind: kind,
            isRequired: required.contains(code), hint: hint)
    }
}
