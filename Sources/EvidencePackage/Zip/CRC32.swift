/// The checksum of ZIP members (APPNOTE 6.3.10, section 4.4.7: polynomial 0xDEBB20E3 with pre- and post-conditioning).
enum CRC32 {
    /// One step for each value of a byte; the polynomial is written with its lowest bit first.
    private static let steps: [UInt32] = (0..<256).map { value in
        (0..<8).reduce(UInt32(value)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        let steps = steps
        var sum = UInt32.max
        for byte in bytes { sum = sum >> 8 ^ steps[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
        return ~sum
    }
}
