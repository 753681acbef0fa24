extension ConsumerGroup {
    /// A member joins, for the first time or again.
    ///
    /// - Parameters:
    ///   - freshId: the id it gets if it has none.
    ///   - announcesIds: a member without an id only learns its id and joins with it then (KIP-394).
    ///   - skipsAssignment: the client knows how to be told that its leadership needs no new assignment (KIP-814).
    mutating func join(
        _ request: JoinGroupRequest, _ ticket: GroupTicket, _ client: GroupClient, freshId: String,
        announcesIds: Bool, skipsAssignment: Bool, now: Int64
    ) -> [Action] {
        func refuse(_ error: ErrorCode, _ member: String? = nil) -> [Action] {
            [.join(ticket, JoinGroupReply(error: error, member: member ?? request.member))]
        }
        guard canShare(with: request) else { return refuse(.inconsistentGroupProtocol) }
        if let instance = request.instance, let known = instances[instance] {
            guard request.member.isEmpty || request.member == known else { return refuse(.fencedInstanceId) }
            if request.member.isEmpty {
                return replace(known, by: freshId, request, ticket, client, skipsAssignment, now)
            }
        }
        if members[request.member] != nil { return rejoin(request, ticket, client, now: now) }
        let wasAnnounced = announced.removeValue(forKey: request.member) != nil
        guard wasAnnounced || request.member.isEmpty else { return refuse(.unknownMemberId) }
        guard members.count + announced.count < limits.maximumMembers else { return refuse(.groupMaxSizeReached, "") }
        if request.member.isEmpty && request.instance == nil && announcesIds {
            announced[freshId] = now + Int64(request.sessionTimeout)
            return refuse(.memberIdRequired, freshId)
        }
        let id = wasAnnounced ? request.member : freshId
        add(id, request, client, now: now)
        return update(id, request, ticket, client, now: now) + enter(now: now)
    }

    /// Whether the member and those who are here have a way of sharing in common.
    private func canShare(with request: JoinGroupRequest) -> Bool {
        guard !request.protocolType.isEmpty, !request.protocols.isEmpty else { return false }
        let others = members.values.filter {
            $0.id != request.member && $0.instance.map { $0 != request.instance } ?? true
        }
        guard let some = others.first else { return true }
        guard protocolType == request.protocolType else { return false }
        return some.protocols.contains { candidate in
            request.protocols.contains { $0.name == candidate.name }
                && others.allSatisfy { $0.protocols.contains { $0.name == candidate.name } }
        }
    }

    private mutating func add(_ id: String, _ request: JoinGroupRequest, _ client: GroupClient, now: Int64) {
        if members.isEmpty { protocolType = request.protocolType }
        members[id] = GroupMember(
            id: id, instance: request.instance, client: client, sessionTimeout: 0, rebalanceTimeout: 0, protocols: [],
            deadline: now)
        order.append(id)
        if let instance = request.instance { instances[instance] = id }
        if leader == nil { leader = id }
    }

    /// Takes over what a JoinGroup says of its member, which waits from now on.
    private mutating func update(
        _ id: String, _ request: JoinGroupRequest, _ ticket: GroupTicket, _ client: GroupClient, now: Int64
    ) -> [Action] {
        // A client that asks again while the first request waits has given that one up.
        let actions = answerWaiting(id, .rebalanceInProgress)
        members[id]?.client = client
        members[id]?.sessionTimeout = Int64(request.sessionTimeout)
        members[id]?.rebalanceTimeout = Int64(max(request.rebalanceTimeout, 0))
        members[id]?.protocols = request.protocols
        members[id]?.deadline = now + Int64(request.sessionTimeout)
        members[id]?.join = ticket
        members[id]?.hasJoined = true
        return actions
    }

    /// A member that waits now is part of the next generation.
    private mutating func enter(now: Int64) -> [Action] {
        if phase != .preparing { return prepareRebalance(now: now) + completeIfAllAreThere(now: now) }
        // Whoever comes while the first generation gathers lengthens the gathering, but not beyond its end.
        if gatherUntil != nil { gatherUntil = min(now + limits.initialDelay, phaseDeadline ?? now) }
        return completeIfAllAreThere(now: now)
    }

    private mutating func rejoin(
        _ request: JoinGroupRequest, _ ticket: GroupTicket, _ client: GroupClient, now: Int64
    ) -> [Action] {
        let id = request.member
        let isUnchanged = members[id]?.protocols == request.protocols
        let needsRebalance = !isUnchanged || (phase == .stable && id == leader)
        if phase == .preparing || needsRebalance {
            return update(id, request, ticket, client, now: now) + enter(now: now)
        }
        // It did not hear the answer the first time: it gets the same one.
        members[id]?.deadline = now + Int64(request.sessionTimeout)
        return [.join(ticket, reply(to: id))]
    }

    /// A static member is back under a new id: it takes the old one's place and its partitions.
    private mutating func replace(
        _ old: String, by id: String, _ request: JoinGroupRequest, _ ticket: GroupTicket, _ client: GroupClient,
        _ skipsAssignment: Bool, _ now: Int64
    ) -> [Action] {
        var actions = answerWaiting(old, .fencedInstanceId)
        let wasLeader = leader == old
        let place = order.firstIndex(of: old)
        let former = members.removeValue(forKey: old)
        add(id, request, client, now: now)
        order.removeAll { $0 == id }
        if let place { order[place] = id }
        if wasLeader { leader = id }
        members[id]?.assignment = former?.assignment ?? []
        members[id]?.hasSynced = former?.hasSynced ?? false
        actions += update(id, request, ticket, client, now: now)
        guard phase == .stable, chosenProtocol == protocolName else { return actions + enter(now: now) }
        members[id]?.join = nil
        members[id]?.hasJoined = false
        var reply = reply(to: id)
        if wasLeader && skipsAssignment {
            reply.skipAssignment = true
        } else if wasLeader {
            // A client that cannot skip must not think it leads: its assignment would reach nobody.
            reply.leader = old
            reply.members = []
        }
        return actions + [.join(ticket, reply)]
    }
}
