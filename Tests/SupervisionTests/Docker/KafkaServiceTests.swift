import Foundation
import Testing

/// What the image of Apache Kafka makes of its environment: `KAFKA_A_B` becomes `a.b`, `__` an underscore, `___` a
/// hyphen (docker/examples/README.md of apache/kafka).
@Suite struct KafkaServiceTests {
    private let environment: [String: String]

    init() throws { environment = try #require(try ComposeFile()["kafka"]).environment }

    /// Read by the start scripts, and no settings of the broker.
    private static let ofTheScripts: Set<String> = ["CLUSTER_ID", "KAFKA_HEAP_OPTS"]

    private var properties: [String: String] {
        var properties: [String: String] = [:]
        for (name, value) in environment where !Self.ofTheScripts.contains(name) {
            let words = name.dropFirst("KAFKA_".count).lowercased().replacingOccurrences(of: "_", with: ".")
            let key = words.replacingOccurrences(of: "...", with: "-").replacingOccurrences(of: "..", with: "_")
            properties[key] = value
        }
        return properties
    }

    /// Settings of a KRaft broker 3.9 by name (kafka.apache.org/39/documentation.html#brokerconfigs).
    private static let known: Set<String> = [
        "node.id", "process.roles", "controller.quorum.voters", "controller.listener.names", "listeners",
        "advertised.listeners", "listener.security.protocol.map", "inter.broker.listener.name",
        "listener.name.clients.sasl.enabled.mechanisms", "listener.name.clients.scram-sha-256.sasl.jaas.config",
        "authorizer.class.name", "super.users", "allow.everyone.if.no.acl.found", "auto.create.topics.enable",
        "offsets.topic.replication.factor", "transaction.state.log.replication.factor",
        "transaction.state.log.min.isr", "log.dirs",
    ]

    @Test func everyVariableIsASettingOfTheBroker() {
        #expect(Set(properties.keys) == Self.known)
        #expect(environment.keys.allSatisfy { $0.hasPrefix("KAFKA_") || $0 == "CLUSTER_ID" })
    }

    /// Kafka's identifiers are 16 bytes in base64 for addresses, without padding.
    @Test func theClusterHasAnIdentifier() throws {
        let text = try #require(environment["CLUSTER_ID"])
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        #expect(text.count == 22 && Data(base64Encoded: plain + "==")?.count == 16)
    }

    /// From another machine there is one door, and it asks for a login; whoever needs none comes over loopback.
    @Test func onlyTheDoorWithALoginIsOpen() throws {
        let protocols = Dictionary(
            uniqueKeysWithValues: try #require(properties["listener.security.protocol.map"]).split(separator: ",")
                .map { $0.split(separator: ":") }.map { (String($0[0]), String($0[1])) })
        let listeners = try #require(properties["listeners"]).split(separator: ",").map { text in
            let match = try #require(text.wholeMatch(of: /([A-Z]+):\/\/([0-9.]+):(\d+)/))
            return (name: String(match.output.1), host: String(match.output.2), port: String(match.output.3))
        }
        #expect(Set(listeners.map(\.name)) == Set(protocols.keys))
        for listener in listeners {
            #expect((listener.host == "127.0.0.1") == (protocols[listener.name] == "PLAINTEXT"), "\(listener)")
        }
        #expect(protocols["CLIENTS"] == "SASL_PLAINTEXT")
        #expect(properties["super.users"] == "User:ANONYMOUS")
        #expect(properties["allow.everyone.if.no.acl.found"] == "false")
        #expect(properties["authorizer.class.name"] == "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
        #expect(properties["listener.name.clients.sasl.enabled.mechanisms"] == "SCRAM-SHA-256")
        #expect(
            properties["listener.name.clients.scram-sha-256.sasl.jaas.config"]
                == "org.apache.kafka.common.security.scram.ScramLoginModule required;")
        #expect(properties["controller.quorum.voters"] == "\(properties["node.id"] ?? "")@127.0.0.1:9093")
        // The image's start script would ask for a JAAS file if an advertised listener were called SASL_…
        #expect(properties["advertised.listeners"]?.contains("SASL_") == false)
    }
}
