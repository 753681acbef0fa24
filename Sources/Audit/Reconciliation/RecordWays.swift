import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// The ways of a turn's records through all parties: each message's sending and receipts, and where each record stands.
struct RecordWays {
    /// A message on its way to one reader.
    struct Passage {
        static let never = Int64.min
        var sentAt = never
        var receivedAt = never
        /// The sender's leaf; its number is -1 before.
        var sentLeaf = ScopedParty.LeafPlace(journal: 0, number: -1)
        /// Sender's place in the list of parties.
        var sender: UInt8 = 0
        var decision: Decision?
        var reason: UInt16 = 0

        var isSent: Bool { sentAt != Self.never }
        var isReceived: Bool { receivedAt != Self.never }
    }

    /// A kind of message and one reader.
    struct Hop {
        var type: MessageType
        /// As it is declared: the topics of provinces are one.
        var topic: Topic
        /// Provinces whose topics the reader has of them; nil for a topic of all.
        var provinces: Set<UInt8>?
        /// Place in the list of parties.
        var reader: Int

        /// Whether the reader is to receive what was sent to a province, or to all.
        func isFor(_ province: UInt8?) -> Bool { provinces.map { province.map($0.contains) ?? false } ?? true }
    }

    let turn: RecordTurn
    let hops: [Hop]
    private let parties: [ScopedParty]
    private(set) var passages: [Passage]
    private(set) var standings: [RecordStanding]
    /// First slot of each record; a slot holds one revision.
    private let slots: [Int]
    /// Hops by type.
    private let hopsOfType: [[Int]]

    /// The hops of an exchange, in the order of its route.
    static func hops(_ parties: [ScopedParty]) -> [Hop] {
        var hops: [Hop] = []
        for (place, party) in parties.enumerated() {
            for topic in party.reads where topic.carries.isOnTheRoute {
                let province = topic.province.flatMap { UInt8($0) }
                let known = hops.firstIndex { $0.reader == place && $0.topic.name == topic.declaredName }
                if let known, let province {
                    hops[known].provinces?.insert(province)
                } else {
                    var declared = topic
                    declared.name = topic.declaredName
                    declared.province = nil
                    hops.append(
                        Hop(type: topic.carries, topic: declared, provinces: province.map { [$0] }, reader: place))
                }
            }
        }
        guard let route = parties.first?.route else { return hops }
        return hops.sorted { (route.place(of: $0.type), $0.reader) < (route.place(of: $1.type), $1.reader) }
    }

    /// Goes over all journals once.
    init(_ turn: RecordTurn, _ parties: [ScopedParty]) throws {
        self.turn = turn
        self.parties = parties
        let hops = Self.hops(parties)
        self.hops = hops
        hopsOfType = (0..<256).map { type in hops.indices.filter { Int(hops[$0].type.rawValue) == type } }
        var slots: [Int] = []
        var count = 0
        for revisions in turn.revisions {
            slots.append(count)
            count += Int(revisions)
        }
        self.slots = slots
        passages = Array(repeating: Passage(), count: count * hops.count)
        standings = Array(repeating: RecordStanding(), count: turn.records.count * parties.count)
        for (place, party) in parties.enumerated() {
            try party.forEachLeaf { number, leaf in
                guard leaf.isAboutMessage, let found = turn.place(leaf.message) else { return }
                take(leaf, number, found, place)
            }
        }
    }

    private mutating func take(
        _ leaf: JournalLeaf, _ number: ScopedParty.LeafPlace, _ place: RecordTurn.Place, _ party: Int
    ) {
        guard let type = MessageType(rawValue: place.type), leaf.type == place.type else { return }
        if let duties = parties[party].duties {
            standings[Int(place.record) * parties.count + party].take(
                leaf, revision: place.revision, type: type, duties: duties)
        }
        let slot = slots[Int(place.record)] + Int(place.revision) - 1
        for hop in hopsOfType[Int(place.type)] {
            let at = slot * hops.count + hop
            if leaf.decision == .sent {
                guard !passages[at].isSent, hops[hop].isFor(leaf.sentProvince) else { continue }
                passages[at].sentAt = leaf.time
                passages[at].sentLeaf = number
                passages[at].sender = UInt8(clamping: party)
            } else if hops[hop].reader == party {
                if !passages[at].isReceived { passages[at].receivedAt = leaf.time }
                // What was unreadable may be read when it comes again.
                if passages[at].decision.map({ !$0.isEffect }) ?? true {
                    passages[at].decision = leaf.decision
                    passages[at].reason = leaf.reason
                }
            }
        }
    }

    /// Revisions of a record.
    func revisions(_ record: Int) -> ClosedRange<Int> { 1...Int(turn.revisions[record]) }

    /// A record's passage in a revision.
    func passage(_ record: Int, _ revision: Int, _ hop: Int) -> Passage {
        passages[(slots[record] + revision - 1) * hops.count + hop]
    }

    /// Where a record stands at a party.
    func standing(_ record: Int, _ party: Int) -> RecordStanding { standings[record * parties.count + party] }

    /// Whether what a passage sent still lies in its sender's outbox.
    func isInOutbox(_ passage: Passage) -> Bool {
        parties.indices.contains(Int(passage.sender)) && parties[Int(passage.sender)].isUnsent(passage.sentLeaf)
    }

    /// The first hop of a type.
    func hop(_ type: MessageType) -> Int? { hopsOfType[Int(type.rawValue)].first }
}

extension Decision {
    /// Whether the message had an effect, of which a message may have one at each party.
    var isEffect: Bool { self == .accepted || self == .refused || self == .held || self == .withdrawn }
}
