/// What one user of a broker may do with one thing in it. What no rule allows is refused.
public struct AccessRule: Sendable, Hashable {
    /// What may be done, under Kafka's own names (`org.apache.kafka.common.acl.AclOperation`).
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        /// Fetch from a topic; commit as a group.
        case read = "Read"
        /// Produce to a topic.
        case write = "Write"
        /// Make a topic.
        case create = "Create"
        /// See that a thing is there.
        case describe = "Describe"
        /// Produce idempotently. Needed by brokers before Kafka 2.8 only (KIP-679).
        case idempotentWrite = "IdempotentWrite"
    }

    /// What it may be done with.
    public enum Resource: Sendable, Hashable {
        /// The topic of this name.
        case topic(String)
        /// The consumer group of this name.
        case group(String)
        /// The broker as a whole.
        case cluster
    }

    /// The user, without Kafka's `User:`.
    public var principal: String
    /// What it may do, in the order of ``Operation``.
    public var operations: [Operation]
    /// With what.
    public var resource: Resource

    /// Takes all fields; the operations are put in order.
    public init(_ principal: String, _ operations: Set<Operation>, _ resource: Resource) {
        self.principal = principal
        self.operations = Operation.allCases.filter(operations.contains)
        self.resource = resource
    }
}
