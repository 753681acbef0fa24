/// One of the 63 provinces before July 2025, by its code of birth registration (three digits).
///
/// Circular 07/2016/TT-BCA, Appendix 1, as restated by secondary sources. A citizen number keeps this code for ever.
public struct FormerProvince: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let position: UInt8

    /// Place in the order of codes, 0 to 62.
    public var index: Int { Int(position) }

    /// Three digits, for example `001`.
    public var code: String { Self.table[index].code }

    /// The last two digits, as cards, facility codes and MATINH_CU_TRU write them.
    public var twoDigits: String { Self.twoDigitTexts[index] }

    /// The code as a number, 1 to 96.
    public var number: Int { Int(Self.numbers[index]) }

    /// Name, for example `Hà Giang`.
    public var name: String { Self.table[index].name }

    /// The province that it belongs to since 1 July 2025.
    ///
    /// Resolution 202/2025/QH15. The mergers beyond the resolution's tenth item are unconfirmed in the domain file.
    public var province: Province { Self.merged[index] }

    /// Every former province, in the order of codes.
    public static let all: [FormerProvince] = (0..<63).map { FormerProvince(position: $0) }

    private init(position: UInt8) { self.position = position }

    /// The former province with this code of three digits, or nil when there is none.
    public init?(code: String) {
        guard case .number(let number) = DecimalDigits.read(code, count: 3) else { return nil }
        self.init(number: Int(number))
    }

    /// The former province with these last two digits, or nil when there is none.
    public init?(twoDigits: String) {
        guard case .number(let number) = DecimalDigits.read(twoDigits, count: 2) else { return nil }
        self.init(number: Int(number))
    }

    /// The former province whose code is this number, 1 to 96, or nil when there is none.
    public init?(number: Int) {
        guard Self.positions.indices.contains(number), Self.positions[number] < 63 else { return nil }
        position = Self.positions[number]
    }

    /// Orders by code.
    public static func < (first: FormerProvince, second: FormerProvince) -> Bool { first.position < second.position }

    /// The code of three digits.
    public var description: String { code }

    private static let numbers: [UInt8] = table.map { UInt8($0.code) ?? 0 }

    private static let twoDigitTexts: [String] = table.map { String($0.code.suffix(2)) }

    private static let merged: [Province] = table.map { Province(code: $0.province) ?? Province.all[0] }

    /// Position by code number; 255 where there is no province.
    private static let positions: [UInt8] = {
        var result = [UInt8](repeating: 255, count: 100)
        for (position, number) in numbers.enumerated() { result[Int(number)] = UInt8(position) }
        return result
    }()

    private static let table: [(code: String, name: String, province: String)] = [
        ("001", "Hà Nội", "01"),
        ("002", "Hà Giang", "08"),
        ("004", "Cao Bằng", "04"),
        ("006", "Bắc Kạn", "19"),
        ("008", "Tuyên Quang", "08"),
        ("010", "Lào Cai", "15"),
        ("011", "Điện Biên", "11"),
        ("012", "Lai Châu", "12"),
        ("014", "Sơn La", "14"),
        ("015", "Yên Bái", "15"),
        ("017", "Hòa Bình", "25"),
        ("019", "Thái Nguyên", "19"),
        ("020", "Lạng Sơn", "20"),
        ("022", "Quảng Ninh", "22"),
        ("024", "Bắc Giang", "24"),
        ("025", "Phú Thọ", "25"),
        ("026", "Vĩnh Phúc", "25"),
        ("027", "Bắc Ninh", "24"),
        ("030", "Hải Dương", "31"),
        ("031", "Hải Phòng", "31"),
        ("033", "Hưng Yên", "33"),
        ("034", "Thái Bình", "33"),
        ("035", "Hà Nam", "37"),
        ("036", "Nam Định", "37"),
        ("037", "Ninh Bình", "37"),
        ("038", "Thanh Hóa", "38"),
        ("040", "Nghệ An", "40"),
        ("042", "Hà Tĩnh", "42"),
        ("044", "Quảng Bình", "44"),
        ("045", "Quảng Trị", "44"),
        ("046", "Thừa Thiên Huế", "46"),
        ("048", "Đà Nẵng", "48"),
        ("049", "Quảng Nam", "48"),
        ("051", "Quảng Ngãi", "51"),
        ("052", "Bình Định", "52"),
        ("054", "Phú Yên", "66"),
        ("056", "Khánh Hòa", "56"),
        ("058", "Ninh Thuận", "56"),
        ("060", "Bình Thuận", "68"),
        ("062", "Kon Tum", "51"),
        ("064", "Gia Lai", "52"),
        ("066", "Đắk Lắk", "66"),
        ("067", "Đắk Nông", "68"),
        ("068", "Lâm Đồng", "68"),
        ("070", "Bình Phước", "75"),
        ("072", "Tây Ninh", "80"),
        ("074", "Bình Dương", "79"),
        ("075", "Đồng Nai", "75"),
        ("077", "Bà Rịa - Vũng Tàu", "79"),
        ("079", "TP Hồ Chí Minh", "79"),
        ("080", "Long An", "80"),
        ("082", "Tiền Giang", "82"),
        ("083", "Bến Tre", "86"),
        ("084", "Trà Vinh", "86"),
        ("086", "Vĩnh Long", "86"),
        ("087", "Đồng Tháp", "82"),
        ("089", "An Giang", "91"),
        ("091", "Kiên Giang", "91"),
        ("092", "Cần Thơ", "92"),
        ("093", "Hậu Giang", "92"),
        ("094", "Sóc Trăng", "92"),
        ("095", "Bạc Liêu", "96"),
        ("096", "Cà Mau", "96"),
    ]
}
