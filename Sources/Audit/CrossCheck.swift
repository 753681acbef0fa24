import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import Vocabulary

/// What each party journalled as sent against what its readers journalled as received, by message and digest.
///
/// Holds at most about ``entriesAtOnce`` leaves: the messages are taken in turns by their identifier, and the journals
/// are read again for each turn.
struct CrossCheck {
    /// Leaves in memory at once: 128 MiB.
    static let entriesAtOnce: Int64 = 1_000_000
    private let parties: [PartyEvidence]
    private var observation: ObservationCheck?
    private let outside: Set<UInt8>
    private let isSettled: Bool
    private let readers: CrossReaders
    /// Places of those who may write a type, by its raw value.
    private let writers: [[Int]]
    /// What came to each reader, in the order of the readers.
    private(set) var hops: [HopEvidence]
    /// What two parties do not agree on, at most ``mostDisagreements``.
    private(set) var disagreements: [Disagreement] = []
    private static let mostDisagreements = 1_000
    private var lanes = LaneJudge()
    /// Messages received under a party's name that no party's journal has as sent: by the place of the reader, and the number of
    /// the topic.
    private(set) var forged: [[UInt8: StrayCount]]
    /// Of each type, by its raw value, the moment after which a message may have been sent without its sender's journal
    /// saying so: that was read before. At the end of time for an exchange that does not run.
    private let openSince: [Int64]

    /// What the auditor saw of it; nil where there is no auditor.
    var observed: ObservationEvidence? { observation?.evidence }

    /// - Parameters:
    ///   - auditor: Who saw all of it; nil for nobody.
    ///   - outside: Types that may come from somebody who keeps no journal here.
    ///   - isSettled: Whether nothing is pending anywhere, so that nothing can be on its way.
    ///   - isLive: Whether a party runs: then each journal is as of a moment of its own.
    init(
        _ parties: [PartyEvidence], auditor: PartyEvidence? = nil, outside: Set<MessageType>, isSettled: Bool,
        isLive: Bool = false
    ) {
        self.parties = parties
        forged = Array(repeating: [:], count: parties.count)
        let outside = Set(outside.map(\.rawValue))
        self.outside = outside
        self.isSettled = isSettled
        readers = CrossReaders(parties.map(\.subject))
        hops = readers.hops.map { HopEvidence(type: $0.type, reader: $0.reader) }
        var writers = [[Int]](repeating: [], count: 256)
        var openSince = [Int64](repeating: .max, count: 256)
        for (place, party) in parties.enumerated() {
            for topic in party.subject.writes {
                let type = Int(topic.carries.rawValue)
                writers[type].append(place)
                if isLive { openSince[type] = min(openSince[type], party.store.takenAt) }
            }
        }
        self.writers = writers
        self.openSince = openSince
        observation = auditor.map {
            ObservationCheck(
                $0, parties: parties, outside: outside, isSettled: isSettled, openSince: isLive ? openSince : nil)
        }
    }

    /// Compares all messages.
    mutating func run(_ findings: inout FindingList) throws {
        let all = parties + (observation.map { [$0.auditor] } ?? [])
        let leaves = all.reduce(0) { $0 + $1.pass.present }
        let turns = UInt64(leaves / Self.entriesAtOnce + 1)
        for turn in 0..<turns {
            var entries: [CrossEntry] = []
            var order: [(word: UInt64, place: UInt32)] = []
            for (subject, party) in all.enumerated() {
                try unsafe party.store.forEachJournalRow { first, _, bytes in
                    for (place, stored) in unsafe StoredLeaves(bytes).enumerated() {
                        let low = stored.messageLow
                        // The two bits at the top are the same in all identifiers.
                        guard (low &<< 2).multipliedFullWidth(by: turns).high == turn else { continue }
                        // Without a type there is no identifier; what is no leaf was reported by the pass.
                        guard let leaf = stored.leaf, leaf.isAboutMessage else { continue }
                        let number = first &+ Int64(place)
                        order.append((low, UInt32(truncatingIfNeeded: entries.count)))
                        entries.append(CrossEntry(leaf, number: number, party: subject))
                    }
                }
            }
            order.sort { $0.word < $1.word }
            compare(entries, order, &findings)
        }
        judgeUnmatched(&findings)
        observation?.end(&findings)
    }

