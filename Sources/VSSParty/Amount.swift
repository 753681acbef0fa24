/// An amount of money as the tables write it: dong, with at most two decimals after a dot. Decision 130/QD-BYT, annex.
struct Amount: Equatable {
    /// In hundredths of a dong.
    var hundredths: Int64

    /// Reads a field; nil when it is no amount. A blank field is none.
    init?(parsing text: String) {
        var text = text
        let read = text.withUTF8 { Self.hundredths(UnsafeRawBufferPointer($0)) }
        guard let read else { return nil }
        hundredths = read
    }

    /// Hundredths of an amount written in ASCII; nil when it is none. Of three decimals and more the value is not one of
    /// the tables', and so no amount.
    static func hundredths(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        guard !bytes.isEmpty else { return nil }
        var value: Int64 = 0
        var decimals = -1
        for byte in bytes {
            if byte == 0x2E, decimals < 0 {
                decimals = 0
            } else if byte &- 0x30 < 10, decimals < 2, value < 100_000_000_000_000 {
                value = value * 10 + Int64(byte &- 0x30)
                if decimals >= 0 { decimals += 1 }
            } else {
                return nil
            }
        }
        return decimals == 2 ? value : decimals == 1 ? value * 10 : value * 100
    }
}
