public import Composition
public import KafkaClient
import PartyRuntime
import ProgramLog
public import Topology

/// Makes sure that a run on somebody else's broker begins with empty topics: old messages would be counted as its own.
public enum FreshBroker {
    /// Waits for the broker and looks into the exchange's topics.
    /// - Parameter onRetry: Called about once a second while the broker does not answer.
    /// - Throws: ``ProgramFailure`` when the broker does not answer in time, or a topic holds messages already.
    public static func require(
        _ options: BrokerOptions, topology: Topology, settings: KafkaSettings, onRetry: () -> Void
    ) throws {
        let cluster: ClusterDescription
        do throws(KafkaError) {
            cluster = try KafkaAdmin.waitForBroker(settings: settings, timeout: options.timeout) { error in
                ProgramWord.say("waiting for the broker at \(settings.bootstrapServers): \(error.message)", by: "cycle")
                onRetry()
            }
        } catch {
            if error.isAuthentication { throw ProgramFailure(settings.refusedLogin) }
            throw ProgramFailure(
                "no broker at \(settings.bootstrapServers) within \(options.startupTimeout) s; check the address, or "
                    + "start the broker")
        }
        let admin = try KafkaAdmin(settings: settings)
        defer { admin.close() }
        for entry in topology.topicsToCreate {
            guard let partitions = cluster.topics[entry.name] else { continue }
            if try admin.ends(ofTopic: entry.name, partitions: partitions).contains(where: { $0 > 0 }) {
                throw ProgramFailure(
                    "topic \(entry.name) at \(settings.bootstrapServers) holds messages of another run already; "
                        + "delete its topics, or use another broker")
            }
        }
    }
}
