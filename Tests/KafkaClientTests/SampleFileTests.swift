import KafkaClient
import Testing

@Suite struct SampleFileTests {
    @Test func holdsTheFirstRecordsByteForByte() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send(
            [Sent(key: [1], value: nil, headers: [("h", [5, 6])]), Sent(key: nil, value: [7]), Sent()], to: "t")
        let file = try SampleFile.record(["t": 2], settings: cluster.settings)
        #expect(file.recordCount == 2)
        let absent: [UInt8] = [255, 255, 255, 255]
        let first: [UInt8] = [1, 0, 0x74, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0x68, 2, 0, 0, 0, 5, 6] + absent
        let second: [UInt8] = [1, 0, 0x74] + absent + [0, 0, 1, 0, 0, 0, 7]
        #expect(file.bytes == Array("CCSAMPL1".utf8) + first + second)
    }

    @Test func takesWhatThereIsWhenATopicIsShort() throws {
        let cluster = try MockCluster(topics: ["t": 2])
        _ = try cluster.send([Sent(), Sent()], to: "t")
        #expect(try SampleFile.record(["t": 100], settings: cluster.settings).recordCount == 2)
    }
}
