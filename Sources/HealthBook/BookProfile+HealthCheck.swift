import ExchangeSchema

extension BookProfile {
    /// Class, conclusions and vital signs of a health check. Of a name that several tables have, that of the form which has
    /// a value; both forms together where a facility fills both.
    static let ofHealthCheck: [BookField<HealthCheck>] = [
        BookField("NGAY_VAO", "Ngày khám sức khỏe", .time) { $0.ngayVao },
        BookField("MA_LOAI_KCB", "Loại khám, chữa bệnh") { $0.maLoaiKcb },
        BookField("XML12.PHAN_LOAI_SK", "Phân loại sức khỏe", .healthClass) { $0.xml12PhanLoaiSk },
        BookField("XML12.KET_LUAN_BENH", "Kết luận bệnh") { $0.xml12KetLuanBenh },
        BookField("XML12.CAC_VAN_DE_SUC_KHOE", "Các vấn đề sức khỏe") { $0.xml12CacVanDeSucKhoe },
        BookField("XML12.CAC_BENH_TAT_NEU_CO", "Các bệnh, tật") { $0.xml12CacBenhTatNeuCo },
        BookField("XML8.BINH_THUONG", "Bình thường", .yesOrNo) { $0.xml8BinhThuong },
        BookField("XML8.NGUY_CO_MAC_LAO", "Nguy cơ mắc lao", .yesOrNo) { $0.xml8NguyCoMacLao },
        BookField("XML8.VAN_DE_SUC_KHOE", "Có vấn đề sức khỏe", .yesOrNo) { $0.xml8VanDeSucKhoe },
        BookField("XML8.KET_LUAN_BENH", "Kết luận bệnh") { $0.xml8KetLuanBenh },
        BookField("XML8.GHI_RO_VAN_DE_SUC_KHOE", "Vấn đề sức khỏe") { $0.xml8GhiRoVanDeSucKhoe },
        BookField("XML8.HEN_KHAM_LAN_SAU", "Hẹn khám lần sau", .yesOrNo) { $0.xml8HenKhamLanSau },
        BookField("XML8.CHUYEN_CSKCB", "Chuyển cơ sở khám, chữa bệnh", .yesOrNo) { $0.xml8ChuyenCskcb },
        BookField("XML10.CHIEU_CAO", "Chiều cao (cm)") { $0.xml10ChieuCao },
        BookField("XML10.CAN_NANG", "Cân nặng (kg)") { $0.xml10CanNang },
        BookField("XML10.CHI_SO_BMI", "Chỉ số BMI") { $0.xml10ChiSoBmi },
        BookField("XML10.MACH", "Mạch (lần/phút)") { $0.xml10Mach },
        BookField("XML10.HUYET_AP", "Huyết áp (mmHg)") { $0.xml10HuyetAp },
        BookField("XML10.KHAM_THE_LUC_PL", "Phân loại thể lực", .healthClass) { $0.xml10KhamTheLucPl },
        BookField("XML4.CHIEU_DAI", "Chiều dài (cm)") { $0.xml4ChieuDai },
        BookField("XML4.CAN_NANG", "Cân nặng (kg)") { $0.xml4CanNang },
        BookField("XML3.NHIET_DO", "Nhiệt độ (°C)") { $0.xml3NhietDo },
        BookField("XML3.MACH", "Mạch (lần/phút)") { $0.xml3Mach },
        BookField("XML3.NHIP_THO", "Nhịp thở (lần/phút)") { $0.xml3NhipTho },
    ]
}
