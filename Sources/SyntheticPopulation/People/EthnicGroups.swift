/// The ethnic groups that the population has, with family names of their own.
///
/// Codes: Decision 121-TCTK 1979, from memory, unconfirmed. Family names and shares are simulator-defined; they only
/// see to it that such names occur.
enum EthnicGroups {
    struct Group {
        /// MA_DANTOC, two digits.
        var code: String
        /// Family names, upper case, in UTF-8; for the Kinh none, as they have a table of their own.
        var familyNames: [[UInt8]]

        init(code: String, familyNames: [String]) {
            self.code = code
            self.familyNames = familyNames.map { Array($0.utf8) }
        }
    }

    static let kinh = Group(code: "01", familyNames: [])

    /// Share of people who are not Kinh, in parts per million, in the order of `Region`.
    static let sharesPartsPerMillion: [UInt64] = [30_000, 700_000, 70_000, 380_000, 80_000]

    /// The groups of each region, in the order of `Region`.
    static let groups: [[Group]] = [
        [muong, tay, hoa],
        [tay, thai, muong, nung, hmong, dao, hmong, thai],
        [thai, muong, cham],
        [giaRai, eDe, baNa, tay, nung, hmong],
        [khmer, khmer, khmer, hoa, cham],
    ]

    private static let tay = Group(code: "02", familyNames: ["NÔNG", "HOÀNG", "MA", "LƯƠNG", "BẾ"])
    private static let thai = Group(code: "03", familyNames: ["LÒ", "QUÀNG", "CÀ", "LƯỜNG", "VI", "HÀ"])
    private static let hoa = Group(code: "04", familyNames: ["TRẦN", "LÂM", "HUỲNH", "LÝ", "VƯƠNG", "QUÁCH"])
    private static let khmer = Group(code: "05", familyNames: ["DANH", "THẠCH", "SƠN", "KIM", "LÂM", "CHÂU"])
    private static let muong = Group(code: "06", familyNames: ["BÙI", "QUÁCH", "ĐINH", "HÀ", "BẠCH"])
    private static let nung = Group(code: "07", familyNames: ["NÔNG", "HOÀNG", "LỤC", "TRIỆU", "VI"])
    private static let hmong = Group(code: "08", familyNames: ["GIÀNG", "VÀNG", "SÙNG", "THÀO", "MÙA", "LÝ", "HẠNG"])
    private static let dao = Group(code: "09", familyNames: ["TRIỆU", "BÀN", "ĐẶNG", "PHÀN", "CHẢO"])
    private static let giaRai = Group(code: "10", familyNames: ["RƠ CHÂM", "SIU", "KSOR", "RMAH", "KPĂ"])
    private static let eDe = Group(code: "12", familyNames: ["NIÊ", "MLÔ", "ÊBAN", "KBUÔR", "AYŨN"])
    private static let baNa = Group(code: "13", familyNames: ["ĐINH", "A", "Y"])
    private static let cham = Group(code: "16", familyNames: ["TỪ", "LƯU", "THÀNH", "CHÂU", "ĐẠT"])
}
