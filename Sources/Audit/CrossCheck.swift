import ExchangeSchema
import PartyCore
import PartyStore
import Topology

/// What each party journalled as sent against what its readers journalled as received, by message and digest.
///
/// Holds at most about ``entriesAtOnce`` leaves: the messages are taken in turns by their identifier, and the journals
/// are read again for each turn.
struct CrossCheck {
    /// Leaves in memory at once: 128 MiB.
    static let entriesAtOnce: Int64 = 1_000_000
    /// Unmatched messages looked at one by one.
    private static let mostUnmatched = 100_000

    private let parties: [PartyEvidence]
    private var observation: ObservationCheck?
    private let outside: Set<UInt8>
    private let isSettled: Bool
    /// Parties that read a type, by its raw value.
    private let readers: [[Int]]
    private let writers: [[Int]]
    private(set) var hops: [HopEvidence] = []
    /// What two parties do not agree on, at most ``mostDisagreements``.
    private(set) var disagreements: [Disagreement] = []
    private static let mostDisagreements = 1_000
    /// Place of a hop by type and reader; -1 for none.
    private var places = [Int](repeating: -1, count: 65_536)
    private var unmatched: [(sent: CrossEntry, reader: Int)] = []
    /// Greatest journal number received, by sender, reader, type and partition.
    private var overtaken: [Lane: [Int32: Int64]] = [:]

    private struct Lane: Hashable {
        var sender: UInt8
        var reader: UInt8
        var type: UInt8
    }

    /// What the auditor saw of it; nil where there is no auditor.
    var observed: ObservationEvidence? { observation?.evidence }

