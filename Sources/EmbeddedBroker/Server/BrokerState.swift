import Logging
import NIOCore

/// All that the broker knows, in one place and on one event loop.
final class BrokerState {
    let configuration: BrokerConfiguration
    let loop: any EventLoop
    let logger: Logger
    let directory: DataDirectory
    let catalog: TopicCatalog
    let offsets: CommittedOffsets
    let producerIds: ProducerIds
    /// Present where an acknowledgement must wait for the disk.
    let groupCommit: GroupCommit?
    let quota: DiskQuota?
    private let failures: AsyncStream<BrokerError>.Continuation
    private var connections: [ObjectIdentifier: any Channel] = [:]
    private var lastComplaint: NIODeadline?

    init(
        configuration: BrokerConfiguration, directory: DataDirectory, loop: any EventLoop, logger: Logger,
        failures: AsyncStream<BrokerError>.Continuation, quota: DiskQuota? = nil
    ) throws(StorageError) {
        self.configuration = configuration
        self.directory = directory
        self.loop = loop
        self.logger = logger
        self.failures = failures
        self.quota = quota
        catalog = try TopicCatalog(directory, configuration: configuration, quota: quota, logger: logger)
        offsets = try CommittedOffsets(directory.offsetsPath, quota: quota, logger: logger)
        producerIds = try ProducerIds(directory.producerIdsPath, quota: quota)
        groupCommit = configuration.durability == .power ? GroupCommit(loop: loop) : nil
    }

    func partition(_ topic: String, _ index: Int32) -> PartitionLog? { catalog.topics[topic]?.partition(index) }

    /// Tells the log and whoever runs the broker that storage failed; at most once a second, for clients retry.
    func storageFailed(_ error: StorageError) {
        let now = NIODeadline.now()
        if let lastComplaint, now - lastComplaint < .seconds(1) { return }
        lastComplaint = now
        logger.error(
            error.isFull ? "the disk is full: nothing more is accepted" : "storage failed",
            metadata: ["reason": "\(error)"])
        failures.yield(BrokerError(error))
    }

    // MARK: Retention

    /// Applies every topic's retention rule as of `now` (milliseconds since 1970); returns the segments deleted.
    func applyRetention(now: Int64) -> Int {
        var deleted = 0
        for topic in catalog.topics.values {
            let rule = topic.settings.retention
            guard rule.milliseconds != nil || rule.bytes != nil else { continue }
            for log in topic.partitions {
                let consumed = rule.consumers.map {
                    offsets.commit(of: $0, topic.name, log.partition)?.offset ?? 0
                }.min()
                do {
                    let count = try log.applyRetention(rule, now: now, consumedUpTo: consumed)
                    if count > 0 {
                        logger.info(
                            "old segments deleted",
                            metadata: [
                                "partition": "\(log.name)", "segments": "\(count)", "start": "\(log.startOffset)",
                            ])
                    }
                    deleted += count
                } catch {
                    storageFailed(error)
                }
            }
        }
        return deleted
    }

    // MARK: Connections

    /// Notes a new connection; `false` where there are too many.
    func admit(_ channel: any Channel) -> Bool {
        guard connections.count < configuration.maximumConnections else {
            logger.warning("connection refused: too many", metadata: ["limit": "\(connections.count)"])
            return false
        }
        let key = ObjectIdentifier(channel)
        connections[key] = channel
        channel.closeFuture.assumeIsolated().whenComplete { [self] _ in connections[key] = nil }
        return true
    }

    func closeConnections() {
        for channel in connections.values { channel.close(promise: nil) }
    }
}
