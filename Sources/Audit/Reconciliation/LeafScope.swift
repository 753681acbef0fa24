import ExchangeSchema
import PartyCore
import PartyStore
import Topology

/// One party with the leaves of its journal that are counted: those below a number.
struct ScopedParty {
    let subject: AuditSubject
    /// What it runs. The auditor, which runs nothing, is never among those that are counted.
    var role: PartyRole { subject.role ?? .locality }
    let store: StoreInspection
    /// Leaves counted.
    let leaves: Int64
    /// Journal numbers of what waits in the outbox.
    let unsent: [Range<Int64>]

    init(_ subject: AuditSubject, _ store: StoreInspection, leaves: Int64?) throws {
        self.subject = subject
        self.store = store
        self.leaves = leaves ?? .max
        unsent = try store.progress.unsentChunks.compactMap { number in
            guard let chunk = try store.outboxChunk(number), chunk.firstSequence >= 0,
                chunk.firstSequence < Int64.max / 2
            else { return nil }
            return chunk.firstSequence..<chunk.firstSequence + Int64(chunk.messages.count)
        }
    }

    /// Hands over the leaves in the order of their numbers; what is no leaf is left out, for verification reports it.
    func forEachLeaf(_ body: (_ number: Int64, JournalLeaf) -> Void) throws {
        try store.forEachJournalRow { first, _, bytes in
            for at in stride(from: 0, to: bytes.count - JournalLeaf.width + 1, by: JournalLeaf.width) {
                let number = first &+ Int64(at / JournalLeaf.width)
                guard number < leaves else { return }
                let leaf = JournalLeaf(raw: UnsafeRawBufferPointer(rebasing: bytes[at..<at + JournalLeaf.width]))
                if let leaf { body(number, leaf) }
            }
        }
    }

    func isUnsent(_ number: Int64) -> Bool { unsent.contains { $0.contains(number) } }
}

/// A first pass over one journal: how many, from when to when, and what had no effect.
struct LeafCensus {
    private(set) var leaves: Int64 = 0
    private(set) var first: Int64 = .max
    private(set) var last: Int64 = .min
    private(set) var copies: Int64 = 0
    private(set) var stale: Int64 = 0
    private(set) var headless: Int64 = 0
    /// Dead letters by the raw value of the type that the topic carries.
    private(set) var deadLetters: [UInt8: Int64] = [:]

    /// Signatures taken in: a handful; what is beyond reason is left out.
    private(set) var signatures: [SignatureReceipt] = []
    private static let mostSignatures = 100

    init(_ party: ScopedParty) throws {
        let carried = party.subject.reads.map { MessageTypeOfTopic($0) }
        try party.forEachLeaf { number, leaf in
            leaves += 1
            first = min(first, leaf.time)
            last = max(last, leaf.time)
            if leaf.type == MessageType.agreementSignature.rawValue, leaf.decision == .accepted,
                signatures.count < Self.mostSignatures
            {
                signatures.append(
                    SignatureReceipt(
                        message: leaf.message.description, reader: party.subject.party, leaf: number, time: leaf.time))
            }
            switch leaf.decision {
            case .duplicate: copies += 1
            case .stale, .unknownRecord: stale += 1
            case .unreadable:
                let topic = Int(leaf.topic)
                let type = carried.indices.contains(topic) ? carried[topic].type : 0
                deadLetters[type, default: 0] += 1
                if leaf.type == 0, party.role == .moh, carried.indices.contains(topic),
                    carried[topic].isFacilityRecord
                {
                    headless += 1
                }
            default: break
            }
        }
    }
}
