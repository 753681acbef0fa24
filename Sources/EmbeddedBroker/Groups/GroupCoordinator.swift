import NIOCore

/// All consumer groups, the requests that wait in them, and the clock that moves them on. On the event loop only.
final class GroupCoordinator {
    typealias Completion = (ConsumerGroup.Action) -> Void

    private let loop: any EventLoop
    private let limits: ConsumerGroup.Limits
    private let maximumGroups: Int
    private(set) var groups: [String: ConsumerGroup] = [:]
    private var waiting: [GroupTicket: (group: String, completion: Completion)] = [:]
    private var timers: [String: (due: Int64, task: Scheduled<Void>)] = [:]
    private var lastTicket = 0

    init(loop: any EventLoop, limits: ConsumerGroup.Limits, maximumGroups: Int) {
        self.loop = loop
        self.limits = limits
        self.maximumGroups = maximumGroups
    }

    /// Milliseconds of a clock that does not go back.
    static var now: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }

    var isFull: Bool { groups.count >= maximumGroups }

    /// Lets a group take an event that may have to wait for its answer; `completion` gets it, at once or later.
    ///
    /// - Returns: the ticket to give up with; `nil` where the answer has been given.
    func ask(
        _ name: String, makesGroup: Bool,
        _ event: (inout ConsumerGroup, GroupTicket, Int64) -> [ConsumerGroup.Action],
        _ completion: @escaping Completion
    ) -> GroupTicket? {
        lastTicket += 1
        let ticket = GroupTicket(number: lastTicket)
        waiting[ticket] = (name, completion)
        update(name, makesGroup: makesGroup) { group in event(&group, ticket, Self.now) }
        return waiting[ticket] == nil ? nil : ticket
    }

    func abandon(_ ticket: GroupTicket) {
        guard let (name, _) = waiting.removeValue(forKey: ticket) else { return }
        update(name, makesGroup: false) { group in
            group.abandon(ticket, now: Self.now)
            return []
        }
    }

    /// Changes a group, gives the answers that are due and sets its clock. A group without members is forgotten: its
    /// offsets are kept elsewhere.
    func update(_ name: String, makesGroup: Bool = false, _ event: (inout ConsumerGroup) -> [ConsumerGroup.Action]) {
        guard var group = groups[name] ?? (makesGroup ? ConsumerGroup(name: name, limits: limits) : nil) else { return }
        groups[name] = nil  // One owner while it changes, or its members would be copied.
        let actions = event(&group)
        if !(group.isIdle && group.phase == .empty) { groups[name] = group }
        schedule(name)
        for action in actions { deliver(action) }
    }

    private func deliver(_ action: ConsumerGroup.Action) {
        let ticket =
            switch action {
            case .join(let ticket, _), .sync(let ticket, _): ticket
            }
        waiting.removeValue(forKey: ticket)?.completion(action)
    }

    /// Deadlines move on with every heartbeat: a timer that comes too early is set anew when it comes.
    private func schedule(_ name: String) {
        guard let due = groups[name]?.nextDeadline else {
            timers.removeValue(forKey: name)?.task.cancel()
            return
        }
        if let timer = timers[name] {
            if timer.due <= due { return }
            timer.task.cancel()
        }
        let delay = TimeAmount.milliseconds(max(0, due - Self.now))
        let task = loop.assumeIsolated().scheduleTask(in: delay) { [self] in
            timers[name] = nil
            update(name) { $0.expire(now: Self.now) }
        }
        timers[name] = (due, task)
    }

    func stop() {
        for timer in timers.values { timer.task.cancel() }
        timers.removeAll()
        waiting.removeAll()
    }
}
