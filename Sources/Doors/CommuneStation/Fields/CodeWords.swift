import ExchangeSchema

/// Codes that a station chooses from, in words. The lists are those of the decisions as far as the texts at hand have them; the
/// words are ours.
enum CodeWords {
    typealias Choice = StationField.Choice

    /// GIOI_TINH.
    static let sexes = [
        Choice("1", "Nam", "male"), Choice("2", "Nữ", "female"), Choice("3", "Chưa xác định", "not determined"),
    ]

    /// MATINH_CU_TRU, Decision 19/2025/QD-TTg.
    static let provinces = Province.all.map { Choice($0.code, $0.name, $0.name) }

    /// MA_DOITUONG_KCB: what comes at a commune station; all other codes of the decision go by other ways.
    static let subjects = [
        Choice("1.1", "nơi đăng ký ban đầu", "registered facility"),
        Choice("1.2", "cơ sở cấp ban đầu", "primary-level facility"),
        Choice("1.3", "có giấy chuyển", "transfer slip"), Choice("1.4", "thay đổi nơi cư trú", "changed residence"),
        Choice("1.5", "có giấy hẹn khám lại", "re-examination slip"), Choice("1.7", "trẻ sơ sinh", "newborn"),
        Choice("1.11", "tự đến cơ sở cấp ban đầu khác", "self-referral, other primary-level facility"),
        Choice("2", "cấp cứu", "emergency"), Choice("9", "không có BHYT", "not insured"),
        Choice("10", "lĩnh thuốc theo hẹn", "drug pick-up by appointment"),
    ]

    /// MA_LOAI_KCB.
    static let careKinds = [
        Choice("01", "khám bệnh", "examination"), Choice("02", "điều trị ngoại trú", "out-patient treatment"),
        Choice("04", "điều trị ban ngày", "day treatment"),
        Choice("05", "điều trị ngoại trú bệnh mạn tính", "chronic out-patient treatment"),
        Choice("06", "lưu tại trạm y tế", "stay at a commune station"),
        Choice("07", "lĩnh thuốc theo hẹn", "drug pick-up by appointment"),
        Choice("11", "lưu động", "mobile"), Choice("12", "tại nhà", "at home"),
        Choice("13", "y học gia đình", "family medicine"), Choice("14", "khám từ xa", "tele-visit"),
    ]

    /// KET_QUA_DTRI.
    static let outcomes = [
        Choice("1", "khỏi", "recovered"), Choice("2", "đỡ", "better"), Choice("3", "không thay đổi", "unchanged"),
        Choice("4", "nặng hơn", "worse"), Choice("5", "tử vong", "died"),
        Choice("6", "tiên lượng nặng, xin về", "grave, taken home"), Choice("7", "chưa xác định", "not determined"),
    ]

    /// MA_LOAI_RV.
    static let departures = [
        Choice("1", "ra viện", "discharged"), Choice("2", "chuyển theo yêu cầu chuyên môn", "clinical referral"),
        Choice("3", "trốn viện", "absconded"), Choice("4", "xin ra viện", "asked to leave"),
        Choice("5", "chuyển theo yêu cầu người bệnh", "referral at the patient's wish"),
    ]
}
