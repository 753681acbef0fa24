/// Given names, upper case, by sex and cohort, with weights.
///
/// The leading names of the domain file (section 8: Anh, Linh, Phương, Thanh, Minh, Trang, Nhi, Ngọc, Dung, An) lead
/// here; the rest and the weights are simulator-defined.
enum GivenNames {
    /// Men born before 1980.
    static let olderMen: [(text: String, weight: UInt64)] = [
        ("HÙNG", 45), ("DŨNG", 40), ("MINH", 30), ("THANH", 32), ("SƠN", 30), ("BÌNH", 28), ("TUẤN", 28),
        ("HẢI", 26), ("LONG", 22), ("CƯỜNG", 26), ("HÒA", 22), ("TÂM", 20), ("THÀNH", 26), ("THẮNG", 24),
        ("TOÀN", 16), ("PHÚC", 16), ("TIẾN", 18), ("LỘC", 12), ("QUANG", 20), ("TRUNG", 18), ("VINH", 16),
        ("ĐỨC", 18), ("AN", 14), ("KHÁNH", 10), ("LÂM", 14), ("HIẾU", 10), ("NAM", 16), ("DÂN", 6), ("CHIẾN", 12),
        ("BẢY", 5), ("TƯ", 5), ("SÁU", 4), ("ÚT", 3), ("ÁNH", 4), ("ĐÔNG", 8), ("ĐẠT", 8), ("Ý", 1),
    ]
    /// Men born from 1980 on.
    static let youngerMen: [(text: String, weight: UInt64)] = [
        ("ANH", 36), ("MINH", 40), ("HUY", 36), ("KHANG", 26), ("BẢO", 26), ("LONG", 26), ("NAM", 26), ("PHÚC", 26),
        ("ĐẠT", 26), ("QUÂN", 22), ("KHOA", 22), ("KIỆT", 16), ("HIẾU", 24), ("TUẤN", 24), ("DŨNG", 18), ("ĐỨC", 24),
        ("THÀNH", 22), ("TRUNG", 18), ("TÙNG", 18), ("VIỆT", 14), ("HOÀNG", 26), ("SƠN", 18), ("HẢI", 16),
        ("CƯỜNG", 14), ("THỊNH", 14), ("PHONG", 16), ("KHÔI", 14), ("NGUYÊN", 14), ("AN", 20), ("KHÁNH", 16),
        ("LỘC", 10), ("TÀI", 12), ("THIỆN", 10), ("VŨ", 10), ("LINH", 8), ("ĐĂNG", 10), ("DUY", 22), ("HÙNG", 14),
    ]
    /// Women born before 1980.
    static let olderWomen: [(text: String, weight: UInt64)] = [
        ("HOA", 40), ("LAN", 40), ("HƯƠNG", 40), ("HỒNG", 34), ("MAI", 30), ("THANH", 26), ("NGA", 26), ("HẠNH", 26),
        ("HÀ", 24), ("LIÊN", 24), ("THỦY", 26), ("DUNG", 24), ("PHƯƠNG", 26), ("LOAN", 22), ("NGUYỆT", 20),
        ("TUYẾT", 20), ("BÌNH", 16), ("TÂM", 18), ("HẰNG", 20), ("OANH", 14), ("YẾN", 16), ("VÂN", 18), ("MINH", 14),
        ("HIỀN", 22), ("CÚC", 12), ("LÝ", 10), ("SÁU", 6), ("NĂM", 5), ("ÚT", 4), ("ĐÀO", 10), ("XUÂN", 14),
        ("ÁNH", 10), ("MẬN", 5), ("BÉ", 5), ("NGỌC", 14),
    ]
    /// Women born from 1980 on.
    static let youngerWomen: [(text: String, weight: UInt64)] = [
        ("ANH", 46), ("LINH", 44), ("PHƯƠNG", 30), ("TRANG", 34), ("NHI", 32), ("NGỌC", 30), ("THẢO", 26),
        ("HƯƠNG", 20), ("HÀ", 22), ("VY", 22), ("MY", 20), ("NGÂN", 18), ("HẰNG", 18), ("HUYỀN", 20), ("QUỲNH", 18),
        ("YẾN", 18), ("TRÂM", 16), ("THƯ", 18), ("HÂN", 14), ("CHÂU", 12), ("GIANG", 14), ("MAI", 18), ("LAN", 16),
        ("NHUNG", 14), ("TÂM", 10), ("THANH", 16), ("UYÊN", 12), ("VÂN", 14), ("DUNG", 14), ("AN", 16), ("MINH", 10),
        ("TRINH", 10), ("ÁNH", 8), ("DIỆP", 8), ("CHI", 16), ("HIỀN", 12), ("LOAN", 8), ("TIÊN", 10), ("Ý", 2),
        ("NHƯ", 14),
    ]
}
