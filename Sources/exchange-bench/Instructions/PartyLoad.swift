import ArgumentParser
import Composition
import ExchangeSchema
import FacilityParty
import Foundation
import PartyCore
import PartyStore
import SyntheticPopulation
import Topology
import Vocabulary

/// Runs one party over recorded batches, from the batch in memory to the committed transaction. The work that is counted
/// is in ``measuredSection(_:)`` alone: recording is not.
struct PartyLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "party-load", abstract: "One party over recorded batches, for a counter of instructions.",
        shouldDisplay: false)

    /// Parts of the function's name that a counter looks for.
    static let sectionName = "measuredSection"

    @Option(help: "The party's role.")
    var party: String

    @Option(help: "Visits.")
    var records = 2_000

    @Option(help: "Messages in one batch, at most.")
    var budget = 500

    func run() throws {
        let setup = try PartySetup(topology: nil, scenario: "everyday", records: records)
        let cores = PartyCores(setup)
        var recording = try Recording(of: setup)
        let batches = try recording.batches(of: party, budget: budget)
        switch party {
        case "facility":
            try load(try cores.facility(pace: SubmissionPace(maximumPending: 2_000)), batches, recording)
        case "moh": try load(try cores.moh(try setup.party(.moh, given: nil)), batches, recording)
        case "vss": try load(try cores.vss(try setup.party(.vss, given: nil)), batches, recording)
        case "c06": try load(try cores.c06(try setup.party(.c06, given: nil)), batches, recording)
        case "locality":
            try load(cores.locality(try setup.party(.locality, given: nil)), batches, recording)
        default: throw ValidationError("--party is facility, moh, vss, c06 or locality")
        }
    }

    private func load(_ core: some PartyCore.Party, _ batches: [[ReadMessage]], _ recording: Recording) throws {
        let directory = NSTemporaryDirectory() + "party-load-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var loaded = try LoadedParty(
            core, named: party, directory: directory, topics: recording.topology.topicsRead(by: party).map(\.name))
        try measuredSection {
            var now = recording.startsAt
            for batch in batches {
                try loaded.commit(batch, now: now, budget: budget)
                now += Recording.step
            }
        }
        print("\(party) \(batches.reduce(0) { $0 + $1.count }) messages, \(loaded.summary)")
    }
}

/// What a counter of instructions counts.
@inline(never)
func measuredSection(_ work: () throws -> Void) rethrows { try work() }

/// A core on its real store.
private struct LoadedParty<Core: PartyCore.Party> {
    private var engine: PartyEngine<Core>
    private let store: PartyStore<Core.Record>
    private let topics: [String]
    private var offsets: [Int64]
    private var chunk: Int64 = 0
    private var sent: [Int64] = []

    init(_ core: Core, named name: String, directory: String, topics: [String]) throws {
        let identity = StoreIdentity(party: name, exchange: "bench")
        store = try PartyStore(directory: directory, identity: identity, durability: .process)
        _ = try store.sign(directory: directory, identity: identity)
        engine = PartyEngine(core: core, nextSequence: 0, salts: SaltKey(simulated: name))
        self.topics = topics
        offsets = topics.map { _ in 0 }
    }

    var summary: String { "\(engine.nextSequence) leaves, \(engine.ledger.submitted) records" }

    mutating func commit(_ batch: [ReadMessage], now: Int64, budget: Int) throws {
        try store.batch { state in
            let firstLeaf = engine.nextSequence
            engine.begin()
            for message in batch {
                let topic = Int(message.topic)
                let place = MessagePlace(topic: message.topic, partition: 0, offset: offsets[topic])
                offsets[topic] += 1
                _ = try engine.receive(message.head, message.payload.span.bytes, from: place, state: &state, now: now)
            }
            _ = try engine.advance(state: &state, now: now, budget: budget)
            try engine.seal(state: &state, now: now)
            guard engine.leafCount > 0 else { return nil }
            var outgoing: OutboxChunk?
            let confirmed = sent
            sent = []
            if !engine.effects.messages.isEmpty {
                outgoing = OutboxChunk(
                    number: chunk, time: now, firstSequence: engine.firstSentSequence,
                    messages: engine.effects.messages, arena: engine.effects.arena, deadLetters: [])
                sent = [chunk]
                chunk += 1
            }
            var commit = BatchCommit(
                books: engine.books,
                offsets: zip(topics, offsets).map { PartitionOffset(topic: $0, partition: 0, next: $1) },
                firstLeaf: firstLeaf, leaves: engine.leaves, chunk: outgoing, sentChunks: confirmed)
            commit.clock = now
            return commit
        }
    }
}
