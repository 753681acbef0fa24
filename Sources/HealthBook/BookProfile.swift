import ExchangeSchema

/// Which of the fields of a visit a book shows, and under which headings. A profile has a name, a version and a source.
///
/// What is shown is decided here; what the book keeps at all of a visit's tables, the release rules of the topology decide
/// (XML6, for example, never comes into it).
public struct BookProfile: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// The date of its text.
    public let version: String
    /// Where its groups and fields come from, and what of it is not public.
    public let source: String
    let administrative: [BookField<AdministrativeBlock>]
    /// What VSS knows of somebody whose book was opened before any visit.
    let opening: [BookField<BookEnrolment>]
    let stay: [BookField<InsuranceBlock>]
    let clinical: [BookField<ClinicalBlock>]
    let summary: [BookField<ClinicalBlock>]
    /// Of table XML8, the summary of the medical record, where the book keeps it.
    let recordSummary: [BookField<CarriedRow>]
    /// Of a vaccination.
    let vaccination: [BookField<Vaccination>]
    /// Of a health check: what it concludes, and the vital signs.
    let healthCheck: [BookField<HealthCheck>]

    /// Decision 1332/QD-BYT. Its 46 fields are published as a scanned annex only; the mapping of Decision 2733/QD-BYT to
    /// the tables XML1, XML2, XML3, XML4 and XML8 is followed: no money, no course of XML5.
    public static let qd1332 = BookProfile(
        name: "QD1332-46", version: "2024-05-21",
        source: "QĐ 1332/QĐ-BYT (21/05/2024), groups; QĐ 2733/QĐ-BYT (17/09/2024), tables XML1, 2, 3, 4, 8; names of "
            + "fields as in QĐ 130/QĐ-BYT. The annex with the 46 fields is published as a scan: which of them no table "
            + "brings is not said here. Vaccinations are a group of QĐ 31/QĐ-BYT (06/01/2026); their fields are "
            + "simulator-defined. Health checks: QĐ 2062/QĐ-BYT (07/07/2026), tables XML2, 3, 4, 8, 10, 11, 12; which of "
            + "their fields VNeID shows (Annex 04) is not followed. Hanoi-48 is unpublished and not shown.",
        administrative: [
            BookField("HO_TEN", "Họ và tên") { $0.hoTen }, BookField("NGAY_SINH", "Ngày sinh", .time) { $0.ngaySinh },
            BookField("GIOI_TINH", "Giới tính", .sex) { $0.gioiTinh },
            BookField("NHOM_MAU", "Nhóm máu") { $0.nhomMau }, BookField("MA_QUOCTICH", "Quốc tịch") { $0.maQuoctich },
            BookField("MA_DANTOC", "Dân tộc") { $0.maDantoc },
            BookField("MA_NGHE_NGHIEP", "Nghề nghiệp") { $0.maNgheNghiep },
            BookField("DIA_CHI", "Địa chỉ") { $0.diaChi },
            BookField("MATINH_CU_TRU", "Tỉnh, thành phố cư trú") { $0.matinhCuTru },
            BookField("MAXA_CU_TRU", "Xã, phường cư trú") { $0.maxaCuTru },
            BookField("DIEN_THOAI", "Điện thoại") { $0.dienThoai },
        ],
        opening: [
            BookField("MA_BHXH", "Mã số BHXH") { $0.socialInsuranceNumber },
            BookField("MA_DKBD", "Nơi đăng ký KCB ban đầu") { $0.registeredFacility },
        ],
        stay: [
            BookField("NGAY_VAO", "Ngày vào", .time) { $0.ngayVao },
            BookField("NGAY_VAO_NOI_TRU", "Ngày vào nội trú", .time) { $0.ngayVaoNoiTru },
            BookField("NGAY_RA", "Ngày ra", .time) { $0.ngayRa },
            BookField("MA_LOAI_KCB", "Loại khám, chữa bệnh") { $0.maLoaiKcb },
            BookField("SO_NGAY_DTRI", "Số ngày điều trị") { $0.soNgayDtri },
        ],
        clinical: [
            BookField("LY_DO_VV", "Lý do vào viện") { $0.lyDoVv },
            BookField("CHAN_DOAN_VAO", "Chẩn đoán vào viện") { $0.chanDoanVao },
            BookField("CAN_NANG", "Cân nặng (kg)") { $0.canNang },
        ],
        summary: [
            BookField("CHAN_DOAN_RV", "Chẩn đoán ra viện") { $0.chanDoanRv },
            BookField("MA_BENH_CHINH", "Mã bệnh chính") { $0.maBenhChinh },
            BookField("MA_BENH_KT", "Mã bệnh kèm theo") { $0.maBenhKt },
            BookField("PP_DIEU_TRI", "Phương pháp điều trị") { $0.ppDieuTri },
            BookField("KET_QUA_DTRI", "Kết quả điều trị", .outcome) { $0.ketQuaDtri },
            BookField("NGAY_TAI_KHAM", "Ngày tái khám", .time) { $0.ngayTaiKham },
            BookField("GHI_CHU", "Ghi chú") { $0.ghiChu },
        ],
        recordSummary: [
            BookField("XML8.QT_BENHLY", "Quá trình bệnh lý") { $0["QT_BENHLY"] },
            BookField("XML8.TOMTAT_KQ", "Tóm tắt kết quả") { $0["TOMTAT_KQ"] },
            BookField("XML8.PP_DIEUTRI", "Phương pháp điều trị (tóm tắt hồ sơ)") { $0["PP_DIEUTRI"] },
            BookField("XML8.GHI_CHU", "Ghi chú (tóm tắt hồ sơ)") { $0["GHI_CHU"] },
        ],
        vaccination: [
            BookField("NGAY_TIEM", "Ngày tiêm", .time) { $0.ngayTiem },
            BookField("TEN_VACXIN", "Vắc xin") { $0.tenVacxin }, BookField("MA_VACXIN", "Mã vắc xin") { $0.maVacxin },
            BookField("BENH_PHONG", "Bệnh phòng") { $0.benhPhong }, BookField("SO_MUI", "Mũi số") { $0.soMui },
            BookField("TONG_MUI", "Tổng số mũi") { $0.tongMui }, BookField("SO_LO", "Số lô") { $0.soLo },
            BookField("DUONG_TIEM", "Đường tiêm") { $0.duongTiem },
            BookField("VI_TRI_TIEM", "Vị trí tiêm") { $0.viTriTiem },
            BookField("MA_BAC_SI", "Người tiêm") { $0.maBacSi },
            BookField("NGAY_HEN", "Hẹn mũi sau", .time) { $0.ngayHen },
            BookField("PHAN_UNG", "Phản ứng sau tiêm") { $0.phanUng }, BookField("GHI_CHU", "Ghi chú") { $0.ghiChu },
        ],
        healthCheck: ofHealthCheck)

    /// Two profiles of one name and version are the same.
    public static func == (one: BookProfile, other: BookProfile) -> Bool {
        one.name == other.name && one.version == other.version
    }
}

