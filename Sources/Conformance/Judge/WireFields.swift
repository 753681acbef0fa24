/// The fields of an encoded message at its outermost level, by number (Protocol Buffers, "Encoding").
struct WireFields {
    struct Field {
        var number: UInt64
        /// Bytes of its value.
        var size: Int
        /// Whether its value is the one that stands for nothing.
        var isNothing: Bool
    }

    private(set) var fields: [Field] = []

    /// Reads as far as the bytes are fields.
    init(_ bytes: [UInt8]) {
        var place = 0
        while place < bytes.count, let tag = Self.varint(bytes, &place) {
            let start = place
            var isNothing = true
            switch tag & 7 {
            case 0:
                guard let value = Self.varint(bytes, &place) else { return }
                isNothing = value == 0
            case 1: place += 8
            case 2:
                guard let length = Self.varint(bytes, &place), length <= UInt64(bytes.count) else { return }
                isNothing = length == 0
                place += Int(length)
            case 5: place += 4
            default: return
            }
            guard place <= bytes.count else { return }
            if tag & 7 == 1 || tag & 7 == 5 { isNothing = bytes[start..<place].allSatisfy { $0 == 0 } }
            fields.append(Field(number: tag >> 3, size: place - start, isNothing: isNothing))
        }
    }

    private static func varint(_ bytes: [UInt8], _ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard place < bytes.count else { return nil }
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
