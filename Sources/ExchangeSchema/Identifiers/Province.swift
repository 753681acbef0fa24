/// One of the 34 provinces and cities since 1 July 2025, by its code of two digits.
///
/// Decision 19/2025/QD-TTg (codes and names), as republished by a secondary source.
public struct Province: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let position: UInt8

    /// Place in the order of codes, 0 to 33.
    public var index: Int { Int(position) }

    /// Two digits, for example `01`.
    public var code: String { Self.table[index].code }

    /// The code as a number, 1 to 96.
    public var number: Int { Int(Self.numbers[index]) }

    /// Name without its kind, for example `Hà Nội`.
    public var name: String { Self.table[index].name }

    /// Number of wards and communes.
    public var wards: Int { Self.table[index].wards }

    /// Every province, in the order of codes.
    public static let all: [Province] = (0..<34).map { Province(position: $0) }

    private init(position: UInt8) { self.position = position }

    /// The province with this code of two digits, or nil when there is none.
    public init?(code: String) {
        guard case .number(let number) = DecimalDigits.read(code, count: 2) else { return nil }
        self.init(number: Int(number))
    }

    /// The province whose code is this number, 1 to 96, or nil when there is none.
    public init?(number: Int) {
        guard Self.positions.indices.contains(number), Self.positions[number] < 34 else { return nil }
        position = Self.positions[number]
    }

    /// Orders by code.
    public static func < (first: Province, second: Province) -> Bool { first.position < second.position }

    /// The code.
    public var description: String { code }

    private static let numbers: [UInt8] = table.map { UInt8($0.code) ?? 0 }

    /// Position by code number; 255 where there is no province.
    private static let positions: [UInt8] = {
        var result = [UInt8](repeating: 255, count: 100)
        for (position, entry) in table.enumerated() { result[Int(entry.code) ?? 0] = UInt8(position) }
        return result
    }()

    private static let table: [(code: String, name: String, wards: Int)] = [
        ("01", "Hà Nội", 126),
        ("04", "Cao Bằng", 56),
        ("08", "Tuyên Quang", 124),
        ("11", "Điện Biên", 45),
        ("12", "Lai Châu", 38),
        ("14", "Sơn La", 75),
        ("15", "Lào Cai", 99),
        ("19", "Thái Nguyên", 92),
        ("20", "Lạng Sơn", 65),
        ("22", "Quảng Ninh", 54),
        ("24", "Bắc Ninh", 99),
        ("25", "Phú Thọ", 148),
        ("31", "Hải Phòng", 114),
        ("33", "Hưng Yên", 104),
        ("37", "Ninh Bình", 129),
        ("38", "Thanh Hoá", 166),
        ("40", "Nghệ An", 130),
        ("42", "Hà Tĩnh", 69),
        ("44", "Quảng Trị", 78),
        ("46", "Huế", 40),
        ("48", "Đà Nẵng", 94),
        ("51", "Quảng Ngãi", 96),
        ("52", "Gia Lai", 135),
        ("56", "Khánh Hoà", 65),
        ("66", "Đắk Lắk", 102),
        ("68", "Lâm Đồng", 124),
        ("75", "Đồng Nai", 95),
        ("79", "Hồ Chí Minh", 168),
        ("80", "Tây Ninh", 96),
        ("82", "Đồng Tháp", 102),
        ("86", "Vĩnh Long", 124),
        ("91", "An Giang", 102),
        ("92", "Cần Thơ", 103),
        ("96", "Cà Mau", 64),
    ]
}
