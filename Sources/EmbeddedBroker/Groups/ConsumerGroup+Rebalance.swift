extension ConsumerGroup {
    /// Begins a rebalance: every member must join again.
    mutating func prepareRebalance(now: Int64) -> [Action] {
        var actions: [Action] = []
        for id in order {
            if let ticket = members[id]?.sync {
                actions.append(.sync(ticket, SyncGroupReply(error: .rebalanceInProgress)))
                members[id]?.sync = nil
                members[id]?.renew(now: now)
            }
            if phase == .completing { members[id]?.assignment = [] }
            members[id]?.beginRebalance()
        }
        let isFirst = phase == .empty && limits.initialDelay > 0
        phase = .preparing
        phaseDeadline = now + (members.values.map(\.rebalanceTimeout).max() ?? 0)
        gatherUntil = isFirst ? min(now + limits.initialDelay, phaseDeadline ?? now) : nil
        return actions
    }

    mutating func completeIfAllAreThere(now: Int64) -> [Action] {
        guard phase == .preparing, gatherUntil == nil, announced.isEmpty,
            members.values.allSatisfy(\.hasJoined)
        else { return [] }
        return complete(now: now)
    }

    /// Ends the joining: whoever is here makes the next generation. Static members are waited for by their session
    /// only, so they belong to it even when they have not joined.
    mutating func complete(now: Int64) -> [Action] {
        for id in order where members[id]?.hasJoined == false && members[id]?.isStatic == false { members[id] = nil }
        order.removeAll { members[$0] == nil }
        gatherUntil = nil
        guard !members.isEmpty else {
            generation = Self.next(generation)
            phase = .empty
            (phaseDeadline, protocolName, leader) = (nil, nil, nil)
            return []
        }
        guard let firstJoined = order.first(where: { members[$0]?.hasJoined == true }) else {
            phaseDeadline = now + (members.values.map(\.rebalanceTimeout).max() ?? 0)
            return []
        }
        if leader.flatMap({ members[$0]?.hasJoined }) != true { leader = firstJoined }
        generation = Self.next(generation)
        protocolName = chosenProtocol
        phase = .completing
        phaseDeadline = now + (members.values.map(\.rebalanceTimeout).max() ?? 0)
        var actions: [Action] = []
        for id in order {
            if let ticket = members[id]?.join { actions.append(.join(ticket, reply(to: id))) }
            members[id]?.join = nil
            members[id]?.hasJoined = false
            members[id]?.hasSynced = false
            members[id]?.renew(now: now)
        }
        return actions
    }

    /// What a member is told about the present generation. The leader hears of all the others.
    func reply(to id: String) -> JoinGroupReply {
        var reply = JoinGroupReply(
            error: .none, generation: generation, protocolType: protocolType, protocolName: protocolName,
            leader: leader ?? "", member: id)
        guard id == leader, let name = protocolName else { return reply }
        reply.members = order.compactMap { members[$0] }.map {
            .init(id: $0.id, instance: $0.instance, metadata: $0.metadata(of: name))
        }
        return reply
    }

    /// The way of sharing that all know and most want: each member votes for the first of its own that all know.
    var chosenProtocol: String? {
        let all = order.compactMap { members[$0] }
        guard let first = all.first else { return nil }
        let common = first.protocols.map(\.name).filter { name in
            all.allSatisfy { $0.protocols.contains { $0.name == name } }
        }
        var votes: [String: Int] = [:]
        for member in all {
            if let vote = member.protocols.first(where: { common.contains($0.name) }) {
                votes[vote.name, default: 0] += 1
            }
        }
        let most = votes.values.max()
        return common.first { votes[$0] == most }
    }

    /// A member asks for its part; the leader brings everybody's.
    mutating func sync(_ request: SyncGroupRequest, _ ticket: GroupTicket, now: Int64) -> [Action] {
        func refuse(_ error: ErrorCode) -> [Action] { [.sync(ticket, SyncGroupReply(error: error))] }
        let id = request.member
        if let problem = problem(id, request.instance, request.generation) { return refuse(problem) }
        guard request.protocolType.map({ $0 == protocolType }) ?? true,
            request.protocolName.map({ $0 == protocolName }) ?? true
        else { return refuse(.inconsistentGroupProtocol) }
        switch phase {
        case .empty: return refuse(.unknownMemberId)
        case .preparing: return refuse(.rebalanceInProgress)
        case .stable:
            members[id]?.renew(now: now)
            return [.sync(ticket, part(of: id))]
        case .completing:
            var actions = answerWaiting(id, .rebalanceInProgress)
            members[id]?.sync = ticket
            members[id]?.hasSynced = true
            if id == leader { actions += share(request.assignments, now: now) }
            return actions
        }
    }

    private mutating func share(_ assignments: [String: [UInt8]], now: Int64) -> [Action] {
        phase = .stable
        phaseDeadline = nil
        var actions: [Action] = []
        for id in order {
            members[id]?.assignment = assignments[id] ?? []
            guard let ticket = members[id]?.sync else { continue }
            actions.append(.sync(ticket, part(of: id)))
            members[id]?.sync = nil
            members[id]?.renew(now: now)
        }
        return actions
    }

    private func part(of id: String) -> SyncGroupReply {
        SyncGroupReply(
            error: .none, protocolType: protocolType, protocolName: protocolName,
            assignment: members[id]?.assignment ?? [])
    }

    /// Generations count up; beyond the largest they begin again rather than trap.
    private static func next(_ generation: Int32) -> Int32 { generation == Int32.max ? 1 : generation + 1 }
}
