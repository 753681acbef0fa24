import Logging
import NIOCore
import NIOPosix

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
    let groups: GroupCoordinator
    let connections: ConnectionTable
    let budget: MemoryBudget
    /// Present where clients must log in.
    let authenticator: Authenticator?
    let rules: AccessRules?
    var refusedRequests = RefusedRequests()
    private let failures: AsyncStream<BrokerError>.Continuation
    private var lastComplaint: NIODeadline?

    init(
        configuration: BrokerConfiguration, directory: DataDirectory, loop: any EventLoop, logger: Logger,
        failures: AsyncStream<BrokerError>.Continuation, quota: DiskQuota? = nil, users: UserDirectory? = nil,
        rules: AccessRules? = nil
    ) throws(StorageError) {
        self.configuration = configuration
        self.directory = directory
        self.loop = loop
        self.logger = logger
        self.failures = failures
        self.quota = quota
        self.rules = rules
        authenticator = users.map { Authenticator(users: $0, loop: loop) }
        groups = GroupCoordinator(
            loop: loop,
            limits: .init(
                initialDelay: Int64(configuration.initialRebalanceDelayMilliseconds),
                maximumMembers: configuration.maximumGroupMembers),
            maximumGroups: configuration.maximumGroups)
        connections = ConnectionTable(configuration: configuration, logger: logger)
        budget = MemoryBudget(limit: configuration.maximumBytesInFlight)
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

    /// Lets go of all that would keep the event loop, and gives the threads that must end before the loop does.
    func stop() -> [NIOThreadPool] {
        groups.stop()
        connections.closeAll()
        return [groupCommit?.threads, authenticator?.threads].compactMap(\.self)
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
}
