/// One consumer group: who is in it, and how far it is with sharing out its partitions.
///
/// A pure state machine. Every event comes with the time (`now`, milliseconds of any clock that does not go back) and
/// gives the answers that are due now, to this request or to ones that have waited; nothing else happens outside.
/// Rules: Kafka documentation and KIP-62 (timeouts), KIP-345 (static members), KIP-394 (member ids), KIP-429
/// (cooperative rebalancing, which needs nothing of a broker), KIP-814 (a static leader that comes back).
struct ConsumerGroup {
    /// Kafka's names, as ListGroups and DescribeGroups give them.
    enum Phase: String {
        case empty = "Empty"
        case preparing = "PreparingRebalance"
        case completing = "CompletingRebalance"
        case stable = "Stable"
    }

    enum Action: Equatable {
        case join(GroupTicket, JoinGroupReply)
        case sync(GroupTicket, SyncGroupReply)
    }

    struct Limits: Equatable {
        /// How long an empty group waits for more members before its first generation, in milliseconds.
        var initialDelay: Int64 = 0
        var maximumMembers = 500
    }

    let name: String
    let limits: Limits
    var phase = Phase.empty
    var generation: Int32 = 0
    var protocolType: String?
    var protocolName: String?
    var leader: String?
    var members: [String: GroupMember] = [:]
    /// The members' ids in the order in which they came: the first becomes leader.
    var order: [String] = []
    /// From the name of a static member to the id it has now.
    var instances: [String: String] = [:]
    /// Ids given out to members that have not come back with them, and until when that is waited for.
    var announced: [String: Int64] = [:]
    /// Preparing: not complete before this.
    var gatherUntil: Int64?
    /// Preparing: when members that have not joined are given up. Completing: those that have not synced.
    var phaseDeadline: Int64?

    init(name: String, limits: Limits = Limits()) {
        self.name = name
        self.limits = limits
    }

    /// Nobody is in it and nobody is expected.
    var isIdle: Bool { members.isEmpty && announced.isEmpty }

    /// When ``expire(now:)`` has something to do next.
    var nextDeadline: Int64? {
        var times = members.values.filter { $0.join == nil && $0.sync == nil }.map(\.deadline)
        times += announced.values
        if let phaseDeadline { times.append(phaseDeadline) }
        if let gatherUntil { times.append(gatherUntil) }
        return times.min()
    }

    // MARK: Signs of life

    mutating func heartbeat(_ request: HeartbeatRequest, now: Int64) -> ErrorCode {
        if let problem = problem(request.member, request.instance, request.generation) { return problem }
        touch(request.member, now: now)
        return phase == .preparing ? .rebalanceInProgress : .none
    }

    /// Whether a member may commit offsets; a consumer that is in no group gives -1 as generation and no id.
    mutating func commit(_ generation: Int32, _ member: String, _ instance: String?, now: Int64) -> ErrorCode {
        if generation < 0 && member.isEmpty { return members.isEmpty ? .none : .unknownMemberId }
        if let problem = problem(member, instance, generation) { return problem }
        touch(member, now: now)
        return phase == .completing ? .rebalanceInProgress : .none
    }

    /// Whether a member is who it says it is, in the generation that is.
    func problem(_ member: String, _ instance: String?, _ generation: Int32) -> ErrorCode? {
        if let instance, let known = instances[instance], known != member { return .fencedInstanceId }
        guard let found = members[member], instance == nil || found.instance == instance else {
            return .unknownMemberId
        }
        return generation == self.generation ? nil : .illegalGeneration
    }

    private mutating func touch(_ id: String, now: Int64) {
        members[id]?.renew(now: now)
    }

    // MARK: Leaving

    mutating func leave(_ leaving: LeaveGroupRequest.Member, now: Int64) -> (error: ErrorCode, actions: [Action]) {
        var id = leaving.id
        if let instance = leaving.instance {
            guard let known = instances[instance] else { return (.unknownMemberId, []) }
            guard id.isEmpty || id == known else { return (.fencedInstanceId, []) }
            id = known
        }
        if announced.removeValue(forKey: id) != nil { return (.none, completeIfAllAreThere(now: now)) }
        guard members[id] != nil else { return (.unknownMemberId, []) }
        return (.none, remove([id], now: now))
    }

    /// Lets go of whoever has been silent too long, and ends what has taken too long.
    mutating func expire(now: Int64) -> [Action] {
        announced = announced.filter { $0.value > now }
        let silent = order.filter { id in
            members[id].map { $0.join == nil && $0.sync == nil && $0.deadline <= now } ?? false
        }
        var actions = silent.isEmpty ? [] : remove(silent, now: now)
        if let until = gatherUntil, until <= now { gatherUntil = nil }
        let isDue = phaseDeadline.map { $0 <= now } ?? false
        switch phase {
        case .preparing: actions += isDue ? complete(now: now) : completeIfAllAreThere(now: now)
        case .completing where isDue:
            actions += remove(order.filter { members[$0]?.hasSynced == false }, now: now)
        default: break
        }
        return actions
    }

    /// The connection of a waiting request is gone: its member has its session's time to come back.
    mutating func abandon(_ ticket: GroupTicket, now: Int64) {
        for (id, member) in members where member.join == ticket || member.sync == ticket {
            members[id]?.join = nil
            members[id]?.sync = nil
            members[id]?.deadline = now + member.sessionTimeout
        }
    }

    private mutating func remove(_ ids: [String], now: Int64) -> [Action] {
        var actions: [Action] = []
        for id in ids {
            actions += answerWaiting(id, .unknownMemberId)
            if let instance = members.removeValue(forKey: id)?.instance { instances[instance] = nil }
        }
        order.removeAll { members[$0] == nil }
        if leader.map({ members[$0] == nil }) ?? false { leader = order.first }
        if phase == .stable || phase == .completing { actions += prepareRebalance(now: now) }
        return actions + completeIfAllAreThere(now: now)
    }

    /// Ends the waiting of a member's requests, where it has any.
    mutating func answerWaiting(_ id: String, _ error: ErrorCode) -> [Action] {
        var actions: [Action] = []
        if let ticket = members[id]?.join { actions.append(.join(ticket, JoinGroupReply(error: error, member: id))) }
        if let ticket = members[id]?.sync { actions.append(.sync(ticket, SyncGroupReply(error: error))) }
        members[id]?.join = nil
        members[id]?.sync = nil
        return actions
    }
}
