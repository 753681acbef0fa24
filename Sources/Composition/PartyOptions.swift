public import ArgumentParser
public import KafkaClient
public import Logging
import ProgramLog

/// How a program reaches the broker.
public struct BrokerOptions: ParsableArguments {
    /// Address of the broker.
    @Option(help: "The broker, HOST:PORT; several separated by commas.")
    public var bootstrapServers: String

    /// How long to wait for it.
    @Option(help: "Seconds to wait for the broker at the start.")
    public var startupTimeout: Double = 30

    /// Other client settings.
    @Option(help: "A file of librdkafka settings, one NAME=VALUE a line; they win over all others.")
    public var kafkaConfig: String?

    /// For ArgumentParser.
    public init() {}

    /// The same, from code.
    public init(bootstrapServers: String, startupTimeout: Double = 30, kafkaConfig: String? = nil) {
        self.bootstrapServers = bootstrapServers
        self.startupTimeout = startupTimeout
        self.kafkaConfig = kafkaConfig
    }

    /// For ArgumentParser: refuses what cannot be an address or a time.
    public func validate() throws {
        for server in bootstrapServers.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = server.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count >= 2, let port = parts.last.flatMap({ UInt16($0) }), port > 0, parts[0] != "" else {
                throw ValidationError("'\(bootstrapServers)' is not HOST:PORT")
            }
        }
        guard startupTimeout > 0, startupTimeout <= 86_400 else {
            throw ValidationError("--startup-timeout is from above 0 to 86400 seconds")
        }
    }

    /// How long to wait for the broker.
    public var timeout: Duration { .milliseconds(Int64(startupTimeout * 1_000)) }

    /// Settings of a client.
    /// - Throws: ``ProgramFailure`` when the settings file cannot be read.
    public func settings(client: String) throws -> KafkaSettings {
        var settings = KafkaSettings(bootstrapServers: bootstrapServers, clientIdentifier: client)
        if let kafkaConfig { settings.extra = try ClientSettingsFile.read(kafkaConfig) }
        return settings
    }
}

/// What every party's program takes.
public struct PartyOptions: ParsableArguments {
    /// The exchange.
    @Option(help: "The topology file; by default the shipped one.")
    public var topology: String?

    /// The broker.
    @OptionGroup public var broker: BrokerOptions

    /// Where the party keeps its data.
    @Option(help: "The party's data directory; made where it does not exist.")
    public var data: String

    /// Where the party publishes what an auditor needs.
    @Option(help: "A directory for the party's public key and latest checkpoint, beside those of the others.")
    public var evidence: String?

    /// The people, cards and visits.
    @Option(help: "The scenario, by name or path: who lives in it, and what the facilities submit.")
    public var scenario: String?

    /// Number of visits, in place of the scenario's.
    @Option(help: "Visits to submit, in place of the scenario's number.")
    public var records: Int?

    /// Seed, in place of the scenario's.
    @Option(help: "The seed, in place of the scenario's.")
    public var seed: UInt64?

    /// Registers of people of one's own.
    @Option(
        help: """
            A folder with registers of your own, as cycle up makes it: of people for vss and c06 (--people), of \
            facilities for moh (--facilities).
            """)
    public var registers: String?

    /// Whether these are the only people.
    @Flag(help: "Nobody lives there but the people of --registers.")
    public var onlyThesePeople = false

    /// Whether VSS remembers visits.
    @Flag(help: "For vss: remember the latest visits of each card's holder, for those who look the card up.")
    public var rememberVisits = false

    /// Name in the topology.
    @Option(help: "The party's name in the topology; by default the only one with this role.")
    public var party: String?

    /// Name of an instance.
    @Option(
        help:
            "For a party with several instances: the name under which this one keeps its partitions over a restart."
    )
    public var instance: String?

    /// Time after which a silent instance's partitions go to others.
    @Option(help: "For a party with several instances: seconds without a sign of life until others take over.")
    public var sessionTimeout: Double = 6

    /// Whether to stop at the end of standard input.
    @Flag(help: "Stop at the end of standard input: when whoever started the party is gone.")
    public var stopWithParent = false

    /// Least severe messages logged.
    @Option(help: "The least severe messages to log, on standard error.")
    public var logLevel = Logger.Level.info

    /// For ArgumentParser.
    public init() {}

    /// For ArgumentParser: refuses a negative number of visits, and what can be no session or name.
    public func validate() throws {
        if onlyThesePeople, registers == nil {
            throw ValidationError("--only-these-people is said of those in --registers")
        }
        if let records, records < 0 { throw ValidationError("--records is 0 or more") }
        guard (1...1_800).contains(sessionTimeout) else {
            throw ValidationError("--session-timeout is from 1 to 1800 seconds; Kafka itself wants 6 at least")
        }
        if let instance, instance.isEmpty || instance.utf8.count > 249 {
            throw ValidationError("--instance is a name of up to 249 bytes")
        }
    }
}
