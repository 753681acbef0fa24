public import PartyCore

/// Performs what a machine wants done, over three ports: message log, store and clock. The processes and the simulation
/// run the same; they differ in what the ports are.
public struct HostShell<
    Core: Party, Store: HostStore, Log: MessageLog, Clock: HostClock, Outlet: HostOutlet
> where Store.State.Record == Core.Record {
    /// What decides.
    public private(set) var machine: HostMachine<Core>
    /// Where it is kept.
    public var store: Store
    /// Where it is sent.
    public var log: Log
    /// What time it is.
    public var clock: Clock
    /// Who is told.
    public var outlet: Outlet
    /// Who changes what is done; nil for every honest party.
    public var guest: (any ActionGuest)?

    /// A shell around a machine that has not started.
    public init(
        machine: HostMachine<Core>, store: Store, log: Log, clock: Clock, outlet: Outlet,
        guest: (any ActionGuest)? = nil
    ) {
        self.machine = machine
        self.store = store
        self.log = log
        self.clock = clock
        self.outlet = outlet
        self.guest = guest
    }

    /// Begins: once, before the first turn.
    public mutating func start() throws { try perform(try machine.started(now: clock.now), now: clock.now) }

    /// Whether the log has no room: then nothing is to be read for the next turn.
    public var isHeldUp: Bool { log.isFull }

    /// One turn: takes in what became of what was sent, handles what was read, and does what is due.
    /// - Parameters:
    ///   - batch: What was read; nothing when the party was held up.
    ///   - commands: What the party was told to do.
    public mutating func turn<Batch: MessageBatch>(_ batch: inout Batch, commands: [HostCommand] = []) throws {
        settle()
        while !log.isFull, let action = machine.sendNext() { try perform([action], now: clock.now) }
        let now = clock.now
        if log.isFull, batch.count == 0, commands.isEmpty {
            try perform(machine.heldUp(), now: now)
        } else {
            try handle(&batch, commands, now)
        }
        try perform(try machine.tick(now: now), now: now)
    }

    /// Ends: what is confirmed is saved, the last checkpoint goes out.
    public mutating func stop() throws {
        settle()
        let now = clock.now
        try perform(try machine.stop(now: now), now: now)
    }

    private mutating func settle() {
        let deliveries = log.takeDeliveries()
        machine.confirmed(deliveries.confirmed)
        machine.failed(deliveries.failed)
        if deliveries.hasConfirmedCheckpoint { machine.confirmedCheckpoint() }
        if deliveries.hasFailedCheckpoint { machine.failedCheckpoint() }
    }

    private mutating func handle<Batch: MessageBatch>(
        _ batch: inout Batch, _ commands: [HostCommand], _ now: Int64
    ) throws {
        for action in try Self.handle(&batch, commands, &machine, &store, &guest, now) { try perform(action) }
    }

    /// The state is lent while the core works, so the commit closes the transaction that the batch opened.
    /// - Returns: What is to be done after the commit.
    private static func handle<Batch: MessageBatch>(
        _ batch: inout Batch, _ commands: [HostCommand], _ machine: inout HostMachine<Core>, _ store: inout Store,
        _ guest: inout (any ActionGuest)?, _ now: Int64
    ) throws -> ArraySlice<HostAction> {
        var rest: ArraySlice<HostAction> = []
        try store.transaction { state in
            let actions = try machine.batch(&batch, commands: commands, in: &state, now: now)
            rest = (try guest?.pass(actions, books: machine.books, now: now) ?? actions)[...]
            guard case .commit(let commit)? = rest.first else { return nil }
            rest.removeFirst()
            return commit
        }
        return rest
    }

    private mutating func perform(_ actions: [HostAction], now: Int64) throws {
        guard !actions.isEmpty else { return }
        for action in try guest?.pass(actions, books: machine.books, now: now) ?? actions { try perform(action) }
    }

    private mutating func perform(_ action: HostAction) throws {
        switch action {
        case .commit(let commit): try store.transaction { _ in commit }
        case .publish(.chunk(let chunk)): try log.publish(chunk)
        case .publish(.checkpoint(let message, let now)): try log.publish(message, at: now)
        case .sendAgain(let number):
            if let chunk = try store.chunk(number) { try log.publish(chunk) } else { machine.confirmed([number]) }
        case .answer(let reply): try outlet.answer(reply)
        case .report(let report):
            try outlet.report(report)
            if !report.readUpTo.isEmpty { log.acknowledge(report.readUpTo) }
        case .say(let remark): try outlet.say(remark)
        case .finish: try log.finish()
        }
    }
}
