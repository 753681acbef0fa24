import CCRC32C
import Testing

@Suite struct CRC32CTests {
    /// The check value of the CRC catalogue for CRC-32C (RFC 3720, appendix B.4 has more).
    @Test func givesTheCatalogueValue() {
        let bytes = Array("123456789".utf8)
        #expect(ccrc32c(0, bytes, bytes.count) == 0xE306_9283)
        #expect(ccrc32c_portable(0, bytes, bytes.count) == 0xE306_9283)
    }

    @Test func bothWaysAgreeAtEveryLength() {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) }
        for length in Array(0...100) + stride(from: 100, through: 10_000, by: 613) {
            #expect(ccrc32c(7, bytes, length) == ccrc32c_portable(7, bytes, length), "length \(length)")
        }
    }
}
