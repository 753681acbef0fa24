/// Months as the table `visit` has them, `2026-11`.
public enum WarehouseMonth {
    /// Whether a text is one.
    public static func isMonth(_ text: String) -> Bool { parts(text) != nil }

    /// The month before; nil for what is no month.
    public static func before(_ text: String) -> String? {
        guard let (year, month) = parts(text) else { return nil }
        let earlier = month == 1 ? (year - 1, 12) : (year, month - 1)
        let digits = String(earlier.0)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + (earlier.1 < 10 ? "-0" : "-")
            + String(earlier.1)
    }

    private static func parts(_ text: String) -> (year: Int, month: Int)? {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = Int(text.prefix(4)),
            let month = Int(text.suffix(2)), year > 0, (1...12).contains(month),
            (bytes[..<4] + bytes[5...]).allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return (year, month)
    }
}
