public import KafkaClient

/// What a broker's refusals mean for a person.
extension KafkaSettings {
    /// The user under whom a client logs in.
    public var user: String { extra["sasl.username"] ?? extra["sasl.user"] ?? "an anonymous client" }

    /// A login that the broker does not take, in one line.
    public var refusedLogin: String {
        "the broker at \(bootstrapServers) refuses the login of \(user); check name and password in --kafka-config"
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
