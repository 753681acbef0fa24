import Dispatch
import Foundation
import KafkaClient
public import Logging
public import PartyCore
import Synchronization
public import Topology

/// How one of several instances of a party takes part.
public struct InstanceConfiguration: Sendable {
    /// As for a party of one instance; the directory is that of the party, with the shards' directories in it.
    public var host: HostConfiguration
    /// Name under which it keeps its shards over a restart; nil for an instance that takes what it is given.
    public var name: String?
    /// After how long without a sign of life an instance's shards go to others, milliseconds.
    public var sessionTimeoutMilliseconds = 6_000

    /// Takes what has no default.
    public init(host: HostConfiguration) { self.host = host }
}

/// One of several instances of a party. It joins the group `PARTY.instances`, runs a host for each shard that the group
/// gives it, each on a thread of its own, and stops a shard's host before it lets go of the shard.
///
/// The group says only who has what. It is not the group to which the hosts commit how far they have read: Kafka takes
/// commits to a group that has members from its members alone.
public final class PartyInstance<Core: PartyCore.Party> {
    private let core: Core
    private let party: String
    private let topology: Topology
    private let configuration: InstanceConfiguration
    private let stop: StopSignal
    private let logger: Logger
    private let guest: HostGuest?
    private var shards: [Int32: RunningShard] = [:]
    /// Shards that were lost and whose hosts may not have stopped yet.
    private var leaving: [RunningShard] = []
    private let failure = FirstFailure()

    /// How long a shard's host may take to stop before its shard is let go of all the same, milliseconds: its lock then
    /// tells the next owner to wait. Less at the end of the process, with which all locks go.
    private var patience: Int { stop.isRequested ? 2_000 : 10_000 }

    /// An instance of a party of a checked topology.
    /// - Parameter guest: Changes what the first shard does, which stands for the party; nil for every honest party.
    public init(
        core: Core, party: String, topology: Topology, configuration: InstanceConfiguration, stop: StopSignal,
        logger: Logger, guest: HostGuest? = nil
    ) {
        self.guest = guest
        self.core = core
        self.party = party
        self.topology = topology
        self.configuration = configuration
        self.stop = stop
        self.logger = logger
    }

    /// Runs until asked to stop, then finishes all shards and leaves the group.
    /// - Throws: ``HostError``, `KafkaError` or a store's error: also that of any shard, for a party that cannot go on
    ///   with one of them is to say so.
    public func run() throws {
        guard let group = topology.party(named: party)?.instancesGroup,
            let topic = topology.topicsRead(by: party).first(where: \.isSharedByRecord)
        else { return }
        let wiring = PartyWiring(party: party, topology: topology)
        _ = try TopicSetup.prepare(
            settings: configuration.host.kafka, topics: wiring.topicsToCreate, wiring: wiring,
            timeout: configuration.host.startupTimeout, logger: logger)
        var settings = GroupMembership.Settings(group: group, topic: topic.name)
        settings.sessionTimeoutMilliseconds = configuration.sessionTimeoutMilliseconds
        settings.instance = configuration.name
        let membership = try GroupMembership(settings: configuration.host.kafka, membership: settings)
        failure.wakes(membership.waker())
        stop.wakes(membership.waker())
        logger.info("\(party): joining \(settings.group)")
        while !stop.isRequested, failure.first == nil {
            membership.serve(timeoutMilliseconds: 1_000) { take($0) }
        }
        finish(membership)
        if let error = failure.first { throw error }
        logger.info("\(party): this instance has stopped")
    }

    private func take(_ change: GroupMembership.Change) {
        switch change {
        case .given(let partitions):
            logger.info("\(party): given the shards \(Self.list(partitions))")
            for partition in partitions { shards[partition] = start(partition) }
        case .taken(let partitions, let isLost):
            let taken = partitions.compactMap { shards.removeValue(forKey: $0) }
            for shard in taken { shard.requestStop() }
            if isLost {
                logger.warning("\(party): the session is over, the shards \(Self.list(partitions)) are lost")
                leaving += taken
            } else {
                awaitStop(taken)
                logger.info("\(party): let go of the shards \(Self.list(partitions))")
            }
        case .problem(let error):
            logger.warning("\(party): membership: \(error.message)")
            if error.isFatal { failure.note(error) }
        }
    }

    private static func list(_ partitions: [Int32]) -> String {
        partitions.sorted().map { String($0) }.joined(separator: ", ")
    }

    private func start(_ partition: Int32) -> RunningShard {
        let shard = Shard(party: party, partition: Int(partition))
        var own = configuration.host
        own.directory = shard.directory(in: configuration.host.directory)
        own.kafka.clientIdentifier = shard.name
        let host = ShardHost(
            core: core, wiring: PartyWiring(shard: shard, topology: topology), configuration: own, logger: logger,
            guest: partition == 0 ? guest : nil)
        return RunningShard(
            failed: { [failure] in failure.note($0) },
            work: { try host.run($0) })
    }

    private func awaitStop(_ shards: [RunningShard]) {
        let deadline = DispatchTime.now() + .milliseconds(patience)
        for shard in shards where !shard.awaitStop(until: deadline) {
            logger.warning("\(party): a shard has not stopped in time; whoever gets it waits for its lock")
        }
    }

    private func finish(_ membership: GroupMembership) {
        for shard in shards.values { shard.requestStop() }
        membership.close { take($0) }
        awaitStop(Array(shards.values) + leaving)
    }
}

/// The first error of any shard, told by its thread to the one that directs the instance.
private final class FirstFailure: Sendable {
    private let state = Mutex<(error: (any Error)?, waker: ConsumerWaker?)>((nil, nil))

    var first: (any Error)? { state.withLock { $0.error } }

    func wakes(_ waker: ConsumerWaker) { state.withLock { $0.waker = waker } }

    func note(_ error: any Error) {
        let waker = state.withLock { state in
            if state.error == nil { state.error = error }
            return state.waker
        }
        waker?.wake()
    }
}
