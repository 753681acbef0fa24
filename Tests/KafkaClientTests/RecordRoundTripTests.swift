import KafkaClient
import Testing

@Suite struct RecordRoundTripTests {
    @Test func aTombstoneIsNotAnEmptyValue() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send([Sent(value: nil), Sent(value: [])], to: "t")
        let (records, problems) = try cluster.consumer(["t": 1]).receive(2)
        #expect(records.map(\.value) == [nil, []])
        #expect(problems.isEmpty)
    }

    @Test func anEmptyKeyIsNotAMissingOne() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send([Sent(key: nil), Sent(key: []), Sent(key: [0, 255])], to: "t")
        #expect(try cluster.consumer(["t": 1]).receive(3).records.map(\.key) == [nil, [], [0, 255]])
    }

    @Test func headersComeBackByNameAndInFull() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        let first: [(String, [UInt8])] = [("ce_id", [1]), ("ce_type", [2, 2]), ("other", [3, 3, 3])]
        let turned: [(String, [UInt8])] = [("ce_type", [9]), ("ce_id", []), ("ce_type", [8])]
        _ = try cluster.send([Sent(headers: first), Sent(headers: turned), Sent()], to: "t")
        let records = try cluster.consumer(["t": 1], headerNames: ["ce_id", "ce_type", "absent"]).receive(3).records
        #expect(records.map(\.named) == [[[1], [2, 2], nil], [[], [9], nil], [nil, nil, nil]])
        #expect(
            records.map(\.headers) == [
                ["ce_id=1", "ce_type=2", "other=3"], ["ce_type=1", "ce_id=0", "ce_type=1"], [],
            ])
    }

    @Test func headerValuesMayBeAnyBytes() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send([Sent(headers: [("bad", [0xff, 0, 0xc3]), ("good", Array("đủ".utf8))])], to: "t")
        let consumer = try cluster.consumer(["t": 1], headerNames: ["bad", "good"])
        var batch = ConsumedBatch()
        while batch.records.isEmpty { consumer.next(into: &batch, maximum: 10, timeoutMilliseconds: 100) }
        #expect(batch.bytes(batch.header(0, ofRecordAt: 0)) == [0xff, 0, 0xc3])
        #expect(batch.text(batch.header(0, ofRecordAt: 0)) == nil)
        #expect(batch.text(batch.header(1, ofRecordAt: 0)) == "đủ")
        #expect(batch.header(2, ofRecordAt: 0).isAbsent)
        #expect(batch.header(0, ofRecordAt: 7).isAbsent)
    }

    @Test func registeredHeadersKeepTheirOrderAndLeaveOutTheUnset() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        let producer = try KafkaProducer(settings: cluster.settings, topics: ["t"])
        var block = HeaderBlock(names: ["a", "b", "c"])
        block.set(2, to: "third")
        block.set(0, to: [7])
        try producer.enqueue(topic: 0, key: nil, value: [1], headers: block, batch: 1)
        block.clear()
        block.set(1, to: "")
        try producer.enqueue(topic: 0, key: nil, value: [2], headers: block, batch: 1)
        #expect(producer.flush(deadlineMilliseconds: 10_000).map(\.delivered) == [2])
        let records = try cluster.consumer(["t": 1]).receive(2).records
        #expect(records.map(\.headers) == [["a=1", "c=5"], ["b=0"]])
    }

    @Test func aBatchUsedAgainShowsNothingOfTheOneBefore() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send(
            [
                Sent(
                    key: Array(repeating: 1, count: 100), value: Array(repeating: 2, count: 900),
                    headers: [("x", Array(repeating: 3, count: 50))]),
                Sent(key: nil, value: [4]),
            ], to: "t")
        let consumer = try cluster.consumer(["t": 1], headerNames: ["x"])
        var batch = ConsumedBatch()
        var seen: [Received] = []
        var kept: ArraySlice<UInt8>?
        while seen.count < 2 {
            consumer.next(into: &batch, maximum: 1, timeoutMilliseconds: 100)
            for (index, record) in batch.records.enumerated() {
                seen.append(consumer.received(record, at: index, in: batch))
                if seen.count == 1 { kept = batch.value(of: record) }
            }
        }
        #expect(batch.records.count == 1)
        #expect(seen[1].key == nil && seen[1].value == [4] && seen[1].named == [nil] && seen[1].headers.isEmpty)
        #expect(batch.byteCount == 1)
        #expect(kept == ArraySlice(repeating: 2, count: 900))
        consumer.next(into: &batch, maximum: 1, timeoutMilliseconds: 0)
        #expect(batch.isEmpty && batch.byteCount == 0)
    }

    @Test func timestampsAndOffsetsAreKept() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        let producer = try KafkaProducer(settings: cluster.settings, topics: ["t"])
        let block = HeaderBlock(names: [])
        for number in 0..<3 {
            try producer.enqueue(
                topic: 0, key: nil, value: [UInt8(number)], headers: block,
                timestampMilliseconds: 1_700_000_000_000 + Int64(number), batch: 1)
        }
        _ = producer.flush(deadlineMilliseconds: 10_000)
        let consumer = try cluster.consumer(["t": 1], start: .offset(1))
        var batch = ConsumedBatch()
        var times: [Int64] = []
        var offsets: [Int64] = []
        while times.count < 2 {
            consumer.next(into: &batch, maximum: 10, timeoutMilliseconds: 100)
            times += batch.records.map(\.timestampMilliseconds)
            offsets += batch.records.map(\.offset)
        }
        #expect(times == [1_700_000_000_001, 1_700_000_000_002])
        #expect(offsets == [1, 2])
    }
}
