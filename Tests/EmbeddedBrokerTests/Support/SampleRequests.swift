import BrokerFuzz
import NIOCore

@testable import EmbeddedBroker

/// Values of a request of every API that a broker can answer: the fields of all versions together.
enum SampleRequests {
    static func values(of api: APIKey, topic: String, batch: ByteBuffer) -> WireValue {
        let name = WireValue.text(topic)
        let one: WireValue = .list([["name": name, "partitions": [0]]])
        switch api {
        case .produce:
            let records = WireValue.bytes(Array(batch.readableBytesView))
            return ["acks": -1, "topics": [["name": name, "partitions": [["records": records]]]]]
        case .fetch:
            return [
                "minimum": 1, "maximum": 1_000_000, "epoch": -1,
                "topics": [["name": name, "partitions": [["maximum": 1_000_000, "start": -1]]]], "rack": "",
            ]
        case .listOffsets, .offsetForLeaderEpoch, .offsetDelete:
            return ["group": "none", "topics": [["name": name, "partitions": [["index": 0]]]]]
        case .deleteRecords:
            return ["topics": [["name": name, "partitions": [["offset": 0]]]]]
        case .metadata: return ["topics": [["name": name]], "clusterOperations": 1, "topicOperations": 1]
        case .offsetCommit:
            let partition: WireValue = ["offset": 1, "metadata": "note"]
            return ["group": "group", "generation": -1, "topics": [["name": name, "partitions": [partition]]]]
        case .txnOffsetCommit:
            return ["transactionalId": "t", "topics": [["name": name, "partitions": [["offset": 1]]]]]
        case .offsetFetch: return ["group": "group", "topics": one, "groups": [["group": "group", "topics": one]]]
        case .findCoordinator: return ["key": "group", "keys": ["group"]]
        case .apiVersions: return ["name": "test", "version": "1"]
        case .createTopics:
            return [
                "topics": [
                    [
                        "name": "fresh", "count": 1, "replication": 1,
                        "configs": [["name": "retention.ms", "value": "-1"]],
                    ]
                ]
            ]
        case .joinGroup:
            // Refused at once by its session timeout: nothing waits.
            return ["group": "group", "type": "consumer", "protocols": [["name": "range", "metadata": .bytes([1])]]]
        case .deleteTopics: return ["topics": ["gone"], "wanted": [["name": "gone"]]]
        case .describeConfigs: return ["resources": [["type": 2, "name": name, "keys": .list(nil)]]]
        case .alterConfigs, .incrementalAlterConfigs:
            return ["resources": [["type": 2, "name": name, "configs": [["name": "retention.ms", "value": "1"]]]]]
        case .createPartitions:
            return ["topics": [["name": name, "count": 2, "assignments": .list(nil)]], "validate": 1]
        case .addPartitionsToTxn: return ["transactionalId": "t", "topics": one]
        case .describeGroups, .deleteGroups: return ["groups": ["group"]]
        case .leaveGroup: return ["group": "group", "members": [["id": "nobody"]]]
        case .describeCluster: return ["operations": 1, "endpoints": 1]
        case .saslHandshake: return ["mechanism": "PLAIN"]
        case .heartbeat, .syncGroup, .addOffsetsToTxn, .endTxn, .saslAuthenticate, .initProducerId:
            return ["transactionalId": .text(api == .initProducerId ? nil : "t"), "group": "group"]
        case .listGroups: return [:]
        }
    }
}
