import Composition
import ExchangeSchema
import FacilityParty
import PartyCore
import SyntheticPopulation
import Topology
import Vocabulary

/// One message as a party reads it, with the place of its topic among those it reads.
struct ReadMessage {
    var head: MessageHead
    var payload: [UInt8]
    var topic: UInt8
}

/// A message on its way from one party to its readers.
struct SentMessage {
    var head: MessageHead
    var payload: [UInt8]
}

/// One party of a recording: runs its core in memory, and writes down what it reads, batch by batch.
protocol RecordingParty {
    var name: String { get }
    /// What it has read so far; one entry a turn, empty ones among them.
    var batches: [[ReadMessage]] { get }
    mutating func deliver(_ message: ReadMessage)
    /// Takes one turn over what was delivered.
    mutating func turn(now: Int64, budget: Int) throws -> [SentMessage]
}

/// A core in memory.
struct RecordingCore<Core: PartyCore.Party>: RecordingParty {
    let name: String
    private(set) var batches: [[ReadMessage]] = []
    private var engine: PartyEngine<Core>
    private var state = MemoryState<Core.Record>()
    private var waiting: [ReadMessage] = []
    private var offset: Int64 = 0

    init(_ core: Core, named name: String) {
        self.name = name
        engine = PartyEngine(core: core, nextSequence: 0, salts: SaltKey(simulated: name))
    }

    mutating func deliver(_ message: ReadMessage) { waiting.append(message) }

    mutating func turn(now: Int64, budget: Int) throws -> [SentMessage] {
        let batch = Array(waiting.prefix(budget))
        waiting.removeFirst(batch.count)
        batches.append(batch)
        engine.begin()
        for message in batch {
            let place = MessagePlace(topic: message.topic, partition: 0, offset: offset)
            offset += 1
            _ = try engine.receive(message.head, message.payload.span.bytes, from: place, state: &state, now: now)
        }
        _ = try engine.advance(state: &state, now: now, budget: budget)
        try engine.seal(state: &state, now: now)
        let effects = engine.effects
        return effects.messages.map { sent in
            SentMessage(
                head: MessageHead(
                    type: sent.type, message: sent.message, record: sent.record,
                    source: "/" + name + String(decoding: effects.arena[sent.source], as: UTF8.self), salt: sent.salt),
                payload: Array(effects.arena[sent.payload]))
        }
    }
}

/// Runs all parties of a topology in turns until nothing moves, so that what each of them reads is known: the same for
/// the same seed, whatever the machine.
struct Recording {
    /// Milliseconds of the virtual clock from turn to turn.
    static let step: Int64 = 20

    let topology: Topology
    var parties: [any RecordingParty]
    let startsAt: Int64

    /// All parties of an exchange: one of each role.
    init(of setup: PartySetup) throws {
        let cores = PartyCores(setup)
        let residence = try setup.party(.locality, given: nil)
        topology = setup.topology
        parties = [
            RecordingCore(
                try cores.facility(pace: SubmissionPace(maximumPending: 2_000)), named: "facility"),
            RecordingCore(try cores.moh(try setup.party(.moh, given: nil)), named: "moh"),
            RecordingCore(try cores.vss(try setup.party(.vss, given: nil)), named: "vss"),
            RecordingCore(try cores.c06(try setup.party(.c06, given: nil)), named: "c06"),
            RecordingCore(cores.locality(residence), named: residence.name),
        ]
        startsAt = try setup.population("bench").configuration.visitsStart
    }

    /// What a party reads, turn by turn.
    mutating func batches(of name: String, budget: Int) throws -> [[ReadMessage]] {
        var now = startsAt
        var moved = true
        while moved {
            moved = false
            for index in parties.indices {
                let sent = try parties[index].turn(now: now, budget: budget)
                if !sent.isEmpty || parties[index].batches.last?.isEmpty == false { moved = true }
                for message in sent { deliver(message) }
            }
            now += Self.step
        }
        return parties.first { $0.name == name }?.batches ?? []
    }

    private mutating func deliver(_ message: SentMessage) {
        for index in parties.indices {
            let reads = topology.topicsRead(by: parties[index].name)
            guard let topic = reads.firstIndex(where: { $0.carries == message.head.type }) else { continue }
            parties[index].deliver(ReadMessage(head: message.head, payload: message.payload, topic: UInt8(topic)))
        }
    }
}
