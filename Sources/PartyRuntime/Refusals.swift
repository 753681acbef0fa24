public import KafkaClient

/// What a broker's refusals mean for a person.
extension KafkaSettings {
    /// The user under whom a client logs in.
    public var user: String {
        extra["sasl.username"] ?? extra["sasl.user"]
            ?? extra["ssl.certificate.location"].map { "the holder of \($0)" } ?? "an anonymous client"
    }

    /// A login that the broker does not take, in one line.
    public var refusedLogin: String { refusedLogin(by: KafkaLibrary.version) }

    /// The same for a version of the client library. Before 2.6.1 it repeats a number in SCRAM that Apache Kafka checks
    /// from version 4 on (librdkafka issue 4895), so that the best password is refused there.
    func refusedLogin(by version: KafkaLibrary.Version) -> String {
        let mechanism = (extra["sasl.mechanism"] ?? extra["sasl.mechanisms"] ?? "").uppercased()
        guard mechanism.hasPrefix("SCRAM"), version < KafkaLibrary.Version(2, 6, 1) else {
            return "the broker at \(bootstrapServers) refuses the login of \(user); check name and password in "
                + "--kafka-config"
        }
        return
            "the broker at \(bootstrapServers) refuses the login of \(user) by \(mechanism). If it is Apache Kafka 4 "
            + "or later, the cause is librdkafka \(version) on this machine: SCRAM works there from 2.6.1 on. Install a "
            + "newer librdkafka1, or log in by PLAIN over TLS or with a TLS certificate (docs/kafka.md). With any other "
            + "broker, check name and password in --kafka-config"
    }

    /// A topic that the broker does not let the user into, in one line.
    func refusedTopic(_ topic: String, _ wiring: PartyWiring?) -> String {
        let use = wiring.flatMap { wiring in wiring.use(of: topic).map { ", which \(wiring.party) \($0)" } } ?? ""
        let rules = "set the rules that cycle topology acls prints"
        let party = wiring?.party ?? "a user who may"
        // With its own login there is nothing to change but the rules.
        let advice = user == party ? rules : "give --kafka-config with the login of \(party), or \(rules)"
        return "the broker does not let \(user) into topic \(topic)\(use); \(advice)"
    }
}

extension PartyWiring {
    /// What the party does with a topic: `reads`, `writes`; nil for one that is not its business.
    func use(of topic: String) -> String? {
        if reads.contains(where: { $0.name == topic }) { return "reads" }
        if writes.contains(where: { $0.name == topic }) || deadLetterTopics.contains(topic) { return "writes" }
        return nil
    }
}