    /// Entries are large: their order is made with one word of each, and only those that share it are moved.
    private mutating func compare(
        _ entries: [CrossEntry], _ order: [(word: UInt64, place: UInt32)], _ findings: inout FindingList
    ) {
        var alike: [CrossEntry] = []
        var next = 0
        while next < order.count {
            let word = order[next].word
            alike.removeAll(keepingCapacity: true)
            while next < order.count, order[next].word == word {
                alike.append(entries[Int(order[next].place)])
                next += 1
            }
            if alike.count > 1 { alike.sort(by: CrossEntry.precedes) }
            var start = 0
            while start < alike.count {
                var end = start + 1
                while end < alike.count, alike[end].message == alike[start].message { end += 1 }
                compareMessage(alike[start..<end], &findings)
                start = end
            }
        }
    }

    private mutating func compareMessage(_ all: ArraySlice<CrossEntry>, _ findings: inout FindingList) {
        observation?.compare(all, &findings)
        let entries = all[..<(all.firstIndex(where: \.isObserved) ?? all.endIndex)]
        let firstReceipt = entries.firstIndex { !$0.isSent } ?? entries.endIndex
        let sent = entries[..<firstReceipt]
        let received = entries[firstReceipt...]
        for entry in sent where !writers[Int(entry.type)].contains(Int(entry.party)) {
            add(.extra, entry, [entry], "\(name(entry)) may not send this kind of message", &findings)
        }
        if let first = sent.first {
            let seen = all[entries.endIndex...]
            for reader in readers.of(first.type, province: first.sentProvince) {
                compare(first, sent, received, reader, seen, &findings)
            }
            if let province = first.sentProvince { findMisdirected(received, province, &findings) }
            return
        }
        for entry in received where !outside.contains(entry.type) {
            guard entry.time < openSince[Int(entry.type)] else {
                count(entry) { $0.sentSince += 1 }
                continue
            }
            add(.extra, entry, [entry], "received, and no party's journal says that it was sent", &findings)
            count(entry) { $0.extra += 1 }
            forged[Int(entry.party)][entry.topic, default: StrayCount()].take(entry)
        }
        for entry in received where outside.contains(entry.type) { count(entry) { $0.outside += 1 } }
        findDoubled(received, &findings)
    }

    private mutating func compare(
        _ first: CrossEntry, _ sent: ArraySlice<CrossEntry>, _ received: ArraySlice<CrossEntry>, _ reader: Int,
        _ seen: ArraySlice<CrossEntry>, _ findings: inout FindingList
    ) {
        let members = readers.all[reader].members
        let own = received.filter { members.contains(Int($0.party)) }
        let hop = readers.all[reader].hop
        hops[hop].sent += 1
        guard !own.isEmpty else {
            lanes.missed(
                first, in: Lane(sender: first.party, target: reader), isAhead: isAhead(of: readers.all[reader], seen))
            return
        }
        hops[hop].received += 1
        hops[hop].copies += Int64(own.count - 1)
        for entry in own where !sent.contains(where: { $0.digest == entry.digest }) {
            add(
                .altered, entry, [first, entry],
                "\(name(first)) sent it with the digest \(first.digest) (leaf \(first.number)), \(name(entry)) received "
                    + "\(entry.digest)", &findings)
            count(entry) { $0.altered += 1 }
        }
        for entry in own {
            lanes.arrived(
                first.number, in: Lane(sender: first.party, target: reader), partition: entry.partition)
        }
        findDoubled(own[...], &findings)
    }

    /// A message to one province is nobody else's: whoever received it by another province's topic was told of a resident
    /// of somebody else.
    private mutating func findMisdirected(
        _ received: ArraySlice<CrossEntry>, _ province: UInt8, _ findings: inout FindingList
    ) {
        for entry in received {
            let reads = parties[Int(entry.party)].subject.reads
            guard reads.indices.contains(Int(entry.topic)), let other = reads[Int(entry.topic)].province,
                other != ProvinceCode.text(province)
            else { continue }
            add(
                .misdirected, entry, [entry],
                "received on \(reads[Int(entry.topic)].name), and it was sent to province \(ProvinceCode.text(province))",
                &findings)
            count(entry) { $0.extra += 1 }
        }
    }

