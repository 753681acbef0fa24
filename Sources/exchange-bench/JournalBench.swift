import ArgumentParser
import Audit
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import Topology
import TransparencyLog
import Vocabulary

/// Measures a party's journal: appending, verifying, proving.
struct JournalBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Measures appends, full verification and inclusion proofs of one journal.")

    @Option(help: "Leaves.")
    var leaves: Int64 = 10_000_000

    @Option(help: "Leaves of one batch, each batch one SQLite transaction.")
    var batch: Int64 = 2_000

    @Option(help: "Proofs of random leaves.")
    var proofs = 10_000

    @Option(help: "Where to put the data; removed afterwards.")
    var data = NSTemporaryDirectory() + "journal-bench-\(ProcessInfo.processInfo.processIdentifier)"

    func validate() throws {
        if leaves < 1 || batch < 1 || batch > 100_000 || proofs < 1 {
            throw ValidationError("--leaves, --batch (at most 100000) and --proofs are 1 or more")
        }
    }

    func run() throws {
        defer { try? FileManager.default.removeItem(atPath: data) }
        print(Machine.description)
        let subject = AuditSubject(
            party: Topology.journalBench.parties[0], topology: .journalBench, directory: data + "/moh",
            evidenceDirectory: data + "/evidence")
        try append(subject)
        try verify(subject)
        try prove(subject)
    }

    private func append(_ subject: AuditSubject) throws {
        let identity = StoreIdentity(party: subject.party, exchange: "bench")
        let store = try PartyStore<BenchRecord>(
            directory: subject.directory, identity: identity, durability: .process)
        try store.sign(directory: subject.directory, identity: identity).publish(inFolder: subject.evidenceDirectory)
        // Without it what is stored could not be held against the journal.
        _ = try SecretFile.saltKey(directory: subject.directory)
        var (first, seconds) = (Int64(0), 0.0)
        while first < leaves {
            let count = min(batch, leaves - first)
            let bytes = Self.batch(first, count)
            // Making up the leaves is not what is measured.
            seconds += try Self.seconds {
                try store.batch { _ in
                    var commit = BatchCommit(
                        books: PartyBooks(),
                        offsets: [PartitionOffset(topic: "facility.records", partition: 0, next: first + count)],
                        firstLeaf: first, leaves: bytes, chunk: nil, sentChunks: [])
                    commit.clock = first
                    return commit
                }
            }
            first += count
        }
        try store.sealCheckpoint(now: first, force: true)
        for path in [subject.directory + "/checkpoint", subject.evidenceDirectory + "/moh.checkpoint"] {
            try store.checkpoint.map { try Data($0).write(to: URL(fileURLWithPath: path)) }
        }
        try store.close()
        Self.say("appended", leaves, seconds, "leaves/s, batches of \(batch), \(Machine.bytesOnDisk(data)) bytes")
    }

    private func verify(_ subject: AuditSubject) throws {
        var report: AuditReport?
        let seconds = try Self.seconds {
            report = try ExchangeAudit(data: data, subjects: [subject], outside: [.facilityRecord]).verify()
        }
        guard report?.holds == true else { throw CleanExit.message(report?.text ?? "no report") }
        Self.say("verified", leaves, seconds, "leaves/s, everything that cycle audit verify does")
        let pass = try Self.seconds {
            var tree = TreeFrontier()
            try StoreInspection(directory: subject.directory).forEachJournalRow { _, _, bytes in
                var hashes: [TreeHash] = []
                TreeHash.appendLeaves(bytes.bytes, width: JournalLeaf.width, to: &hashes)
                tree.append(contentsOf: hashes)
            }
        }
        Self.say("hashed", leaves, pass, "leaves/s, the tree alone")
    }

    private func prove(_ subject: AuditSubject) throws {
        let store = try StoreInspection(directory: subject.directory)
        let checkpoint = try JournalHead(JournalSource(subject), store).verified.checkpoint
        var random = SystemRandomNumberGenerator()
        var times: [Double] = []
        try store.withTiles { reader in
            let tree = TileTree(size: reader.size, reader: reader)
            for _ in 0..<proofs {
                let index = UInt64.random(in: 0..<UInt64(leaves), using: &random)
                times.append(try Self.seconds { _ = try tree.inclusionProof(of: index, under: checkpoint) })
            }
        }
        times.sort()
        func milliseconds(_ share: Double) -> String {
            Machine.fixed(times[min(times.count - 1, Int(Double(times.count) * share))] * 1_000, 3)
        }
        print(
            "\(proofs) inclusion proofs of random leaves, each checked: p50 \(milliseconds(0.5)) ms, p99 "
                + "\(milliseconds(0.99)) ms, most \(milliseconds(1)) ms")
    }

    private static func batch(_ first: Int64, _ count: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(count) * JournalLeaf.width)
        for number in first..<first + count {
            let record = RecordIdentifier(
                milliseconds: number, randomHigh: 0, randomLow: UInt64(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15)
            let leaf = JournalLeaf(
                decision: .notAddressed, type: MessageType.facilityRecord.rawValue, reason: 0, topic: 0, partition: 0,
                offset: number, message: MessageIdentifier(.facilityRecord, record: record, revision: 1), cause: .none,
                time: number, digest: PayloadDigest(words: (record.high, record.low, 0, 0)))
            leaf.append(to: &bytes)
        }
        return bytes
    }

    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let time = try clock.measure(work).components
        return Double(time.seconds) + Double(time.attoseconds) / 1e18
    }

    private static func say(_ what: String, _ leaves: Int64, _ seconds: Double, _ unit: String) {
        print(
            "\(what) \(leaves) leaves in \(Machine.fixed(seconds, 2)) s: \(Int64(Double(leaves) / seconds)) \(unit); peak "
                + "memory so far \(Machine.peakResidentBytes >> 20) MiB")
    }
}

/// A party without records.
private struct BenchRecord: RecordValue {
    var phase: RecordPhase
    init?(words: RecordWords) {
        guard let phase = words.phase else { return nil }
        self.phase = phase
    }
    var words: RecordWords { RecordWords(UInt64(phase.rawValue), 0, 0, 0, 0) }
}

extension Topology {
    /// One party that reads one topic.
    fileprivate static let journalBench = Topology(
        name: "bench", parties: [Party(name: "moh", role: .moh)],
        topics: [
            Topic(name: "facility.records", carries: .facilityRecord, partitions: 1, writers: [], readers: ["moh"])
        ])
}
