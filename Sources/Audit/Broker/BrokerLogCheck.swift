import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// Holds what the broker's files have against the leaves of those who read it: what was read is there, as it was read, but for what
/// retention has deleted. Takes partitions in turns, so that about ``entriesAtOnce`` leaves are in memory, or those of one partition
/// where it has more.
struct BrokerLogCheck {
    private static let entriesAtOnce: Int64 = 1_000_000
    private let readers: [PartyEvidence]
    private(set) var evidence = BrokerLogEvidence(isHere: true)

    /// A partition, and the number of its topic at each reader; nil at one that does not read it.
    private struct Place {
        var topic: String
        var partition: Int32
        var numbers: [UInt8?]
        var leaves: Int64
    }

    /// - Parameter readers: The parties, and the auditor.
    init(_ readers: [PartyEvidence]) { self.readers = readers }

    /// Goes over all partitions but those of checkpoints, which are followed by themselves.
    /// - Throws: What SQLite says of a damaged database.
    mutating func run(
        _ read: (_ topic: String, _ partition: Int32, _ body: (TrafficRecord) -> Void) throws -> BrokerPartition?,
        _ findings: inout FindingList
    ) throws {
        var turn: [Place] = []
        var leaves: Int64 = 0
        for place in places() {
            if !turn.isEmpty, leaves + place.leaves > Self.entriesAtOnce {
                try compare(turn, read, &findings)
                (turn, leaves) = ([], 0)
            }
            turn.append(place)
            leaves += place.leaves
        }
        try compare(turn, read, &findings)
    }

    private func places() -> [Place] {
        var all: [String: [Int32: Place]] = [:]
        for (number, reader) in readers.enumerated() {
            let checkpoints = reader.subject.checkpointTopic
            let declared = reader.subject.reads.enumerated().flatMap { topic, entry in
                (0..<entry.partitions).map {
                    JournalPass.Place(topic: UInt8(clamping: topic), partition: Int32(clamping: $0))
                }
            }
            for place in Set(declared).union(reader.pass.offsets.keys) where place.topic < 255 {
                let topic = reader.subject.topicName(place.topic)
                guard topic != checkpoints, reader.subject.topicNames.indices.contains(Int(place.topic)) else {
                    continue
                }
                let empty = Place(
                    topic: topic, partition: place.partition, numbers: Array(repeating: nil, count: readers.count),
                    leaves: 0)
                var entry = all[topic]?[place.partition] ?? empty
                entry.numbers[number] = place.topic
                entry.leaves += reader.pass.offsets[place] ?? 0
                all[topic, default: [:]][place.partition] = entry
            }
        }
        return all.values.flatMap(\.values).sorted { ($0.topic, $0.partition) < ($1.topic, $1.partition) }
    }

    private mutating func compare(
        _ places: [Place],
        _ read: (_ topic: String, _ partition: Int32, _ body: (TrafficRecord) -> Void) throws -> BrokerPartition?,
        _ findings: inout FindingList
    ) throws {
        guard !places.isEmpty else { return }
        for (place, entries) in zip(places, try entries(places)) {
            var comparison = PartitionComparison(entries, type: type(of: place))
            let found: BrokerPartition
            do {
                found =
                    try read(place.topic, place.partition) { comparison.take($0) }
                    ?? BrokerPartition(start: 0, end: 0, gaps: [])
            } catch {
                findings.add(.brokerLog, PublishedCheckpoints.broker, "\(error)")
                continue
            }
            comparison.end()
            evidence.partitions += 1
            evidence.records += comparison.records
            judge(place, comparison, found, &findings)
        }
    }

    /// Raw value of the type that a topic carries; nil where it carries none of the exchange's messages.
    private func type(of place: Place) -> MessageType? {
        readers.lazy.flatMap { $0.subject.reads }.first { $0.name == place.topic }?.carries
    }

    /// The leaves about records of the places, of each in the order of the offsets.
    private func entries(_ places: [Place]) throws -> [[ReadRecord]] {
        var all = [[ReadRecord]](repeating: [], count: places.count)
        for (number, reader) in readers.enumerated() {
            var wanted: [JournalPass.Place: Int] = [:]
            for (index, place) in places.enumerated() {
                if let topic = place.numbers[number] {
                    wanted[JournalPass.Place(topic: topic, partition: place.partition)] = index
                }
            }
            guard !wanted.isEmpty else { continue }
            try unsafe reader.store.forEachJournalRow { first, _, bytes in
                for (at, stored) in unsafe StoredLeaves(bytes).enumerated() {
                    guard stored.topic < 255, let leaf = stored.leaf, leaf.isOfTopic,
                        let index = wanted[JournalPass.Place(topic: leaf.topic, partition: leaf.partition)]
                    else { continue }
                    all[index].append(ReadRecord(leaf, number: first &+ Int64(at), reader: number))
                }
            }
        }
        return all.map { entries in entries.sorted { ($0.first, $0.reader) < ($1.first, $1.reader) } }
    }

    private mutating func judge(
        _ place: Place, _ comparison: PartitionComparison, _ found: BrokerPartition, _ findings: inout FindingList
    ) {
        let name = "\(place.topic)/\(place.partition)"
        func offsets(_ first: Int64, _ last: Int64) -> String {
            first == last ? "\(name), offset \(first)" : "\(name), offsets \(first) to \(last)"
        }
        var explained: Set<Int64> = []
        for stretch in comparison.gone where stretch.last >= found.start {
            let first = max(stretch.first, found.start)
            let gap = found.gaps.first { $0.first <= stretch.last && ($0.next ?? .max) > first }
            if let gap { explained.insert(gap.first) }
            evidence.gone += stretch.last - first + 1
            let why =
                gap?.text
                ?? (first >= found.end ? "the log ends before offset \(found.end)" : "no file is damaged there")
            findings.add(
                .brokerLog, PublishedCheckpoints.broker,
                "\(offsets(first, stretch.last)): read by \(names(stretch.readers)), and gone from the broker: \(why)")
        }
        for stretch in comparison.changed {
            evidence.changed += stretch.last - stretch.first + 1
            findings.add(
                .brokerLog, PublishedCheckpoints.broker,
                "\(offsets(stretch.first, stretch.last)): the broker has something else there than "
                    + "\(names(stretch.readers)) read (\(stretch.example.map { leafName($0) } ?? ""))")
        }
        // A torn end that nobody has read is cut off at the next start; that of a broker that runs is being written.
        for gap in found.gaps where !explained.contains(gap.first) {
            guard let next = gap.next, next > found.start else { continue }
            findings.add(
                .brokerLog, PublishedCheckpoints.broker,
                "\(offsets(max(gap.first, found.start), next - 1)): damaged before anybody read them: \(gap.text)")
        }
    }

    private func names(_ readers: Set<Int>) -> String {
        readers.sorted().map { self.readers[$0].subject.party }.joined(separator: " and ")
    }

    private func leafName(_ entry: ReadRecord) -> String {
        "\(readers[Int(entry.reader)].subject.party), leaf \(entry.number)"
    }
}
