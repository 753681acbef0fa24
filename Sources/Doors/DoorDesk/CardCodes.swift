/// The results of the card check, with their meaning as ghiChu says it (dispatch 1923/BHXH-CNTT, annex).
public enum CardCodes {
    /// In the order of the annex; the English is ours.
    public static let all: [(code: String, words: String, english: String)] = [
        ("000", "Thông tin thẻ chính xác", "the card is right"),
        (
            "001", "Thẻ do BHXH Bộ Quốc phòng quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân",
            "the card is managed by the Ministry of Defence; look at the card and an identity document"
        ),
        (
            "002", "Thẻ do BHXH Công an nhân dân quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân",
            "the card is managed by the Ministry of Public Security; look at the card and an identity document"
        ),
        (
            "003", "Thẻ cũ hết giá trị sử dụng, đã được cấp thẻ mới",
            "an old card, no longer valid; a new one has been issued"
        ),
        (
            "004", "Thẻ cũ còn giá trị sử dụng, đã được cấp thẻ mới",
            "an old card that is still valid; a new one has been issued"
        ),
        ("010", "Thẻ hết giá trị sử dụng", "the card is no longer valid"),
        ("050", "Không thấy thông tin thẻ BHYT", "there is no such card"),
        ("051", "Mã thẻ không đúng", "the number of the card is wrong"),
        (
            "052", "Mã tỉnh cấp thẻ (ký tự thứ 4, 5) không đúng",
            "the province of issue (4th and 5th character) is wrong"
        ),
        ("053", "Mã quyền lợi thẻ (ký tự thứ 3) không đúng", "the benefit level (3rd character) is wrong"),
        (
            "054", "CCCD của cán bộ không có trong danh sách đăng ký của cơ sở",
            "the officer's number is not on the facility's list"
        ),
        ("055", "Họ tên cán bộ không khớp với CCCD", "the officer's name is not that of the number"),
        ("060", "Thẻ sai họ tên", "the name is not that of the card"),
        ("061", "Thẻ sai họ tên (đúng ký tự đầu)", "the name is not that of the card (the first letter is right)"),
        ("070", "Thẻ sai ngày sinh", "the birth date is not that of the card"),
        ("100", "Lỗi khi lấy dữ liệu sổ thẻ", "the register of cards could not be read"),
        ("101", "Lỗi máy chủ", "a server failed"),
        ("110", "Thẻ đã thu hồi", "the card was recalled"),
        ("120", "Thẻ đã báo giảm", "the card was reported as reduced"),
        ("121", "Thẻ đã báo giảm: chuyển ngoại tỉnh", "the card was reported as reduced: moved to another province"),
        ("122", "Thẻ đã báo giảm: chuyển nội tỉnh", "the card was reported as reduced: moved inside the province"),
        (
            "123", "Thẻ đã báo giảm: thu hồi do tăng lại cùng đơn vị",
            "the card was reported as reduced: recalled, for it was raised again at the same unit"
        ),
        ("124", "Thẻ đã báo giảm: ngừng tham gia", "the card was reported as reduced: no longer takes part"),
        ("130", "Trẻ em không xuất trình thẻ", "a child who shows no card"),
        ("205", "Lỗi sai định dạng tham số truyền vào", "a parameter has a wrong form"),
        ("401", "Lỗi xác thực tài khoản", "the account was refused"),
        ("500", "Lỗi hệ thống", "the system failed"),
    ]

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0.words) })

    /// What a code means; the code itself where it is none of them.
    public static func words(_ code: String) -> String { byCode[code] ?? code }

    /// The same in English.
    public static func english(_ code: String) -> String { all.first { $0.code == code }?.english ?? code }

    /// The HTTP status, where it says anything: what is said of a card is an answer, whatever it says.
    public static func status(_ code: String) -> Int {
        switch code {
        case "205": 400
        case "401": 401
        case "054", "055": 403
        case "100", "101", "500": 503
        default: 200
        }
    }
}
