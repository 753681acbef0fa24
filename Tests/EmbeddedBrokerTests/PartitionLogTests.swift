import NIOCore
import Testing

@testable import EmbeddedBroker

@Suite struct PartitionLogTests {
    @Test func offsetsFollowEachOtherAndBatchesComeBackAsTheyWere() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        let batch = SampleBatch(values: ["a", "b", "c"])
        #expect(try log.add(batch) == 0)
        #expect(try log.add(batch) == 3)
        #expect(log.endOffset == 6)
        let place = try #require(try log.place(of: 3))
        var read = ByteBuffer()
        #expect(
            try log.read(from: place, maximumBytes: 1_000, atLeastOne: true, into: &read) == batch.bytes.readableBytes)
        #expect(read.getInteger(at: 0, as: Int64.self) == 3)
        #expect(read.getInteger(at: 12, as: Int32.self) == 0)
        #expect(
            read.getSlice(at: 16, length: read.readableBytes - 16)
                == batch.bytes.getSlice(at: 16, length: read.readableBytes - 16))
    }

    @Test func anOffsetInsideABatchFindsThatBatch() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        for _ in 0..<5 { try log.add(SampleBatch(values: ["a", "b", "c", "d"])) }
        for offset in Int64(0)..<20 {
            #expect(try log.readAll(from: offset).first == offset / 4 * 4)
        }
        #expect(try log.place(of: 20) == nil)
    }

    @Test func readingGoesOnOverManySegmentsInWholeBatches() throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 4_096
        let log = try fixture.open()
        for index in 0..<200 { try log.add(SampleBatch(values: [String(repeating: "x", count: index)])) }
        #expect(log.segments.count > 5)
        #expect(try log.readAll() == Array(0..<200))
        #expect(try log.readAll(maximumBytes: 1) == Array(0..<200), "a batch larger than the limit still comes")
        #expect(try fixture.open().readAll(from: 17) == Array(17..<200))
    }

    @Test func theIndexLeadsToEveryOffsetOfALargeSegment() throws {
        let fixture = try LogFixture()
        let log = try fixture.open()
        let values = Array(repeating: String(repeating: "x", count: 1_000), count: 3)
        for _ in 0..<200 { try log.add(SampleBatch(values: values)) }
        let reopened = try fixture.open()
        for offset in stride(from: Int64(599), through: 0, by: -7) {
            let place = try #require(try reopened.place(of: offset))
            var read = ByteBuffer()
            _ = try reopened.read(from: place, maximumBytes: 100, atLeastOne: true, into: &read)
            #expect(baseOffsets(in: read) == [offset / 3 * 3])
        }
    }

    @Test func aTimeFindsTheFirstRecordAtOrAfterIt() throws {
        var fixture = try LogFixture()
        fixture.segmentBytes = 4_096
        let log = try fixture.open()
        let text = String(repeating: "x", count: 100)
        for index in 0..<100 {
            try log.add(SampleBatch(values: [text, text], firstTimestamp: Int64(10_000 + 20 * index)))
        }
        try log.roll()
        for log in [log, try fixture.open()] {
            #expect(try log.record(atOrAfter: 0)?.offset == 0)
            #expect(try log.record(atOrAfter: 10_001)?.offset == 1)
            #expect(try log.record(atOrAfter: 10_002)?.offset == 2)
            #expect(try log.record(atOrAfter: 11_000)?.offset == 100)
            #expect(try log.record(atOrAfter: 11_981)?.timestamp == 11_981)
            #expect(try log.record(atOrAfter: 11_982) == nil)
        }
    }

    @Test func aFullDiskLeavesTheLogAsItWas() throws {
        var fixture = try LogFixture()
        let size = SampleBatch().bytes.readableBytes
        fixture.quota = DiskQuota(remaining: 2 * size + size / 2)
        let log = try fixture.open()
        #expect(try log.add(SampleBatch()) == 0)
        #expect(try log.add(SampleBatch()) == 1)
        let failure = #expect(throws: StorageError.self) { try log.add(SampleBatch()) }
        #expect(failure?.isFull == true)
        #expect(try log.active.file().size() == 2 * size)
        #expect(try log.readAll() == [0, 1])
        fixture.quota?.remaining = 10_000
        #expect(try log.add(SampleBatch()) == 2, "room again, and writing goes on")
        #expect(try fixture.open().readAll() == [0, 1, 2])
    }
}
