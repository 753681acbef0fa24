import CDecompression

/// Unpacks deflated bytes (RFC 1951).
enum Inflation {
    /// The unpacked bytes; nil unless the packed ones, to the last, are a whole stream of exactly this many.
    static func bytes(of packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
        var written = 0
        // One byte more than is wanted: zlib takes no room of none.
        let unpacked = [UInt8](unsafeUninitializedCapacity: count + 1) { room, made in
            let status = packed.withUnsafeBytes {
                cdecompression_inflate($0.baseAddress, $0.count, room.baseAddress, count + 1, &written)
            }
            made = status == CInt(CDECOMPRESSION_DONE) ? written : 0
        }
        return written == count && unpacked.count == count ? unpacked : nil
    }
}
