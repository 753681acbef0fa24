import CRdKafka
import KafkaClient
import Testing

@Suite struct Murmur2PartitionerTests {
    @Test(arguments: [1, 3, 16, 64, 1_000] as [Int32])
    func agreesWithTheLibrary(count: Int32) {
        var state: UInt64 = 42
        for length in 0..<200 {
            let key = (0..<length).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            let theirs = key.withUnsafeBytes {
                rd_kafka_msg_partitioner_murmur2(nil, $0.baseAddress, $0.count, count, nil, nil)
            }
            #expect(murmur2Partition(key: key, count: count) == theirs)
        }
    }

    @Test func agreesWithWhereRecordsGo() throws {
        let cluster = try MockCluster(topics: ["t": 5])
        let keys: [[UInt8]] = [[], [0], [255, 254], Array("001099012345".utf8)] + (1...40).map { [UInt8($0), 7, 9] }
        _ = try cluster.send(keys.map { Sent(key: $0) }, to: "t")
        let records = try cluster.consumer(["t": 5]).receive(keys.count).records
        #expect(records.count == keys.count)
        for record in records {
            #expect(record.partition == murmur2Partition(key: record.key ?? [], count: 5))
        }
    }
}
