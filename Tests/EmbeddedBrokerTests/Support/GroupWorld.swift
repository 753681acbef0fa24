@testable import EmbeddedBroker

/// A consumer group with a clock turned by hand, and who is waiting for what in it.
struct GroupWorld {
    struct Joined: Equatable {
        var error: ErrorCode
        var generation: Int32
        var leader: String
        var member: String
        var members: [String]
        var skips: Bool

        init(
            _ error: ErrorCode, generation: Int32 = -1, leader: String = "", member: String = "",
            members: [String] = [], skips: Bool = false
        ) {
            self.error = error
            self.generation = generation
            self.leader = leader
            self.member = member
            self.members = members
            self.skips = skips
        }
    }

    enum Synced: Equatable {
        case part([UInt8])
        case failed(ErrorCode)
    }

    static let session: Int32 = 10_000
    static let rebalance: Int32 = 20_000

    var group: ConsumerGroup
    var now: Int64 = 0
    var announcesIds = true
    var skipsAssignment = false
    /// Whose request each unanswered ticket is.
    var waiting: [GroupTicket: String] = [:]
    var answeredTwice: [GroupTicket] = []
    private var lastTicket = 0

    init(limits: ConsumerGroup.Limits = .init()) { group = ConsumerGroup(name: "group", limits: limits) }

    /// A group whose members have joined and not synced; the first one leads.
    static func joined(_ members: [String]) -> GroupWorld {
        var world = GroupWorld(limits: .init(initialDelay: 1))
        world.announcesIds = false
        for member in members { _ = world.join(nil, as: member) }
        world.now = 1
        _ = world.expire()
        world.now = 0
        world.announcesIds = true
        for member in members { world.group.members[member]?.deadline = Int64(session) }
        return world
    }

    static func stable(_ members: [String]) -> GroupWorld {
        var world = joined(members)
        for member in members.reversed() { _ = world.sync(member, [:]) }
        for member in members { world.group.members[member]?.deadline = Int64(session) }
        return world
    }

    // MARK: Events

    mutating func join(
        _ id: String?, as fresh: String = "unused", instance: String? = nil, protocols: [String] = ["range"],
        type: String = "consumer"
    ) -> [Joined] {
        var request = JoinGroupRequest.sample
        request.member = id ?? ""
        request.instance = instance
        request.protocolType = type
        request.protocols = protocols.map { GroupProtocol(name: $0, metadata: []) }
        let ticket = ticket(for: id ?? fresh)
        let actions = group.join(
            request, ticket, GroupClient(id: "test", host: "/127.0.0.1"), freshId: fresh, announcesIds: announcesIds,
            skipsAssignment: skipsAssignment, now: now)
        return settle(actions).compactMap { action in
            guard case .join(_, let reply) = action else { return nil }
            return Joined(
                reply.error, generation: reply.generation, leader: reply.leader, member: reply.member,
                members: reply.members.map(\.id), skips: reply.skipAssignment)
        }
    }

    mutating func sync(_ id: String, _ parts: [String: [UInt8]], instance: String? = nil) -> [String: Synced] {
        let ticket = ticket(for: id)
        let request = SyncGroupRequest(
            group: "group", generation: group.generation, member: id, instance: instance, assignments: parts)
        let names = waiting
        var found: [String: Synced] = [:]
        for action in settle(group.sync(request, ticket, now: now)) {
            guard case .sync(let ticket, let reply) = action, let name = names[ticket] else { continue }
            found[name] = reply.error == .none ? .part(reply.assignment) : .failed(reply.error)
        }
        return found
    }

    mutating func heartbeat(_ id: String, instance: String? = nil) -> ErrorCode {
        group.heartbeat(
            HeartbeatRequest(group: "group", generation: group.generation, member: id, instance: instance), now: now)
    }

    mutating func commit(_ generation: Int32, _ id: String) -> ErrorCode {
        group.commit(generation, id, nil, now: now)
    }

    mutating func leave(_ id: String, instance: String? = nil) -> ErrorCode {
        let outcome = group.leave(.init(id: id, instance: instance), now: now)
        _ = settle(outcome.actions)
        return outcome.error
    }

    /// Lets the clock do its work; who was answered.
    mutating func expire() -> [String] {
        let names = waiting
        return settle(group.expire(now: now)).compactMap { action in
            switch action {
            case .join(let ticket, _), .sync(let ticket, _): names[ticket]
            }
        }
    }

    mutating func abandonAll() {
        for ticket in waiting.keys { group.abandon(ticket, now: now) }
        waiting.removeAll()
    }

    // MARK: Tickets

    private mutating func ticket(for id: String) -> GroupTicket {
        lastTicket += 1
        let ticket = GroupTicket(number: lastTicket)
        waiting[ticket] = id
        return ticket
    }

    private mutating func settle(_ actions: [ConsumerGroup.Action]) -> [ConsumerGroup.Action] {
        for action in actions {
            let ticket =
                switch action {
                case .join(let ticket, _), .sync(let ticket, _): ticket
                }
            if waiting.removeValue(forKey: ticket) == nil { answeredTwice.append(ticket) }
        }
        return actions
    }
}

extension JoinGroupRequest {
    static var sample: JoinGroupRequest {
        JoinGroupRequest(
            group: "group", sessionTimeout: GroupWorld.session, rebalanceTimeout: GroupWorld.rebalance, member: "",
            instance: nil, protocolType: "consumer", protocols: [])
    }
}