    private mutating func findDoubled(_ received: ArraySlice<CrossEntry>, _ findings: inout FindingList) {
        for (place, entry) in zip(received.indices, received) where entry.isEffect {
            let hop = readers.hop(entry.type, place: entry.party)
            let all = received[...place].filter {
                $0.isEffect
                    && ($0.party == entry.party
                        || hop != nil && readers.hop($0.type, place: $0.party) == hop)
            }
            guard all.count > 1, let former = all.first else { continue }
            let whom = former.party == entry.party ? "took it in twice" : "took it in, as \(name(former)) had"
            add(.doubled, entry, all, "\(name(entry)) \(whom)", &findings)
        }
    }

    /// Whether the auditor saw a message where none of a reader's shards has come yet.
    private func isAhead(of reader: CrossReaders.Reader, _ seen: ArraySlice<CrossEntry>) -> Bool {
        guard !seen.isEmpty else { return false }
        return seen.allSatisfy { observed in
            reader.members.allSatisfy { member in
                let party = parties[member]
                guard let topic = party.subject.reads.firstIndex(where: { $0.name == reader.topic }) else {
                    return true
                }
                let place = JournalPass.Place(topic: UInt8(clamping: topic), partition: observed.partition)
                return observed.offset >= party.pass.offsets[place] ?? 0
            }
        }
    }

    /// While something is pending, what has not been overtaken may be on its way.
    private mutating func judgeUnmatched(_ findings: inout FindingList) {
        lanes.forEachMissed { lane in
            let party = readers.all[lane.target]
            let isOneLane = party.isKeyedByRecord && parties[Int(lane.sender)].subject.shard.partition != nil
            return isOneLane ? 1 : party.partitions
        } _: { missed in
            let hop = readers.all[missed.lane.target].hop
            let name = readers.all[missed.lane.target].name
            if parties[Int(missed.lane.sender)].isUnsent(missed.number) {
                hops[hop].inOutbox += 1
            } else if missed.isOvertaken {
                lost(.missing, missed, "\(name) never received it, and later messages have arrived", &findings)
                hops[hop].missing += 1
            } else if isSettled {
                lost(.late, missed, "\(name) has not received it, and nothing is pending any more", &findings)
                hops[hop].late += 1
            } else {
                hops[hop].underWay += 1
            }
        }
    }

    private mutating func lost(
        _ kind: AuditFinding.Kind, _ missed: LaneJudge.Missed, _ text: String, _ findings: inout FindingList
    ) {
        guard let sent = missed.entry else {
            return findings.count(kind, parties[Int(missed.lane.sender)].subject.party)
        }
        add(kind, sent, [sent], to: readers.all[missed.lane.target].name, text, &findings)
    }

    private mutating func add(
        _ kind: AuditFinding.Kind, _ entry: CrossEntry, _ evidence: [CrossEntry], to reader: String? = nil,
        _ text: String, _ findings: inout FindingList
    ) {
        let type = MessageType(rawValue: entry.type)?.name ?? "type \(entry.type)"
        findings.add(
            kind, name(entry), leaf: entry.number, message: entry.message.description, "\(type): \(text)")
        guard disagreements.count < Self.mostDisagreements else { return }
        disagreements.append(
            Disagreement(
                kind: kind, type: type, message: entry.message.description, to: reader ?? name(entry), text: text,
                evidence: evidence.map { Disagreement.Side($0, parties[Int($0.party)].subject) }))
    }

    private func name(_ entry: CrossEntry) -> String { parties[Int(entry.party)].subject.party }

    private mutating func count(_ entry: CrossEntry, _ change: (inout HopEvidence) -> Void) {
        if let hop = readers.hop(entry.type, place: entry.party) { change(&hops[hop]) }
    }
}
