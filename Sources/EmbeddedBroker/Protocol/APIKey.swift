/// The requests this broker serves, with the versions of each.
///
/// Everything a client may ask for is here and nowhere else: ApiVersions lists it, the dispatcher switches over it.
/// Source: the message schemas of Apache Kafka, which give the first flexible version of each.
enum APIKey: Int16, CaseIterable, Sendable {
    case produce = 0
    case fetch = 1
    case listOffsets = 2
    case metadata = 3
    case offsetCommit = 8
    case offsetFetch = 9
    case findCoordinator = 10
    case joinGroup = 11
    case heartbeat = 12
    case leaveGroup = 13
    case syncGroup = 14
    case describeGroups = 15
    case listGroups = 16
    case saslHandshake = 17
    case apiVersions = 18
    case createTopics = 19
    case deleteTopics = 20
    case deleteRecords = 21
    case initProducerId = 22
    case offsetForLeaderEpoch = 23
    case addPartitionsToTxn = 24
    case addOffsetsToTxn = 25
    case endTxn = 26
    case txnOffsetCommit = 28
    case describeConfigs = 32
    case alterConfigs = 33
    case saslAuthenticate = 36
    case createPartitions = 37
    case deleteGroups = 42
    case incrementalAlterConfigs = 44
    case offsetDelete = 47
    case describeCluster = 60

    var versions: ClosedRange<Int16> {
        switch self {
        case .produce: 3...9
        case .fetch: 4...16
        case .listOffsets: 1...7
        case .metadata: 0...12
        case .offsetCommit: 1...8
        case .offsetFetch: 1...8
        case .findCoordinator: 0...4
        case .joinGroup: 0...9
        case .heartbeat: 0...4
        case .leaveGroup, .syncGroup, .describeGroups, .listGroups: 0...5
        case .saslHandshake, .incrementalAlterConfigs, .describeCluster: 0...1
        case .apiVersions: 0...4
        case .createTopics: 0...7
        case .deleteTopics: 0...6
        case .deleteRecords, .saslAuthenticate, .alterConfigs, .deleteGroups: 0...2
        case .initProducerId, .offsetForLeaderEpoch, .describeConfigs: 0...4
        case .addPartitionsToTxn, .addOffsetsToTxn, .endTxn, .txnOffsetCommit, .createPartitions: 0...3
        case .offsetDelete: 0...0
        }
    }

    /// The versions that clients are told of. Where version 0 of Produce is not among them, librdkafka believes that the
    /// broker knows neither gzip nor snappy nor lz4, and sends everything uncompressed (librdkafka #4956). Apache Kafka 4,
    /// which has no versions 0 to 2 either, tells of them as well (KAFKA-18659). Who asks for one is refused.
    var announcedVersions: ClosedRange<Int16> { self == .produce ? 0...versions.upperBound : versions }

    /// The first version with compact strings and tagged fields (KIP-482).
    var firstFlexibleVersion: Int16 {
        switch self {
        case .produce, .metadata: 9
        case .fetch: 12
        case .listOffsets, .offsetFetch, .joinGroup: 6
        case .offsetCommit: 8
        case .findCoordinator, .apiVersions, .listGroups: 3
        case .addPartitionsToTxn, .addOffsetsToTxn, .endTxn, .txnOffsetCommit: 3
        case .createTopics, .describeGroups: 5
        case .heartbeat, .leaveGroup, .syncGroup, .deleteTopics, .offsetForLeaderEpoch, .describeConfigs: 4
        case .initProducerId, .deleteRecords, .saslAuthenticate, .alterConfigs, .createPartitions, .deleteGroups: 2
        case .incrementalAlterConfigs: 1
        case .describeCluster: 0
        case .saslHandshake, .offsetDelete: Int16.max
        }
    }

    func isFlexible(_ version: Int16) -> Bool { version >= firstFlexibleVersion }

    /// What a client may ask before it has said who it is.
    var isOpenToAnybody: Bool { self == .apiVersions || self == .saslHandshake || self == .saslAuthenticate }
}
