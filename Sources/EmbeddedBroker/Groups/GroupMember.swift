/// One way of sharing out partitions that a member knows, with what it says to the group's leader in it. The broker
/// compares names only: what the bytes mean, and whether partitions move at once or step by step, is the clients'.
struct GroupProtocol: Equatable {
    var name: String
    var metadata: [UInt8]
}

/// Who sent a request, as DescribeGroups shows it.
struct GroupClient: Equatable {
    var id: String
    var host: String
}

/// Names a request that waits for its answer; the coordinator knows which.
struct GroupTicket: Hashable {
    var number: Int
}

/// One member of a consumer group.
struct GroupMember: Equatable {
    let id: String
    let instance: String?
    var client: GroupClient
    /// Milliseconds without a sign of life after which the member is gone.
    var sessionTimeout: Int64
    /// Milliseconds the member may take to join again when the group rebalances.
    var rebalanceTimeout: Int64
    var protocols: [GroupProtocol]
    var assignment: [UInt8] = []
    /// When the member is gone unless it gives a sign of life; milliseconds of the coordinator's clock.
    var deadline: Int64
    /// The JoinGroup that waits for the group to be complete.
    var join: GroupTicket?
    /// The SyncGroup that waits for the leader's.
    var sync: GroupTicket?
    /// Has answered the present rebalance, though the request itself may be gone with its connection.
    var hasJoined = false
    var hasSynced = false

    var isStatic: Bool { instance != nil }

    /// A sign of life.
    mutating func renew(now: Int64) { deadline = now + sessionTimeout }

    /// From here on the member must join, unless it waits for just that.
    mutating func beginRebalance() { hasJoined = join != nil }

    func metadata(of name: String) -> [UInt8] { protocols.first { $0.name == name }?.metadata ?? [] }
}
