import Audit
import ExchangeSchema
import PartyCore
import Vocabulary

/// Something of a record's way that its leaves leave open: what was sent is not received, or what was received is not
/// answered. It may come later, as far as the checkpoints of the package say.
public struct OpenEnd: Sendable, Codable, Hashable {
    /// In whose log the leaf is from which something must follow.
    public var party: String
    /// Number of that leaf.
    public var leaf: Int64
    /// For people: what does not follow.
    public var text: String
}

/// Where the leaves of a package end, and what the route wants more.
///
/// | leaf | what must follow |
/// |---|---|
/// | sent | somebody has received it, whatever came of it |
/// | sent, where the auditor's leaves are there | the auditor has seen it |
/// | a record or check taken in: accepted, refused, held | the party has sent something because of it |
/// | the same, where the party waits for the answers of others | it has sent entry, notice or correction of the revision |
/// | the last revision that a facility sent, if it is no withdrawal | notice or correction has come |
struct StoryEnd {
    private(set) var open: [OpenEnd] = []
    private let leaves: [RecordLeaf]

    init(_ leaves: [RecordLeaf]) {
        self.leaves = leaves
        let own = leaves.filter { $0.leaf.decision != .observed }
        let received = Set(own.filter { $0.leaf.decision != .sent }.map(\.leaf.message))
        let observed = Set(leaves.filter { $0.leaf.decision == .observed }.map(\.leaf.message))
        for leaf in own where leaf.leaf.decision == .sent {
            if !received.contains(leaf.leaf.message) {
                add(leaf, "no log here says that the \(leaf.type) sent with it was received")
            }
            if !observed.isEmpty, !observed.contains(leaf.leaf.message) {
                add(leaf, "the auditor has not seen the \(leaf.type) sent with it")
            }
        }
        for party in Set(own.map(\.party)).sorted() { judge(own.filter { $0.party == party }) }
        open.sort { ($0.party, $0.leaf, $0.text) < ($1.party, $1.leaf, $1.text) }
    }

    /// What a party takes in and does something about.
    private static let intakes: Set<MessageType> = [.facilityRecord, .acceptedRecord, .assessedRecord, .identityCheck]
    private static let conclusions: Set<MessageType> = [.bookEntry, .sharingNotice, .correction]

    private mutating func judge(_ leaves: [RecordLeaf]) {
        let sent = leaves.filter { $0.leaf.decision == .sent }
        let taken = leaves.filter { $0.leaf.decision != .sent }
        let causes = Set(sent.map(\.leaf.cause))
        let intakes = taken.filter { Self.intakes.contains($0.type) }
        for leaf in intakes where [.accepted, .refused, .held].contains(leaf.leaf.decision) {
            guard !causes.contains(leaf.leaf.message) else { continue }
            add(leaf, "\(leaf.party) has not answered the \(leaf.type), nor passed it on")
        }
        let waits =
            sent.contains { $0.type == .acceptedRecord }
            || taken.contains { [.assessedRecord, .assessment, .identityResult].contains($0.type) }
        if waits, let last = Self.last(intakes), last.leaf.decision == .accepted,
            !sent.contains(where: { Self.conclusions.contains($0.type) && $0.revision == last.revision })
        {
            add(last, "\(last.party) has not come to a decision about revision \(last.revision)")
        }
        if let last = Self.last(sent.filter { $0.type == .facilityRecord }),
            last.leaf.reason != ReasonCode.facilityWithdrew.rawValue,
            !taken.contains(where: {
                [.sharingNotice, .correction].contains($0.type) && $0.revision == last.revision
            })
        {
            add(last, "\(last.party) has not been told what came of revision \(last.revision)")
        }
    }

    /// Of the latest revision that was not too late.
    private static func last(_ leaves: [RecordLeaf]) -> RecordLeaf? {
        leaves.filter { ![.duplicate, .stale, .unreadable].contains($0.leaf.decision) }
            .max { ($0.revision, $0.number) < ($1.revision, $1.number) }
    }

    private mutating func add(_ leaf: RecordLeaf, _ text: String) {
        open.append(OpenEnd(party: leaf.party, leaf: leaf.number, text: text))
    }
}
