/// Family names of the Kinh, upper case, with their frequency in parts of ten thousand.
///
/// Frequencies: the weights of an openly licensed generator as the domain file cites them (section 8). The two names
/// that differ by region stand apart: the north writes Hoàng and Vũ, the south Huỳnh and Võ.
enum FamilyNames {
    /// The names that are the same everywhere.
    static let common: [(text: String, weight: UInt64)] = [
        ("NGUYỄN", 3150), ("TRẦN", 1090), ("LÊ", 890), ("PHẠM", 590), ("PHAN", 280), ("TRƯƠNG", 220), ("BÙI", 210),
        ("ĐẶNG", 190), ("ĐỖ", 190), ("NGÔ", 170), ("HỒ", 150), ("DƯƠNG", 140), ("HÀ", 120), ("LÝ", 100),
        ("TRỊNH", 100), ("ĐINH", 90), ("LÂM", 70), ("ĐOÀN", 70), ("CAO", 70), ("LƯƠNG", 70), ("MAI", 60),
        ("ĐÀO", 60), ("LƯU", 60), ("THÁI", 50), ("PHÙNG", 40), ("VƯƠNG", 40), ("CHU", 40), ("TẠ", 40), ("TÔ", 30),
        ("QUÁCH", 20), ("KIỀU", 20), ("TỐNG", 20), ("CHÂU", 20), ("NGHIÊM", 15), ("DOÃN", 10), ("ÔNG", 5),
    ]
    /// Added in the north and the mountains.
    static let northern: [(text: String, weight: UInt64)] = [
        ("HOÀNG", 510), ("VŨ", 490),
    ]
    /// Added in the south.
    static let southern: [(text: String, weight: UInt64)] = [
        ("HUỲNH", 510), ("VÕ", 490),
    ]
    /// Added in the centre and the highlands, where both are written.
    static let central: [(text: String, weight: UInt64)] = [
        ("HOÀNG", 300), ("HUỲNH", 210), ("VŨ", 200), ("VÕ", 290),
    ]
}
