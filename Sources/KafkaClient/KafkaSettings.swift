/// How a client reaches the cluster and how much it may hold; everything has a default except the address.
///
/// The defaults keep one process with one consumer and one producer well under 256 MiB.
public struct KafkaSettings: Sendable {
    /// How record batches are compressed on the wire and in the broker's log.
    public enum Compression: String, Sendable {
        /// No compression.
        case none
        /// LZ4: the cheapest per byte; the default.
        case lz4
        /// Zstandard at its fastest level: three fifths of what LZ4 leaves, for more processor time on both sides.
        case zstd
    }

    /// Receives librdkafka's log lines: syslog level (3 error, 4 warning, 6 information, 7 debugging) and text.
    /// Called on the thread that serves the client.
    public typealias Log = @Sendable (_ level: Int, _ text: String) -> Void

    /// `host:port`, several separated by commas.
    public var bootstrapServers: String
    /// The name under which the broker logs this client.
    public var clientIdentifier: String
    /// Records fetched ahead of the consumer, in KiB of their values alone; one response more may come. Headers and
    /// librdkafka's own notes of each record come on top: of small messages they are most of the memory, ten times the values.
    /// Measured with 200,000 visits of `bench`, peak MiB of MoH and of an auditor that is behind, and processor time of all but the
    /// auditor, microseconds a visit (three runs each, in turn with the others): 170, 156 and 140 with 4,096 and responses of 1 MiB;
    /// 132, 115 and 143 with 2,048 and half as large ones; 115, 99 and 148 with 1,024 and the same.
    public var consumerQueueKibibytes = 1_536
    /// Largest fetch response in bytes as compressed in the log; a first batch that is larger comes all the same. Unpacked it
    /// is about three times as much. Not more than half the queue: with a queue of 1 MiB and responses of as much a run was
    /// a tenth slower.
    public var fetchMaximumBytes = 524_288
    /// Largest part of one partition in a fetch response, in bytes.
    public var fetchMaximumBytesPerPartition = 524_288
    /// How long the broker may hold a fetch when there is nothing to read.
    public var fetchWaitMilliseconds = 50
    /// How long a record waits for company before its batch is sent.
    public var lingerMilliseconds = 5
    /// Compression of produced batches. Measured with 70,000 visits of `everyday`, processor time of all programs a visit,
    /// three pairs in turn: 328, 303 and 303 µs with LZ4, 344, 330 and 313 with Zstandard. For that the broker's log has
    /// 2,130 bytes a visit in place of 1,265.
    public var compression = Compression.lz4
    /// Records on their way to the broker at most, reported ones not counted; above it `enqueue` throws `isQueueFull`.
    /// The one limit: the client library's own lies above it.
    public var maximumInFlightRecords = 50_000
    /// Their keys and values at most, in KiB, with the same effect. Headers and the batches being sent come on top:
    /// reckon with about twice as much.
    public var producerQueueKibibytes = 8_192
    /// After this time an unconfirmed record is reported as failed.
    public var messageTimeoutMilliseconds = 30_000
    /// Where librdkafka's log goes; without it the lines are dropped. Never to standard error.
    public var log: Log?
    /// Any other librdkafka property (security, debugging); set last, so it wins over all of the above.
    public var extra: [String: String] = [:]

    /// Settings for a cluster, all else at its default.
    public init(bootstrapServers: String, clientIdentifier: String = "closed-cycle") {
        self.bootstrapServers = bootstrapServers
        self.clientIdentifier = clientIdentifier
    }
}

extension KafkaSettings {
    typealias Properties = [(name: String, value: String)]

    var common: Properties {
        [
            ("bootstrap.servers", bootstrapServers), ("client.id", clientIdentifier),
            ("socket.nagle.disable", "true"), ("log.queue", "true"), ("log.connection.close", "false"),
            // A broker that was killed is back within a second; the default would wait up to ten.
            ("reconnect.backoff.max.ms", "1000"), ("allow.auto.create.topics", "false"),
            // Topics exist before parties start, so a missing one is said after 2 s and not after 30.
            ("topic.metadata.propagation.max.ms", "2000"),
        ]
    }

    var overrides: Properties { extra.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    func consumerProperties(groupName: String) -> Properties {
        let own: Properties = [
            ("group.id", groupName), ("enable.auto.commit", "false"), ("enable.auto.offset.store", "false"),
            // There is no membership; but a commit under way when the broker goes is retried for this long, and closing
            // waits for it (measured: 45 s by the default).
            ("session.timeout.ms", "1000"),
            // An offset the broker does not have is shown, not jumped over: jumping would lose records unseen.
            ("auto.offset.reset", "error"), ("enable.partition.eof", "false"),
            // Only the byte limit shall bind: see FetchWakeUp for what happens when a limit is reached.
            ("queued.min.messages", "1000000"), ("queued.max.messages.kbytes", String(consumerQueueKibibytes)),
            ("fetch.wait.max.ms", String(fetchWaitMilliseconds)), ("fetch.min.bytes", "1"),
            ("fetch.max.bytes", String(fetchMaximumBytes)),
            ("max.partition.fetch.bytes", String(fetchMaximumBytesPerPartition)),
            ("fetch.error.backoff.ms", "100"), ("check.crcs", "false"),
            // What is set aside for a batch before it is unpacked, which may then grow; by default a megabyte for each.
            ("message.max.bytes", "65536"),
        ]
        return common + own + overrides
    }

    func producerProperties() -> Properties {
        let own: Properties = [
            ("acks", "all"), ("enable.idempotence", "true"), ("partitioner", "murmur2_random"),
            ("compression.type", compression.rawValue), ("compression.level", compression == .zstd ? "1" : "-1"),
            ("linger.ms", String(lingerMilliseconds)),
            ("message.timeout.ms", String(messageTimeoutMilliseconds)),
            // Above our own limit, which alone shall bind; with room for what is reserved.
            ("queue.buffering.max.messages", String(maximumInFlightRecords + 10_000)),
            ("queue.buffering.max.kbytes", String(producerQueueKibibytes + 16_384)),
        ]
        return common + own + overrides
    }

    func adminProperties() -> Properties { common + overrides }
}
