import KafkaClient
import Testing

@Suite struct KafkaAdminTests {
    @Test func describesTheCluster() throws {
        let cluster = try MockCluster(topics: ["a": 3, "b": 1])
        let description = try KafkaAdmin.waitForBroker(settings: cluster.settings, timeout: .seconds(10))
        #expect(description.topics == ["a": 3, "b": 1])
        let broker = try #require(description.brokers.first)
        #expect("\(broker.host):\(broker.port)" == cluster.settings.bootstrapServers)
    }

    @Test func aBrokerThatIsDownIsNamedAfterTheTimeout() {
        var retries: [KafkaError] = []
        let start = ContinuousClock.now
        #expect {
            _ = try KafkaAdmin.waitForBroker(
                settings: KafkaSettings(bootstrapServers: "127.0.0.1:1"), timeout: .seconds(1.5)
            ) { retries.append($0) }
        } throws: { error in
            guard let error = error as? KafkaError else { return false }
            return error.isTransport && error.message.contains("127.0.0.1:1") && error.message.contains("refused")
        }
        #expect(!retries.isEmpty)
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func watermarksTellWhatIsKept() throws {
        let cluster = try MockCluster(topics: ["t": 1])
        _ = try cluster.send([Sent(), Sent(), Sent()], to: "t")
        let admin = try KafkaAdmin(settings: cluster.settings)
        let (low, high) = try admin.watermarks(TopicPartition(topic: "t", partition: 0))
        #expect(low == 0 && high == 3)
        #expect(throws: KafkaError.self) {
            _ = try admin.watermarks(TopicPartition(topic: "t", partition: 9), timeoutMilliseconds: 500)
        }
    }

    @Test func aTopicThatCannotBeIsRefusedBeforeItIsSent() throws {
        let cluster = try MockCluster(topics: [:])
        let admin = try KafkaAdmin(settings: cluster.settings)
        #expect(throws: KafkaError.self) {
            _ = try admin.createTopics([TopicSpecification(name: "", partitions: 1)], timeoutMilliseconds: 500)
        }
    }
}
