/// Where a record stands that is in a book.
public struct BookPlace: Sendable, Equatable {
    /// The number in force of the person whose book it is; below 10^12.
    public var citizenNumber: UInt64
    /// Province that has the record now, as the two digits of its code.
    public var province: UInt8
    /// Province to which the entry was sent, likewise. It is another one when the person has moved since.
    public var entryProvince: UInt8
    /// The revision that stands in the book, from 1. Later ones may be on their way, or refused.
    public var revision: UInt16

    /// An entry just sent.
    public init(citizenNumber: UInt64, province: UInt8, revision: UInt32) {
        self.citizenNumber = citizenNumber
        self.province = province
        entryProvince = province
        self.revision = UInt16(clamping: revision)
    }

    static func padded(_ number: UInt64, to width: Int) -> String {
        var (limit, rest) = (UInt64(1), number)
        for _ in 0..<width { limit *= 10 }
        guard number < limit else { return String(number) }
        return String(unsafeUninitializedCapacity: width) { text in
            for place in stride(from: width - 1, through: 0, by: -1) {
                text[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            return width
        }
    }
}
