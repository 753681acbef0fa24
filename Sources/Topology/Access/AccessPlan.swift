import Vocabulary

/// Who may do what at the broker, as the topology implies it: a party its own hops and no others, the auditor
/// everything to read and nothing to write but its own, the operator what the commands of `cycle` need.
public struct AccessPlan: Sendable, Hashable {
    /// User under which `cycle` itself works; no party may have the name.
    public static let operatorName = "cycle"

    /// All users: the parties in file order, the auditor where there is one, the operator.
    public let principals: [String]
    /// All rules, by user in that order.
    public let rules: [AccessRule]

    /// The rules of a checked topology.
    public init(_ topology: Topology) {
        let auditors = topology.audit.auditor ? [AuditPlan.auditorName] : []
        principals = topology.parties.map(\.name) + auditors + [Self.operatorName]
        rules =
            topology.parties.flatMap { Self.rules(of: $0, topology) }
            + auditors.flatMap { Self.rules(ofAuditor: $0, topology) } + Self.rules(ofOperator: topology)
    }

    /// The rules of one user.
    public func rules(of principal: String) -> [AccessRule] { rules.filter { $0.principal == principal } }

    /// Whether a rule allows it. As in Kafka, whoever may read or write a thing may also describe it.
    public func allows(
        _ principal: String, _ operation: AccessRule.Operation, _ resource: AccessRule.Resource
    ) -> Bool {
        rules.contains { rule in
            guard rule.principal == principal, rule.resource == resource else { return false }
            return rule.operations.contains(operation)
                || operation == .describe && !Set(rule.operations).isDisjoint(with: [.read, .write])
        }
    }

    private static func rules(of entry: Party, _ topology: Topology) -> [AccessRule] {
        let party = entry.name
        let letters = Set(topology.topicsRead(by: party).map { topology.deadLetters.topicName(for: $0.name) })
        let topics = topology.topicsToCreate.map(\.name).compactMap { name -> AccessRule? in
            var operations: Set<AccessRule.Operation> = []
            if let topic = topology.topic(named: name) {
                if topic.readers.contains(party) { operations.insert(.read) }
                if topic.writers.contains(party) { operations.insert(.write) }
                // A shard hands on what is not its own.
                if entry.instances > 1, topic.readers.contains(party), topic.isSharedByRecord {
                    operations.insert(.write)
                }
            }
            if letters.contains(name) { operations.insert(.write) }
            // Each party publishes its checkpoints, and cosigns those of the others.
            if name == topology.audit.checkpoints { operations.formUnion([.read, .write]) }
            guard !operations.isEmpty else { return nil }
            return AccessRule(party, operations.union([.describe]), .topic(name))
        }
        return topics + groups(of: entry) + [AccessRule(party, [.idempotentWrite], .cluster)]
    }

    private static func rules(ofAuditor auditor: String, _ topology: Topology) -> [AccessRule] {
        let topics = topology.topicsToCreate.map { entry in
            let own: Set<AccessRule.Operation> = entry.name == topology.audit.checkpoints ? [.write] : []
            return AccessRule(auditor, own.union([.read, .describe]), .topic(entry.name))
        }
        return topics + groups(of: auditor) + [AccessRule(auditor, [.idempotentWrite], .cluster)]
    }

    /// Making topics; `tail`; `redrive`, which writes where a letter came
    /// from; what people have done. Never a dead letter, a checkpoint or a
    /// signature.
    private static func rules(ofOperator topology: Topology) -> [AccessRule] {
        let topics = topology.topicsToCreate.map { entry in
            let topic = topology.topic(named: entry.name)
            // Signatures are the signatories' own: each makes its own with its own key.
            let isWritten = topic.map { $0.carries != .agreementSignature } ?? (entry.name == topology.audit.access)
            let own: Set<AccessRule.Operation> = isWritten ? [.write] : []
            return AccessRule(operatorName, own.union([.read, .create, .describe]), .topic(entry.name))
        }
        // How far the parties have read.
        let lags = topology.parties.map { AccessRule(operatorName, [.describe], .group($0.name)) }
        return topics + groups(of: operatorName) + lags
            + [AccessRule(operatorName, [.describe, .idempotentWrite], .cluster)]
    }

    /// A user's group, and the one of its readers that commit nothing.
    private static func groups(of principal: String) -> [AccessRule] {
        ["", "-reader"].map { AccessRule(principal, [.read, .describe], .group(principal + $0)) }
    }

    /// With several instances also the group in which they share the partitions.
    private static func groups(of party: Party) -> [AccessRule] {
        let shared =
            party.instances > 1 ? [AccessRule(party.name, [.read, .describe], .group(party.instancesGroup))] : []
        return groups(of: party.name) + shared
    }
}
