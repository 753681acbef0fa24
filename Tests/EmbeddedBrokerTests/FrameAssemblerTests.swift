import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct FrameAssemblerTests {
    private var stream: ByteBuffer {
        var bytes = ByteBuffer()
        for size in [8, 20, 9] {
            bytes.writeInteger(Int32(size))
            bytes.writeRepeatingByte(UInt8(size), count: size)
        }
        return bytes
    }

    @Test func framesAreTheSameHoweverTheBytesArrive() throws {
        for step in 1...stream.readableBytes {
            var assembler = FrameAssembler(maximumBytes: 100)
            var sizes: [Int] = []
            var rest = stream
            while rest.readableBytes > 0 {
                guard let piece = rest.readSlice(length: min(step, rest.readableBytes)) else { break }
                assembler.append(piece)
                while let frame = try assembler.next() {
                    #expect(frame.readableBytesView.allSatisfy { Int($0) == frame.readableBytes })
                    sizes.append(frame.readableBytes)
                }
            }
            #expect(sizes == [8, 20, 9], "in steps of \(step)")
        }
    }

    @Test(arguments: [Int32.min, -1, 0, 7, 101, Int32.max]) func impossibleLengthsAreRefused(length: Int32) {
        var assembler = FrameAssembler(maximumBytes: 100)
        assembler.append(ByteBuffer(integer: length))
        #expect(throws: ProtocolError.self) { try assembler.next() }
    }
}
