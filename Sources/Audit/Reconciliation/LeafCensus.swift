import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// A first pass over a party's journals: how many, from when to when, and what had no effect.
struct LeafCensus {
    private(set) var leaves: Int64 = 0
    private(set) var first: Int64 = .max
    private(set) var last: Int64 = .min
    private(set) var copies: Int64 = 0
    private(set) var stale: Int64 = 0
    /// Messages that no party of the topology sent.
    private(set) var strays: Int64 = 0
    /// Dead letters by the raw value of the type that the topic carries.
    private(set) var deadLetters: [UInt8: Int64] = [:]

    /// Signatures taken in: a handful; what is beyond reason is left out.
    private(set) var signatures: [SignatureReceipt] = []
    private static let mostSignatures = 100

    init(_ party: ScopedParty) throws {
        let carried = party.reads.map(\.carries.rawValue)
        try party.forEachLeaf { place, leaf in
            leaves += 1
            first = min(first, leaf.time)
            last = max(last, leaf.time)
            if leaf.type == MessageType.agreementSignature.rawValue, leaf.decision == .accepted,
                signatures.count < Self.mostSignatures
            {
                signatures.append(
                    SignatureReceipt(
                        message: leaf.message.description, reader: party.journals[Int(place.journal)].subject.party,
                        leaf: place.number, time: leaf.time))
            }
            switch leaf.decision {
            case .duplicate: copies += 1
            case .stale, .unknownRecord: stale += 1
            case .unreadable, .headless:
                let topic = Int(leaf.topic)
                deadLetters[carried.indices.contains(topic) ? carried[topic] : 0, default: 0] += 1
            case .stray: strays += StrayRun(leaf)?.count ?? 0
            default: break
            }
        }
    }
}
