import Foundation
import Journal
import PartyCore
import PartyStore
import Simulation
import StoreTestSupport
import TransparencyLog

@testable import PartyRuntime

/// A topic in memory that all parties read from its beginning.
final class CheckpointTopic {
    var messages: [CheckpointMessage] = []
}

/// A party with a real store that journals, publishes and cosigns over a topic in memory. What it does not do, it does
/// not do: a store that is closed without ``commit`` has lost what a killed process loses.
final class WitnessedParty {
    static let names = ["moh", "vss", "c06"]

    let name: String
    let directory: String
    let evidence: String?
    let store: PartyStore<SampleRecord>
    let key: JournalKey
    let topic: CheckpointTopic
    var exchange: CheckpointExchange
    var remarks: [CheckpointExchange.Remark] = []
    private var batch: SampleBatch
    private var next: Int64
    private var clock: Int64

    init(
        _ name: String, in folder: String, _ topic: CheckpointTopic, evidence: String?, clock: Int64 = 1_000_000,
        siblings: [String] = []
    ) throws {
        self.name = name
        self.topic = topic
        self.evidence = evidence
        self.clock = clock
        directory = "\(folder)/\(name)"
        let identity = StoreIdentity(party: name, exchange: "exchange-1")
        store = try PartyStore(directory: directory, identity: identity, durability: .process)
        key = try store.sign(directory: directory, identity: identity)
        if let evidence { try key.publish(inFolder: evidence) }
        let stored = try store.witness()
        exchange = try CheckpointExchange(
            parties: .init(
                own: name, exchange: identity.exchange, others: Self.names.filter { !siblings.contains($0) },
                siblings: siblings), key: key.log, stored: stored, published: evidence.map { EvidenceFolder($0) })
        next = stored.next ?? 0
        batch = SampleBatch(continuing: store.progress)
        try store.publishCheckpoints()
    }

    var origin: ExactText { key.list.origin }

    /// Journals one batch of 20 leaves, signs it, and publishes.
    func grow() throws {
        clock += 2_000
        try store.batch { state in
            var commit = try batch.fill(&state)
            commit?.clock = clock
            return commit
        }
        try send()
    }

    /// Reads what is new on the topic and commits it, then sends.
    func read(commit: Bool = true) throws {
        guard next < topic.messages.count else { return }
        clock += 10
        for offset in Int(next)..<topic.messages.count {
            exchange.receive(topic.messages[offset], offset: Int64(offset), now: clock)
        }
        next = Int64(topic.messages.count)
        guard commit, let found = exchange.takeCommit() else { return }
        try store.batch { _ in
            var commit = BatchCommit(
                books: store.progress.books, offsets: [], firstLeaf: Int64(store.tree.size), leaves: [], chunk: nil,
                sentChunks: [])
            commit.witness = found
            return commit
        }
        remarks += exchange.takeRemarks()
        try send()
    }

    /// Sends what waits; the broker confirms at once.
    func send() throws {
        topic.messages += exchange.takeOutgoing()
        while let request = store.takePublication() {
            topic.messages.append(try exchange.publish(request))
            store.confirmPublication()
        }
    }

    /// Publishes a second history of the size published last.
    func forge() throws {
        let last = topic.messages.last { $0.kind == .checkpoint && $0.sender == name }
        guard let last else { return }
        topic.messages.append(
            CheckpointMessage(
                .checkpoint, from: name, origin: last.origin,
                body: try ForgedCheckpoint.request(insteadOf: last.body, key: key.log)))
    }

    var errors: [String] { remarks.filter(\.isError).map(\.text) }
}

/// Lets all read until nothing more is said; more than a few rounds would be traffic without end.
func settle(_ parties: [WitnessedParty]) throws -> Int {
    var rounds = 0
    while rounds < 50 {
        let before = parties[0].topic.messages.count
        for party in parties {
            try party.send()
            try party.read()
        }
        if parties[0].topic.messages.count == before { return rounds }
        rounds += 1
    }
    return rounds
}

/// A directory of a test's own.
final class TestFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("witness-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
