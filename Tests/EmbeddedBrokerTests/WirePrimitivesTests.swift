import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct WirePrimitivesTests {
    @Test(arguments: [false, true]) func whatIsWrittenIsRead(flexible: Bool) throws {
        var writer = WireWriter(flexible: flexible)
        writer.string("héllo")
        writer.nullableString(nil)
        writer.nullableBytes(ByteBuffer(bytes: [1, 2, 3]))
        writer.nullableBytes(nil)
        writer.array([Int64(1), 2]) { $0.integer($1) }
        writer.array([Int64]?.none) { $0.integer($1) }
        writer.tags()
        var reader = WireReader(writer.buffer, flexible: flexible)
        #expect(try reader.string("a") == "héllo")
        #expect(try reader.nullableString("b") == nil)
        #expect(try reader.nullableBytes("c") == ByteBuffer(bytes: [1, 2, 3]))
        #expect(try reader.nullableBytes("d") == nil)
        #expect(try reader.array("e", integers) == [1, 2])
        #expect(try reader.nullableArray("f", integers) == nil)
        try reader.tags()
        #expect(reader.remaining == 0)
    }

    private func integers(_ reader: inout WireReader) throws(ProtocolError) -> Int64 { try reader.integer("element") }

    @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, Int(Int32.max)]) func varintsRoundTrip(value: Int) throws {
        var writer = WireWriter(flexible: true)
        writer.unsignedVarint(value)
        var reader = WireReader(writer.buffer, flexible: true)
        #expect(try reader.unsignedVarint("value") == value)
    }

    @Test func anEndlessVarintIsRefused() {
        var reader = WireReader(ByteBuffer(repeating: 0xFF, count: 20), flexible: true)
        #expect(throws: ProtocolError.self) { try reader.unsignedVarint("value") }
    }

    @Test func anArrayLongerThanTheFrameIsRefused() {
        var reader = WireReader(ByteBuffer(bytes: [0x7F, 0xFF, 0xFF, 0xFF, 0]), flexible: false)
        #expect(throws: ProtocolError.tooManyElements(Int(Int32.max))) { try reader.array("array", integers) }
    }

    @Test func negativeLengthsAndBadTextAreRefused() {
        var negative = WireReader(ByteBuffer(bytes: [0xFF, 0xFE]), flexible: false)
        #expect(throws: ProtocolError.negativeLength(of: "text")) { try negative.nullableString("text") }
        var invalid = WireReader(ByteBuffer(bytes: [0, 1, 0xFF]), flexible: false)
        #expect(throws: ProtocolError.notUTF8) { try invalid.string("text") }
    }
}
