import ArgumentParser
import Composition
import ExchangeSchema
import Foundation
import LocalityParty
import PartyCore
import PartyStore
import Topology
import Vocabulary
import WarehouseStore

/// Fills a locality's warehouse as fast as it goes, without a broker: the entries of a recorded run, as often as is asked
/// for, each time of other records and other people. So a warehouse of millions needs the memory of thousands.
struct WarehouseLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warehouse", abstract: "Fills a province's warehouse, and says what a visit costs.")

    @Option(help: "Visits of the scenario everyday that are recorded.")
    var records = 5_000

    @Option(help: "How often they are written, each time of others.")
    var rounds = 20

    @Option(help: "Visits in one batch, at most.")
    var budget = 2_000

    @Option(help: "Directory of the store, which is kept; nothing is kept without.")
    var data: String?

    @Flag(help: "Identifiers that envelopes have, which do not grow with time.")
    var randomRecords = false

    func validate() throws {
        if records < 1 || rounds < 1 || budget < 1 {
            throw ValidationError("--records, --rounds and --budget are 1 or more")
        }
    }

    func run() throws {
        let batches = try recorded()
        let directory = data ?? NSTemporaryDirectory() + "warehouse-load-\(ProcessInfo.processInfo.processIdentifier)"
        defer { if data == nil { try? FileManager.default.removeItem(atPath: directory) } }
        let store = try PartyStore<LocalityRecord>(
            directory: directory, identity: StoreIdentity(party: "locality", exchange: "bench"), durability: .process,
            readModel: WarehouseWriter.plan)
        var leaf = store.progress.nextSequence
        var visits = 0
        let begin = ProcessorTime.now
        try measuredSection {
            for round in 0..<rounds {
                for batch in batches {
                    let changes = moved(batch, to: round)
                    visits += changes.changes.count
                    try store.batch { _ in
                        var commit = BatchCommit(
                            books: PartyBooks(), offsets: [], firstLeaf: leaf,
                            leaves: [UInt8](repeating: 0, count: JournalLeaf.width), chunk: nil, sentChunks: [])
                        commit.readModel = changes
                        leaf += 1
                        return commit
                    }
                }
            }
        }
        try store.close()
        let spent = ProcessorTime.now - begin
        let bytes = Machine.bytesOnDisk(directory)
        print(
            "\(visits) changes: \(spent.each(visits)) µs of processor time each (\(spent)), "
                + "\(bytes / Int64(visits)) bytes on disk each, \(Machine.peakResidentBytes >> 20) MiB at most")
    }

    /// What the read model of a locality is told, batch by batch.
    private func recorded() throws -> [ReadModelChanges] {
        let setup = try PartySetup(topology: nil, scenario: "everyday", records: records)
        var recording = try Recording(of: setup)
        let residence = try setup.party(.locality, given: nil)
        let batches = try recording.batches(of: residence.name, budget: budget)
        var engine = PartyEngine(
            core: PartyCores(setup).locality(residence), nextSequence: 0, salts: SaltKey(simulated: residence.name))
        var state = MemoryState<LocalityRecord>()
        var changes: [ReadModelChanges] = []
        var offset: Int64 = 0
        var now = recording.startsAt
        for batch in batches {
            engine.begin()
            for message in batch {
                let place = MessagePlace(topic: message.topic, partition: 0, offset: offset)
                offset += 1
                _ = try engine.receive(message.head, message.payload.span.bytes, from: place, state: &state, now: now)
            }
            try engine.seal(state: &state, now: now)
            now += Recording.step
            if !engine.effects.readModelChanges.isEmpty { changes.append(engine.effects.readModelChanges) }
        }
        return changes
    }

    /// The same changes of other records and other people.
    private func moved(_ changes: ReadModelChanges, to round: Int) -> ReadModelChanges {
        var moved = changes
        let turn = UInt64(round)
        for place in moved.changes.indices {
            let change = moved.changes[place]
            // A version 7 identifier grows with time: a round is a day later.
            let high =
                randomRecords
                ? (change.record.high ^ change.record.low &+ turn) &* 0x9E37_79B9_7F4A_7C15
                : change.record.high &+ turn &* (86_400_000 << 16)
            moved.changes[place].record = RecordIdentifier(high: high, low: change.record.low)
            moved.changes[place].subject = (change.subject &+ turn &* 7_919_000_003) % 1_000_000_000_000
        }
        return moved
    }
}
