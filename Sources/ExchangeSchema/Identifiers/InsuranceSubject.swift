/// The subject codes of the 15-character card (its first two letters).
///
/// Decision 1351/QD-BHXH (2015), amended by 1697/2023 and 1018/2024, as restated by law sites; the newer codes
/// (`AK`, `TG`, … `LH`) are seen only in one public engine, and their meaning is unconfirmed.
enum InsuranceSubject {
    static let codes = [
        "DN", "HX", "CH", "NN", "TK", "HC", "XK", "HT", "TB", "NO", "CT", "XB", "TN", "CS", "QN", "CA", "CY", "XN",
        "MS", "CC", "CK", "CB", "KC", "HD", "TE", "BT", "HN", "DT", "DK", "XD", "TS", "TC", "TQ", "TA", "TY", "HG",
        "LS", "PV", "CN", "HS", "SV", "GB", "GD", "AK", "TG", "DS", "HK", "ND", "TH", "TV", "TD", "TU", "BA", "LH",
    ]

    /// The code of two ASCII bytes, or nil when it is not known.
    static func code(_ first: UInt8, _ second: UInt8) -> String? {
        let row = first &- 0x41
        let column = second &- 0x41
        guard row < 26, column < 26 else { return nil }
        return table[Int(row) * 26 + Int(column)]
    }

    private static let table: [String?] = {
        var result = [String?](repeating: nil, count: 26 * 26)
        for code in codes {
            let bytes = Array(code.utf8)
            result[Int(bytes[0] - 0x41) * 26 + Int(bytes[1] - 0x41)] = code
        }
        return result
    }()
}
