import CRdKafka
import Dispatch
import KafkaClient
import Testing

/// librdkafka's cluster inside this process: a broker of its own for each test, gone with the object.
final class MockCluster {
    private let client: OpaquePointer
    private let cluster: OpaquePointer

    init(topics: [String: Int]) throws {
        let configuration = rd_kafka_conf_new()
        rd_kafka_conf_set_log_cb(configuration, nil)
        var text = [CChar](repeating: 0, count: 512)
        client = try #require(rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &text, text.count))
        cluster = try #require(rd_kafka_mock_cluster_new(client, 1))
        for (topic, partitions) in topics { rd_kafka_mock_topic_create(cluster, topic, Int32(partitions), 1) }
    }

    var settings: KafkaSettings {
        var settings = KafkaSettings(
            bootstrapServers: String(cString: rd_kafka_mock_cluster_bootstraps(cluster)), clientIdentifier: "test")
        settings.lingerMilliseconds = 0
        settings.extra["topic.metadata.propagation.max.ms"] = "100"
        return settings
    }

    func makeMissing(_ topic: String) {
        rd_kafka_mock_topic_set_error(cluster, topic, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART)
    }

    func goDown() { rd_kafka_mock_broker_set_down(cluster, 1) }
    func comeUp() { rd_kafka_mock_broker_set_up(cluster, 1) }

    /// The next answers to a kind of request are these errors.
    func failNext(_ request: Int16, with errors: [rd_kafka_resp_err_t]) {
        rd_kafka_mock_push_request_errors_array(cluster, request, errors.count, errors)
    }

    deinit {
        // Takes a second in 2.0.2 once a client was connected, so nobody waits for it.
        let addresses = (Int(bitPattern: cluster), Int(bitPattern: client))
        DispatchQueue.global().async {
            rd_kafka_mock_cluster_destroy(OpaquePointer(bitPattern: addresses.0))
            rd_kafka_destroy(OpaquePointer(bitPattern: addresses.1))
        }
    }
}
