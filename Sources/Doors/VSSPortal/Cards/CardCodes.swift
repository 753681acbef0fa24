/// The results of the card check, with their meaning as ghiChu says it (dispatch 1923/BHXH-CNTT, annex).
enum CardCodes {
    /// In the order of the annex.
    static let all: [(code: String, words: String)] = [
        ("000", "Thông tin thẻ chính xác"),
        ("001", "Thẻ do BHXH Bộ Quốc phòng quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân"),
        ("002", "Thẻ do BHXH Công an nhân dân quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân"),
        ("003", "Thẻ cũ hết giá trị sử dụng, đã được cấp thẻ mới"),
        ("004", "Thẻ cũ còn giá trị sử dụng, đã được cấp thẻ mới"),
        ("010", "Thẻ hết giá trị sử dụng"),
        ("050", "Không thấy thông tin thẻ BHYT"),
        ("051", "Mã thẻ không đúng"),
        ("052", "Mã tỉnh cấp thẻ (ký tự thứ 4, 5) không đúng"),
        ("053", "Mã quyền lợi thẻ (ký tự thứ 3) không đúng"),
        ("054", "CCCD của cán bộ không có trong danh sách đăng ký của cơ sở"),
        ("055", "Họ tên cán bộ không khớp với CCCD"),
        ("060", "Thẻ sai họ tên"),
        ("061", "Thẻ sai họ tên (đúng ký tự đầu)"),
        ("070", "Thẻ sai ngày sinh"),
        ("100", "Lỗi khi lấy dữ liệu sổ thẻ"),
        ("101", "Lỗi máy chủ"),
        ("110", "Thẻ đã thu hồi"),
        ("120", "Thẻ đã báo giảm"),
        ("121", "Thẻ đã báo giảm: chuyển ngoại tỉnh"),
        ("122", "Thẻ đã báo giảm: chuyển nội tỉnh"),
        ("123", "Thẻ đã báo giảm: thu hồi do tăng lại cùng đơn vị"),
        ("124", "Thẻ đã báo giảm: ngừng tham gia"),
        ("130", "Trẻ em không xuất trình thẻ"),
        ("205", "Lỗi sai định dạng tham số truyền vào"),
        ("401", "Lỗi xác thực tài khoản"),
        ("500", "Lỗi hệ thống"),
    ]

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0.words) })

    /// What a code means; the code itself where it is none of them.
    static func words(_ code: String) -> String { byCode[code] ?? code }

    /// The HTTP status, where it says anything: what is said of a card is an answer, whatever it says.
    static func status(_ code: String) -> Int {
        switch code {
        case "205": 400
        case "401": 401
        case "054", "055": 403
        case "100", "101", "500": 503
        default: 200
        }
    }
}
