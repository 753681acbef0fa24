import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// What the auditor saw, in figures.
public struct ObservationEvidence: Sendable, Codable, Equatable {
    /// Messages that the parties sent, each once.
    public var sent: Int64 = 0
    /// Of those, seen on their topic.
    public var seen: Int64 = 0
    /// Receipts of the parties that were seen at the very same place.
    public var receipts: Int64 = 0
    /// Messages seen of somebody who keeps no journal here, as may be.
    public var outside: Int64 = 0
    /// Sent or received, and not seen.
    public var unobserved: Int64 = 0
    /// Seen of a sender whose journal was read before it sent them: of an exchange that runs.
    public var sentSince: Int64 = 0
    /// Received at places to which the auditor has not come yet.
    public var ahead: Int64 = 0
    /// Records that can no longer be read because the person was erased.
    public var erased: Int64 = 0

    /// For people.
    var line: String {
        var line = "auditor: saw \(seen) of \(sent) messages sent, and \(receipts) receipts at their places"
        let rest = [
            (outside, "from outside"), (sentSince, "sent since the sender's journal was read"),
            (unobserved, "not seen"), (ahead, "receipts beyond what it has read"), (erased, "records erased"),
        ]
        for (count, name) in rest
        where count > 0 { line += ", \(count) \(name)" }
        return line
    }
}

/// Party against party against what crossed the broker: every message that was sent was seen on its topic, every message
/// received was seen at that very place, and what was seen was sent by somebody; each time with the same digest.
struct ObservationCheck {
    let auditor: PartyEvidence
    private(set) var evidence = ObservationEvidence()
    private let parties: [PartyEvidence]
    private let outside: Set<UInt8>
    private let isSettled: Bool
    /// The auditor's number of each topic that a party reads, by party and the party's own number.
    private let numbers: [[UInt8]]
    /// Topics by the auditor's number: what each carries, and of which province; nil for those that carry no messages.
    private let carried: [(type: UInt8, province: UInt8?)?]
    private let partitions: [Int]
    /// Whether the topic that carries a type is keyed by record identifier, so that a shard writes to one partition.
    private let isSharedByRecord: [Bool]
    /// By sender and type.
    private var lanes = LaneJudge()
    /// Of an exchange that runs, as in ``CrossCheck``; nil for one that does not.
    private let openSince: [Int64]?

    /// Receipts beyond what the auditor has read, by place: how many, and the offset after the last.
    private var beyond: [JournalPass.Place: (count: Int64, end: Int64)] = [:]

    init(
        _ auditor: PartyEvidence, parties: [PartyEvidence], outside: Set<UInt8>, isSettled: Bool,
        openSince: [Int64]? = nil
    ) {
        self.openSince = openSince
        self.auditor = auditor
        self.parties = parties
        self.outside = outside
        self.isSettled = isSettled
        let names = auditor.subject.topicNames
        func number(_ name: String) -> UInt8 { names.firstIndex(of: name).map { UInt8(clamping: $0) } ?? .max }
        numbers = parties.map { party in party.subject.topicNames.map(number) }
        var carried = [(type: UInt8, province: UInt8?)?](repeating: nil, count: 256)
        var partitions = [Int](repeating: 0, count: 256)
        var isSharedByRecord = [Bool](repeating: false, count: 256)
        for topic in parties.flatMap({ $0.subject.reads + $0.subject.writes }) {
            let type = Int(topic.carries.rawValue)
            carried[Int(number(topic.name))] = (UInt8(type), topic.province.flatMap { UInt8($0) })
            partitions[type] = topic.partitions
            isSharedByRecord[type] = topic.isSharedByRecord
        }
        carried[255] = nil
        self.carried = carried
        self.partitions = partitions
        self.isSharedByRecord = isSharedByRecord
    }

    /// Compares one message.
    /// - Parameter entries: First what was sent, then what was received, then what was seen.
    mutating func compare(_ entries: ArraySlice<CrossEntry>, _ findings: inout FindingList) {
        let start = entries.firstIndex(where: \.isObserved) ?? entries.endIndex
        let seen = entries[start...].filter { carried[Int($0.topic)]?.type == $0.type }
        let others = entries[..<start]
        if let sent = others.first, sent.isSent {
            compare(sent: others.prefix { $0.isSent }, seen, &findings)
        } else {
            for entry in seen {
                if outside.contains(entry.type) {
                    evidence.outside += 1
                } else if let openSince, entry.time >= openSince[Int(entry.type)] {
                    evidence.sentSince += 1
                } else {
                    add(.extra, entry, "seen, and no party's journal says that it was sent", &findings)
                }
            }
        }
        for entry in others.drop(while: { $0.isSent }) { compare(received: entry, seen, &findings) }
    }

