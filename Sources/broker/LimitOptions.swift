import ArgumentParser
import EmbeddedBroker

/// What clients may take of the broker.
struct LimitOptions: ParsableArguments {
    @Option(help: "The largest request accepted, in bytes.")
    var maxFrameBytes: Int?

    @Option(help: "The most connections, all together.")
    var maxConnections: Int?

    @Option(help: "The most connections from one address.")
    var maxConnectionsPerAddress: Int?

    @Option(help: "The most memory for requests and replies under way, in bytes.")
    var maxBytesInFlight: Int?

    @Option(help: "The most topics.")
    var maxTopics: Int?

    @Option(help: "The most partitions, of all topics together.")
    var maxPartitions: Int?

    @Option(help: "Close a connection without a request for this many seconds.")
    var idleTimeout: Int?

    @Option(help: "Milliseconds that an empty consumer group waits for more members before its first assignment.")
    var groupDelay: Int?

    func apply(to settings: inout BrokerConfiguration) {
        if let maxFrameBytes { settings.maximumFrameBytes = maxFrameBytes }
        if let maxConnections { settings.maximumConnections = maxConnections }
        if let maxConnectionsPerAddress { settings.maximumConnectionsPerAddress = maxConnectionsPerAddress }
        if let maxBytesInFlight { settings.maximumBytesInFlight = maxBytesInFlight }
        if let maxTopics { settings.maximumTopics = maxTopics }
        if let maxPartitions { settings.maximumPartitions = maxPartitions }
        if let idleTimeout { settings.idleTimeoutSeconds = idleTimeout }
        if let groupDelay { settings.initialRebalanceDelayMilliseconds = groupDelay }
    }
}
