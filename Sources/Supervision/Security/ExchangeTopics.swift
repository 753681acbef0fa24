import Composition
public import KafkaClient
import Logging
import PartyRuntime
import ProgramLog
public import Topology

/// All topics of an exchange, made by whoever may: where the broker has rules, the parties may not.
public enum ExchangeTopics {
    /// Waits for the broker and makes what is missing.
    /// - Throws: `HostError` when the broker does not answer or refuses; nothing is made twice.
    public static func make(_ topology: Topology, settings: KafkaSettings, timeout: Duration) throws {
        let wiring = PartyWiring(party: AccessPlan.operatorName, topology: topology)
        _ = try TopicSetup.prepare(
            settings: settings, topics: wiring.topicsToCreate, timeout: timeout,
            logger: ProgramLog.logger(AccessPlan.operatorName, level: .warning))
    }
}