    private mutating func compare(
        sent: ArraySlice<CrossEntry>, _ seen: [CrossEntry], _ findings: inout FindingList
    ) {
        guard let first = sent.first else { return }
        evidence.sent += 1
        let lane = lane(of: first)
        let (own, astray) = (seen.filter { isOn(lane, $0) }, seen.filter { !isOn(lane, $0) })
        for entry in astray {
            add(
                .misdirected, entry,
                "seen on \(auditor.subject.topicName(entry.topic)), and it was sent to another province",
                &findings)
        }
        guard !own.isEmpty else { return lanes.missed(first, in: lane) }
        evidence.seen += 1
        for entry in own {
            lanes.arrived(first.number, in: lane, partition: entry.partition)
            if !sent.contains(where: { $0.digest == entry.digest }) {
                add(
                    .altered, entry,
                    "\(name(first)) sent it with the digest \(first.digest) (leaf \(first.number)), the auditor saw "
                        + "\(entry.digest)", &findings)
            }
        }
    }

    // What a sender wrote of one kind, and of a kind with a topic for each province, to one province.
    private static let provinces = 100

    private func lane(of sent: CrossEntry) -> Lane {
        Lane(sender: sent.party, target: Int(sent.type) * Self.provinces + Int(sent.sentProvince ?? 0))
    }

    private func isOn(_ lane: Lane, _ seen: CrossEntry) -> Bool {
        carried[Int(seen.topic)]?.province.map { Int($0) == lane.target % Self.provinces } ?? true
    }

    private func isBehind(_ lane: Lane, _ behind: Set<UInt8>) -> Bool {
        behind.contains { number in
            guard let topic = carried[Int(number)], Int(topic.type) == lane.target / Self.provinces else {
                return false
            }
            return topic.province.map { Int($0) == lane.target % Self.provinces } ?? true
        }
    }

    private mutating func compare(received entry: CrossEntry, _ seen: [CrossEntry], _ findings: inout FindingList) {
        let known = numbers[Int(entry.party)]
        let topic = known.indices.contains(Int(entry.topic)) ? known[Int(entry.topic)] : .max
        let place = "\(auditor.subject.topicName(topic))/\(entry.partition)@\(entry.offset)"
        let same = seen.first {
            $0.topic == topic && $0.partition == entry.partition && $0.offset == entry.offset
        }
        guard let same else {
            let own = JournalPass.Place(topic: topic, partition: entry.partition)
            guard entry.offset < auditor.pass.offsets[own] ?? 0 else {
                evidence.ahead += 1
                let known = beyond[own] ?? (0, 0)
                beyond[own] = (known.count + 1, max(known.end, entry.offset &+ 1))
                return
            }
            evidence.unobserved += 1
            add(.unobserved, entry, "received at \(place), where the auditor saw something else", &findings)
            return
        }
        evidence.receipts += 1
        if same.digest != entry.digest {
            add(
                .altered, entry,
                "received at \(place) with the digest \(entry.digest), the auditor saw \(same.digest) there (leaf "
                    + "\(same.number))", &findings)
        }
    }

    /// Judges what was not seen: a fault when later messages of the same sender were, or nothing is pending any more and
    /// the auditor has read as far as the parties. Where it has not, that is said once for each partition, unless it is
    /// still reading.
    mutating func end(_ findings: inout FindingList) {
        if openSince == nil { nameWhereItIsBehind(&findings) }
        let behind = Set(beyond.keys.map(\.topic))
        lanes.forEachMissed { lane in
            let isOneLane =
                isSharedByRecord[lane.target / Self.provinces]
                && parties[Int(lane.sender)].subject.shard.partition != nil
            return isOneLane ? 1 : partitions[lane.target / Self.provinces]
        } _: { missed in
            guard !parties[Int(missed.lane.sender)].isUnsent(missed.number),
                missed.isOvertaken || isSettled && !isBehind(missed.lane, behind)
            else { return }
            evidence.unobserved += 1
            if let entry = missed.entry {
                add(.unobserved, entry, "sent, and the auditor never saw it on its topic", &findings)
            } else {
                findings.count(.unobserved, parties[Int(missed.lane.sender)].subject.party)
            }
        }
    }

    private func nameWhereItIsBehind(_ findings: inout FindingList) {
        for (place, found) in beyond.sorted(by: { ($0.key.topic, $0.key.partition) < ($1.key.topic, $1.key.partition) })
        {
            let name = "\(auditor.subject.topicName(place.topic))/\(place.partition)"
            findings.add(
                .unobserved, auditor.subject.party,
                "it has read \(name) up to offset \(auditor.pass.offsets[place] ?? 0), and parties up to \(found.end): "
                    + "\(found.count) receipts have not been seen by it; start the exchange again, so that it reads on")
        }
    }

    private func add(_ kind: AuditFinding.Kind, _ entry: CrossEntry, _ text: String, _ findings: inout FindingList) {
        let type = MessageType(rawValue: entry.type)?.name ?? "type \(entry.type)"
        findings.add(
            kind, name(entry), leaf: entry.number, message: entry.message.description, "\(type): \(text)")
    }

    private func name(_ entry: CrossEntry) -> String {
        Int(entry.party) < parties.count ? parties[Int(entry.party)].subject.party : auditor.subject.party
    }
}