extension CarriedRow {
    /// The value of a field; empty where the row does not have it.
    fileprivate subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
}

/// One field of a profile: its name in Decision 130, what a person calls it, and where it stands.
struct BookField<Block: Sendable>: Sendable {
    let name: String
    let label: String
    let form: BookValueForm
    let value: @Sendable (Block) -> String

    init(
        _ name: String, _ label: String, _ form: BookValueForm = .asWritten,
        _ value: @escaping @Sendable (Block) -> String
    ) {
        self.name = name
        self.label = label
        self.form = form
        self.value = value
    }

    /// As it is shown; nil where the facility left it empty.
    func shown(_ block: Block) -> PresentedBook.Field? {
        let written = value(block)
        return written.isEmpty ? nil : PresentedBook.Field(name: name, label: label, value: form.shown(written))
    }
}

/// How a written value is shown.
enum BookValueForm: Sendable {
    case asWritten, time, sex, outcome, yesOrNo, healthClass

    private static let outcomes = [
        "1": "khỏi", "2": "đỡ", "3": "không thay đổi", "4": "nặng hơn", "5": "tử vong", "6": "tiên lượng nặng xin về",
        "7": "chưa xác định",
    ]

    /// Decision 2062/QD-BYT, Annex 01, PHAN_LOAI_SK.
    private static let classes = [
        "1": "rất khỏe", "2": "khỏe", "3": "trung bình", "4": "yếu", "5": "rất yếu",
    ]

    func shown(_ written: String) -> String {
        switch self {
        case .asWritten: written
        case .sex: ["1": "nam", "2": "nữ", "3": "chưa xác định"][written] ?? written
        case .outcome: Self.outcomes[written].map { "\(written): \($0)" } ?? written
        case .yesOrNo: ["0": "không", "1": "có"][written] ?? written
        case .healthClass: Self.classes[written].map { "\(written): \($0)" } ?? written
        case .time: Self.time(written)
        }
    }

    /// `yyyyMMdd` or `yyyyMMddHHmm` as `dd/MM/yyyy HH:mm`; anything else as it was written. Zeros stand for what is not
    /// known of a birth date.
    static func time(_ written: String) -> String {
        let digits = Array(written)
        guard digits.count == 8 || digits.count == 12, digits.allSatisfy(\.isNumber) else { return written }
        let (year, month, day) = (String(digits[0..<4]), String(digits[4..<6]), String(digits[6..<8]))
        let parts = [day, month].filter { $0 != "00" } + [year]
        let date = parts.joined(separator: "/")
        return digits.count == 8 || digits[8...].allSatisfy { $0 == "0" }
            ? date : date + " \(String(digits[8..<10])):\(String(digits[10..<12]))"
    }
}
