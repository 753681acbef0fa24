import ExchangeSchema
import HostMachine
import Journal
import PartyCore

/// What becomes of what a party hands to the log.
public enum DeliveryFate: Sendable, Equatable, CaseIterable {
    /// Stored, and confirmed soon.
    case confirmed
    /// Stored, and confirmed late.
    case confirmedLate
    /// Stored, and the confirmation is lost: the party is told that it failed.
    case storedAndFailed
    /// Not stored, and the party is told so.
    case lost
}

/// The message log of a simulated party: what it publishes is on its way until the end of its turn, and what becomes of
/// it is told in a later one.
struct SimulatedLog: MessageLog, Sendable {
    /// Milliseconds to a confirmation, and to a late one.
    private static let (soon, late): (Int64, Int64) = (1, 700)

    /// Something on its way.
    enum Flight: Sendable {
        case chunk(OutboxChunk)
        case checkpoint(CheckpointMessage)
    }

    private(set) var flights: [Flight] = []
    private var reports: [(due: Int64, chunk: Int64?, isConfirmed: Bool)] = []
    private var now: Int64 = 0
    private var chunks: Int64 = 0
    let source: String
    let probe: CrashProbe?
    let fate: @Sendable (Int64) -> DeliveryFate

    init(source: String, probe: CrashProbe?, fate: @escaping @Sendable (Int64) -> DeliveryFate) {
        self.source = source
        self.probe = probe
        self.fate = fate
    }

    var isFull: Bool { false }

    mutating func publish(_ chunk: OutboxChunk) throws {
        try probe?.pass(.publish)
        flights.append(.chunk(chunk))
        probe?.noteFlight(records: chunk.count)
    }

    mutating func publish(_ message: CheckpointMessage, at now: Int64) throws {
        try probe?.pass(.publish)
        flights.append(.checkpoint(message))
        probe?.noteFlight(records: 1)
    }

    mutating func takeDeliveries() -> Deliveries {
        var deliveries = Deliveries()
        for report in reports where report.due <= now {
            switch (report.chunk, report.isConfirmed) {
            case (let chunk?, true): deliveries.confirmed.append(chunk)
            case (let chunk?, false): deliveries.failed.append(chunk)
            case (nil, true): deliveries.hasConfirmedCheckpoint = true
            case (nil, false): deliveries.hasFailedCheckpoint = true
            }
        }
        reports.removeAll { $0.due <= now }
        return deliveries
    }

    func acknowledge(_ offsets: [PartitionOffset]) {}

    func finish() throws { try probe?.pass(.finish) }

    mutating func advance(to time: Int64) { now = time }

    /// When the party is told next what became of something; nil when it is told nothing more.
    var nextReport: Int64? { reports.map(\.due).min() }

    /// What was published arrives at the broker, or does not.
    mutating func land(in broker: inout SimulatedBroker) {
        for flight in flights {
            switch flight {
            case .chunk(let chunk):
                chunks += 1
                let fate = fate(chunks)
                if fate != .lost { Self.store(chunk.count, of: chunk, source, in: &broker, at: now) }
                let delay = fate == .confirmedLate ? Self.late : Self.soon
                let isConfirmed = fate == .confirmed || fate == .confirmedLate
                reports.append((now + delay, chunk.number, isConfirmed))
            case .checkpoint(let message):
                broker.store(message, at: now)
                if message.kind == .checkpoint { reports.append((now + Self.soon, nil, true)) }
            }
        }
        flights.removeAll()
        probe?.noteLanding()
    }

    /// The party has crashed: of what was on its way a part has arrived, and nobody is told.
    mutating func strand(_ part: StrandedPart, in broker: inout SimulatedBroker) {
        for flight in flights {
            switch flight {
            case .chunk(let chunk):
                let count = part == .none ? 0 : part == .all ? chunk.count : (chunk.count + 1) / 2
                Self.store(count, of: chunk, source, in: &broker, at: now)
            case .checkpoint(let message): if part != .none { broker.store(message, at: now) }
            }
        }
        flights.removeAll()
        probe?.noteLanding()
    }

    /// Stores the first records of a chunk.
    private static func store(
        _ count: Int, of chunk: OutboxChunk, _ source: String, in broker: inout SimulatedBroker, at now: Int64
    ) {
        for message in chunk.messages.prefix(count) {
            let head = MessageHead(
                type: message.type, message: message.message, record: message.record,
                source: source + String(decoding: chunk.arena[message.source], as: UTF8.self), salt: message.salt)
            broker.store(
                head, key: Array(chunk.arena[message.key]), payload: Array(chunk.arena[message.payload]),
                province: message.province, at: now)
        }
        for letter in chunk.deadLetters.prefix(max(0, count - chunk.messages.count)) { broker.store(letter, at: now) }
    }
}
