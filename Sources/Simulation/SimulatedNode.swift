import ExchangeSchema
import PartyCore
import TransparencyLog
import Vocabulary

/// A party in the simulation: the engine that also runs on Kafka, with its state in memory.
protocol SimulatedNode {
    var name: String { get }
    var books: PartyBooks { get }
    var journalLeaves: Int64 { get }
    var phases: [RecordPhase: Int64] { get }
    /// Root of the RFC 6962 tree over its journal, 64 hexadecimal digits.
    var root: String { get }
    /// Messages read so far from a topic of the bus, by its place; nil for a topic this party does not read.
    func consumed(_ topic: Int) -> Int64?
    /// Takes one batch from the bus, acts, and publishes what follows.
    /// - Returns: The stored leaves of the batch; empty when there was nothing to do.
    mutating func turn(_ bus: inout MemoryBus, now: Int64) throws -> [UInt8]
    /// When the next message for this party becomes readable; nil when none is on its way.
    func nextArrival(_ bus: MemoryBus) -> Int64?
}

/// Reads and writes the modelled bus for one core.
struct Node<Core: Party>: SimulatedNode {
    let name: String
    private let source: String
    private var engine: PartyEngine<Core>
    private var state = MemoryState<Core.Record>()
    private let reads: [Int]
    private var positions: [[Int]]
    private let batchLimit = 500
    private var tree = TreeFrontier()

    init(name: String, core: Core, reads: [Int], bus: MemoryBus, salts: SaltKey) {
        self.name = name
        source = core.party.eventSource
        engine = PartyEngine(core: core, nextSequence: 0, salts: salts)
        self.reads = reads
        positions = reads.map { Array(repeating: 0, count: bus.topics[$0].partitions.count) }
    }

    var books: PartyBooks { engine.books }
    var journalLeaves: Int64 { engine.nextSequence }
    var phases: [RecordPhase: Int64] { state.countByPhase }
    var root: String { tree.root.description }

    func consumed(_ topic: Int) -> Int64? {
        reads.firstIndex(of: topic).map { Int64(positions[$0].reduce(0, +)) }
    }

    mutating func turn(_ bus: inout MemoryBus, now: Int64) throws -> [UInt8] {
        engine.begin()
        var room = batchLimit
        for (place, topic) in reads.enumerated() {
            for partition in positions[place].indices {
                try take(bus.topics[topic].partitions[partition], place, topic, partition, &room, now: now)
            }
        }
        _ = try engine.advance(state: &state, now: now, budget: batchLimit)
        engine.seal(now: now)
        try engine.checkLaw()
        var hashes: [TreeHash] = []
        TreeHash.appendLeaves(engine.leaves.span.bytes, width: JournalLeaf.width, to: &hashes)
        tree.append(contentsOf: hashes)
        let effects = engine.effects
        for message in effects.messages {
            let head = MessageHead(
                type: message.type, message: message.message, record: message.record,
                source: source + String(decoding: effects.arena[message.source], as: UTF8.self), salt: message.salt)
            bus.publish(
                head, key: Array(effects.arena[message.key]), payload: Array(effects.arena[message.payload]), at: now)
        }
        return engine.leaves
    }

    private mutating func take(
        _ messages: [BusMessage], _ place: Int, _ topic: Int, _ partition: Int, _ room: inout Int, now: Int64
    ) throws {
        while room > 0, positions[place][partition] < messages.count {
            let offset = positions[place][partition]
            let message = messages[offset]
            guard message.availableAt <= now else { return }
            let from = MessagePlace(topic: UInt8(place), partition: Int32(partition), offset: Int64(offset))
            _ = try engine.receive(message.head, message.payload.span.bytes, from: from, state: &state, now: now)
            positions[place][partition] += 1
            room -= 1
        }
    }

    func nextArrival(_ bus: MemoryBus) -> Int64? {
        var next: Int64?
        for (place, topic) in reads.enumerated() {
            for (partition, offset) in positions[place].enumerated() {
                let messages = bus.topics[topic].partitions[partition]
                guard offset < messages.count else { continue }
                next = min(next ?? .max, messages[offset].availableAt)
            }
        }
        return next
    }
}
