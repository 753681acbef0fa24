import NIOCore

/// Answers the members of consumer groups, and whoever asks about groups.
struct GroupService {
    let broker: BrokerState
    let caller: Caller

    // MARK: Members

    func join(_ request: JoinGroupRequest, _ header: RequestHeader) -> Answer {
        if let problem = problem(with: request) {
            return .now(frame(JoinGroupReply(error: problem, member: request.member), header))
        }
        let name = request.instance ?? (caller.client.id.isEmpty ? "member" : caller.client.id)
        let freshId = "\(name.prefix(128))-\(UniqueId.make())"
        return wait { completion in
            broker.groups.ask(
                request.group, makesGroup: request.member.isEmpty,
                { group, ticket, now in
                    group.join(
                        request, ticket, caller.client, freshId: freshId, announcesIds: header.version >= 4,
                        skipsAssignment: header.version >= 9, now: now)
                }, completion)
        } frame: { action in
            if case .join(_, let reply) = action { return frame(reply, header) }
            return frame(JoinGroupReply(error: .unknownMemberId, member: request.member), header)
        }
    }

    private func problem(with request: JoinGroupRequest) -> ErrorCode? {
        guard !request.group.isEmpty else { return .invalidGroupId }
        guard caller.may(.read, .group(request.group)) else { return .groupAuthorizationFailed }
        let range = broker.configuration.sessionTimeoutMilliseconds
        guard range.contains(Int(request.sessionTimeout)) else { return .invalidSessionTimeout }
        guard broker.groups.groups[request.group] == nil else { return nil }
        guard request.member.isEmpty else { return .unknownMemberId }
        return broker.groups.isFull ? .coordinatorNotAvailable : nil
    }

    func sync(_ request: SyncGroupRequest, _ header: RequestHeader) -> Answer {
        if let problem = problem(with: request.group) { return .now(frame(SyncGroupReply(error: problem), header)) }
        return wait { completion in
            broker.groups.ask(
                request.group, makesGroup: false, { group, ticket, now in group.sync(request, ticket, now: now) },
                completion)
        } frame: { action in
            if case .sync(_, let reply) = action { return frame(reply, header) }
            return frame(SyncGroupReply(error: .unknownMemberId), header)
        }
    }

    /// Why nobody can be a member of `group` for this caller; `nil` where somebody may be.
    private func problem(with group: String) -> ErrorCode? {
        guard !group.isEmpty else { return .invalidGroupId }
        guard caller.may(.read, .group(group)) else { return .groupAuthorizationFailed }
        return broker.groups.groups[group] == nil ? .unknownMemberId : nil
    }

    /// Asks the coordinator, and waits where it does not answer at once.
    private func wait(
        _ ask: (@escaping GroupCoordinator.Completion) -> GroupTicket?,
        frame: @escaping (ConsumerGroup.Action) -> ByteBuffer
    ) -> Answer {
        let pending = PendingAnswer()
        let ticket = ask { action in pending.complete(frame(action)) }
        if let frame = pending.frame { return .now(frame) }
        if let ticket { pending.whenAbandoned = { broker.groups.abandon(ticket) } }
        return .later(pending)
    }

    func heartbeat(_ request: HeartbeatRequest) -> HeartbeatReply {
        if let problem = problem(with: request.group) { return HeartbeatReply(error: problem) }
        var error = ErrorCode.unknownMemberId
        broker.groups.update(request.group) { group in
            error = group.heartbeat(request, now: GroupCoordinator.now)
            return []
        }
        return HeartbeatReply(error: error)
    }

    func leave(_ request: LeaveGroupRequest) -> LeaveGroupReply {
        if let problem = problem(with: request.group), problem != .unknownMemberId {
            return LeaveGroupReply(error: problem)
        }
        var reply = LeaveGroupReply(error: .none)
        for member in request.members {
            var error = ErrorCode.unknownMemberId
            broker.groups.update(request.group) { group in
                let outcome = group.leave(member, now: GroupCoordinator.now)
                error = outcome.error
                return outcome.actions
            }
            reply.members.append((member, error))
        }
        return reply
    }

    // MARK: Administration

    func describe(_ request: DescribeGroupsRequest) -> DescribeGroupsReply {
        DescribeGroupsReply(
            groups: request.groups.map { name in
                guard caller.may(.describe, .group(name)) else {
                    return .init(error: .groupAuthorizationFailed, name: name)
                }
                var reply = DescribeGroupsReply.Group(error: .none, name: name)
                if request.includesOperations { reply.operations = caller.operations(on: .group(name)) }
                guard let group = broker.groups.groups[name] else {
                    let hasOffsets = broker.offsets.groups.contains(name)
                    reply.state = hasOffsets ? ConsumerGroup.Phase.empty.rawValue : "Dead"
                    // As in the list: offsets are committed by consumers.
                    if hasOffsets { reply.protocolType = "consumer" }
                    return reply
                }
                reply.state = group.phase.rawValue
                reply.protocolType = group.protocolType ?? ""
                // Until a generation is complete, who would do what is not settled.
                let chosen = group.phase == .stable ? group.protocolName : nil
                reply.protocolName = chosen ?? ""
                reply.members = group.order.compactMap { group.members[$0] }.map { member in
                    .init(
                        id: member.id, instance: member.instance, clientId: member.client.id, host: member.client.host,
                        metadata: chosen.map(member.metadata) ?? [], assignment: chosen == nil ? [] : member.assignment)
                }
                return reply
            })
    }

    func list(_ request: ListGroupsRequest) -> ListGroupsReply {
        var groups = broker.groups.groups.values.map {
            ListGroupsReply.Group(name: $0.name, protocolType: $0.protocolType ?? "", state: $0.phase.rawValue)
        }
        let idle = broker.offsets.groups.filter { broker.groups.groups[$0] == nil }
        groups += idle.map { .init(name: $0, protocolType: "consumer", state: ConsumerGroup.Phase.empty.rawValue) }
        let states = Set(request.states.map { $0.lowercased() })
        let isTypeWanted =
            request.types.isEmpty || request.types.contains { $0.lowercased() == ListGroupsReply.type }
        groups.removeAll { group in
            !isTypeWanted || !(states.isEmpty || states.contains(group.state.lowercased()))
                || !caller.may(.describe, .group(group.name))
        }
        return ListGroupsReply(groups: groups.sorted { $0.name < $1.name })
    }

    func delete(_ request: DeleteGroupsRequest) -> DeleteGroupsReply {
        DeleteGroupsReply(groups: request.groups.map { ($0, delete($0)) })
    }

    private func delete(_ name: String) -> ErrorCode {
        guard caller.may(.delete, .group(name)) else { return .groupAuthorizationFailed }
        guard !name.isEmpty else { return .invalidGroupId }
        if let group = broker.groups.groups[name], !group.isIdle { return .nonEmptyGroup }
        let keys = broker.offsets.keys(ofGroup: name)
        guard !keys.isEmpty else { return .groupIdNotFound }
        do {
            try broker.offsets.forget(keys)
            return .none
        } catch {
            broker.storageFailed(error)
            return .storageError
        }
    }

    // MARK: Frames

    private func frame(_ reply: JoinGroupReply, _ header: RequestHeader) -> ByteBuffer {
        var writer = header.reply(to: .joinGroup)
        reply.write(to: &writer, version: header.version)
        return writer.framed()
    }

    private func frame(_ reply: SyncGroupReply, _ header: RequestHeader) -> ByteBuffer {
        var writer = header.reply(to: .syncGroup)
        reply.write(to: &writer, version: header.version)
        return writer.framed()
    }
}
