import Foundation
import NIOCore
import Testing

@testable import EmbeddedBroker

/// What is inside a packed batch, as far as a search by time must know it; the clients' own packing is tried by the
/// conformance tests.
@Suite struct DecompressionTests {
    private let text = Array(String(repeating: "closed cycle ", count: 3).utf8)
    /// The text three times: written by gzip, as one snappy block, as an lz4 frame, and by zstd.
    private static let snappyBlock: [UInt8] = [39, 48] + Array("closed cycle ".utf8) + [0x66, 13, 0]

    @Test func snappyIsReadWholeAndInChunks() {
        let whole = Decompression.records(ByteBuffer(bytes: Self.snappyBlock), type: 2)
        #expect(whole.map { Array($0.readableBytesView) } == text)
        let head: [UInt8] = [0x82] + Array("SNAPPY".utf8) + [0, 0, 0, 0, 1, 0, 0, 0, 1]
        let chunk: [UInt8] = [0, 0, 0, UInt8(Self.snappyBlock.count)] + Self.snappyBlock
        let chunks = Decompression.records(ByteBuffer(bytes: head + chunk + chunk), type: 2)
        #expect(chunks.map { Array($0.readableBytesView) } == text + text)
        #expect(Decompression.records(ByteBuffer(bytes: head + chunk.dropLast()), type: 2) == nil)
    }

    @Test(arguments: [Int16(1), 2, 3, 4, 5, 6, 7])
    func noBytesTrap(type: Int16) {
        var generator = SystemRandomNumberGenerator()
        for count in 0..<300 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let unpacked = Decompression.records(ByteBuffer(bytes: bytes), type: type)
            if type > 4 { #expect(unpacked == nil) }
        }
    }

    @Test func aFewBytesDoNotFillTheMemory() {
        // A snappy block that says it holds 4 GiB.
        #expect(Decompression.records(ByteBuffer(bytes: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0]), type: 2) == nil)
    }
}