    /// - Parameters:
    ///   - auditor: Who saw all of it; nil for nobody.
    ///   - outside: Types that may come from somebody who keeps no journal here.
    ///   - isSettled: Whether nothing is pending anywhere, so that nothing can be on its way.
    init(_ parties: [PartyEvidence], auditor: PartyEvidence? = nil, outside: Set<MessageType>, isSettled: Bool) {
        self.parties = parties
        let outside = Set(outside.map(\.rawValue))
        self.outside = outside
        self.isSettled = isSettled
        observation = auditor.map {
            ObservationCheck($0, parties: parties, outside: outside, isSettled: isSettled)
        }
        var readers = [[Int]](repeating: [], count: 256)
        var writers = readers
        for (place, party) in parties.enumerated() {
            for topic in party.subject.reads {
                readers[Int(MessageType(carried: topic.carries).rawValue)].append(place)
            }
            for topic in party.subject.writes {
                writers[Int(MessageType(carried: topic.carries).rawValue)].append(place)
            }
        }
        self.readers = readers
        self.writers = writers
        for type in MessageType.allCases {
            for reader in readers[Int(type.rawValue)] {
                places[Int(type.rawValue) << 8 | reader] = hops.count
                hops.append(HopEvidence(type: type, reader: parties[reader].subject.party))
            }
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
            for (place, party) in all.enumerated() {
                try party.store.forEachJournalRow { first, _, bytes in
                    for at in stride(from: 0, to: bytes.count - JournalLeaf.width + 1, by: JournalLeaf.width) {
                        let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: at + 40, as: UInt64.self))
                        // The two bits at the top are the same in all identifiers.
                        guard (low &<< 2).multipliedFullWidth(by: turns).high == turn else { continue }
                        let bytes = UnsafeRawBufferPointer(rebasing: bytes[at..<at + JournalLeaf.width])
                        // Without a type there is no identifier; what is no leaf was reported by the pass.
                        guard let leaf = JournalLeaf(raw: bytes), leaf.type != 0 else { continue }
                        let number = first &+ Int64(at / JournalLeaf.width)
                        order.append((low, UInt32(truncatingIfNeeded: entries.count)))
                        entries.append(CrossEntry(leaf, number: number, party: place))
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
            for reader in readers[Int(first.type)] { compare(first, sent, received, reader, &findings) }
            return
        }
        for entry in received where !outside.contains(entry.type) {
            add(.extra, entry, [entry], "received, and no party's journal says that it was sent", &findings)
            count(entry) { $0.extra += 1 }
        }
        for entry in received where outside.contains(entry.type) { count(entry) { $0.outside += 1 } }
        findDoubled(received, &findings)
    }

    private mutating func compare(
        _ first: CrossEntry, _ sent: ArraySlice<CrossEntry>, _ received: ArraySlice<CrossEntry>, _ reader: Int,
        _ findings: inout FindingList
    ) {
        let own = received.filter { Int($0.party) == reader }
        count(type: first.type, reader) { $0.sent += 1 }
        guard !own.isEmpty else {
            if unmatched.count < Self.mostUnmatched { unmatched.append((first, reader)) }
            return
        }
        count(type: first.type, reader) { hop in
            hop.received += 1
            hop.copies += Int64(own.count - 1)
        }
        for entry in own where !sent.contains(where: { $0.digest == entry.digest }) {
            add(
                .altered, entry, [first, entry],
                "\(name(first)) sent it with the digest \(first.digest) (leaf \(first.number)), \(name(entry)) received "
                    + "\(entry.digest)", &findings)
            count(entry) { $0.altered += 1 }
        }
        for entry in own {
            let lane = Lane(sender: first.party, reader: UInt8(clamping: reader), type: first.type)
            let known = overtaken[lane]?[entry.partition] ?? -1
            if first.number > known { overtaken[lane, default: [:]][entry.partition] = first.number }
        }
        findDoubled(own[...], &findings)
    }

    private mutating func findDoubled(_ received: ArraySlice<CrossEntry>, _ findings: inout FindingList) {
        for (place, entry) in zip(received.indices, received) where entry.isEffect {
            if received[..<place].contains(where: { $0.party == entry.party && $0.isEffect }) {
                let both = received[...place].filter { $0.party == entry.party && $0.isEffect }
                add(.doubled, entry, both, "\(name(entry)) took it in twice", &findings)
            }
        }
    }

    /// A message is lost when later ones of its sender have arrived in every partition; while something is pending, it
    /// may otherwise be on its way.
    private mutating func judgeUnmatched(_ findings: inout FindingList) {
        for (sent, reader) in unmatched {
            let party = parties[reader].subject
            let lane = Lane(sender: sent.party, reader: UInt8(clamping: reader), type: sent.type)
            let partitions =
                party.reads.first { MessageType(carried: $0.carries).rawValue == sent.type }?.partitions ?? 0
            let seen = overtaken[lane] ?? [:]
            let isOvertaken = seen.count >= partitions && seen.values.allSatisfy { $0 > sent.number }
            if parties[Int(sent.party)].isUnsent(sent.number) {
                count(type: sent.type, reader) { $0.inOutbox += 1 }
            } else if isOvertaken {
                add(
                    .missing, sent, [sent], to: party.party,
                    "\(party.party) never received it, and later messages have arrived", &findings)
                count(type: sent.type, reader) { $0.missing += 1 }
            } else if isSettled {
                add(
                    .late, sent, [sent], to: party.party,
                    "\(party.party) has not received it, and nothing is pending any more", &findings)
                count(type: sent.type, reader) { $0.late += 1 }
            } else {
                count(type: sent.type, reader) { $0.underWay += 1 }
            }
        }
    }

    private mutating func add(
        _ kind: AuditFinding.Kind, _ entry: CrossEntry, _ evidence: [CrossEntry], to reader: String? = nil,
        _ text: String, _ findings: inout FindingList
    ) {
        let type = MessageType(rawValue: entry.type).map { "\($0)" } ?? "type \(entry.type)"
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
        count(type: entry.type, Int(entry.party), change)
    }

    private mutating func count(type: UInt8, _ reader: Int, _ change: (inout HopEvidence) -> Void) {
        let place = places[Int(type) << 8 | reader]
        if place >= 0 { change(&hops[place]) }
    }
}
