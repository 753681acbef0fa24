/// What a cluster says of itself.
public struct ClusterDescription: Sendable, Equatable {
    /// One broker of the cluster.
    public struct Broker: Sendable, Equatable {
        /// The broker's number in the cluster.
        public let identifier: Int32
        /// Where it tells clients to connect.
        public let host: String
        /// The port there.
        public let port: Int
    }

    /// The brokers that are up.
    public let brokers: [Broker]
    /// Topics with their number of partitions; the cluster's own topics included.
    public let topics: [String: Int]
}

/// A topic to be created.
public struct TopicSpecification: Sendable, Equatable {
    /// The topic's name.
    public let name: String
    /// How many partitions, at least 1.
    public let partitions: Int
    /// Broker settings such as `retention.ms` or `cleanup.policy`.
    public let configuration: [String: String]

    /// A topic with one replica for each partition, or the number given.
    public init(name: String, partitions: Int, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.configuration = configuration
    }
}

/// What became of a topic that was to be created.
public enum TopicCreation: Sendable, Equatable {
    /// It is new.
    case created
    /// It was there before, perhaps with other settings: compare with `KafkaAdmin.describe`.
    case existed
    /// The broker refused.
    case refused(KafkaError)
}
