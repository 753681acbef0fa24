/// Middle names, upper case, by sex and cohort, with weights.
///
/// After the domain file, section 8: Văn and Thị lead, and were still more common among people born before 1980; the
/// exact weights are simulator-defined.
enum MiddleNames {
    /// Men born before 1980.
    static let olderMen: [(text: String, weight: UInt64)] = [
        ("VĂN", 480), ("ĐỨC", 60), ("HỮU", 70), ("QUỐC", 30), ("MINH", 30), ("CÔNG", 40), ("THANH", 40),
        ("XUÂN", 50), ("ĐÌNH", 60), ("NGỌC", 30), ("QUANG", 30), ("TRỌNG", 20), ("BÁ", 20), ("THẾ", 20),
        ("TIẾN", 20),
    ]
    /// Men born from 1980 on.
    static let youngerMen: [(text: String, weight: UInt64)] = [
        ("VĂN", 180), ("ĐỨC", 90), ("HỮU", 60), ("QUỐC", 70), ("MINH", 110), ("CÔNG", 50), ("THANH", 60),
        ("XUÂN", 30), ("ĐÌNH", 50), ("NGỌC", 40), ("QUANG", 60), ("TRỌNG", 30), ("GIA", 70), ("HOÀNG", 70),
        ("ANH", 40), ("TUẤN", 50), ("NHẬT", 40), ("BẢO", 40), ("THẾ", 20), ("TIẾN", 30), ("MẠNH", 30), ("HẢI", 30),
    ]
    /// Women born before 1980.
    static let olderWomen: [(text: String, weight: UInt64)] = [
        ("THỊ", 780), ("NGỌC", 50), ("KIM", 50), ("THU", 20), ("THANH", 30), ("BÍCH", 20), ("DIỆU", 10), ("MỸ", 20),
        ("MINH", 10), ("XUÂN", 10),
    ]
    /// Women born from 1980 on.
    static let youngerWomen: [(text: String, weight: UInt64)] = [
        ("THỊ", 400), ("NGỌC", 110), ("KIM", 50), ("THU", 60), ("THANH", 60), ("BÍCH", 20), ("DIỆU", 30), ("MỸ", 40),
        ("MINH", 50), ("PHƯƠNG", 50), ("KHÁNH", 30), ("BẢO", 40), ("THÙY", 40), ("HỒNG", 30), ("QUỲNH", 30),
        ("HOÀI", 20), ("LAN", 20), ("GIA", 30),
    ]
}
