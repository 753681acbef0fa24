import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// Where a record without an outcome waits, and why: from the furthest message of its latest revision.
struct Waiting: Hashable {
    /// Place in the list of parties; nil when no leaf says.
    var party: Int?
    var cause: WaitingCause
    /// The message it waits for or with.
    var type: MessageType?
    /// The hop concerned.
    var hop: Int?

    /// - Parameter bookkeeper: Who decides in the end: where nothing else says where it waits, it waits there.
    init(_ record: Int, _ ways: RecordWays, undecidedAt bookkeeper: Int?) {
        let revision =
            ways.revisions(record).last { revision in
                ways.hops.indices.contains { ways.passage(record, revision, $0).isSent }
                    || ways.hops.indices.contains { ways.passage(record, revision, $0).isReceived }
            } ?? 1
        // An agreement that holds the answer back explains all that does not move beside it.
        for hop in ways.hops.indices where ways.passage(record, revision, hop).decision == .held {
            let reader = ways.hops[hop].reader
            guard ways.standing(record, reader).phase == .held else { continue }
            self.init(party: reader, cause: .agreement, type: ways.hops[hop].type, hop: hop)
            return
        }
        for hop in ways.hops.indices.reversed() {
            let passage = ways.passage(record, revision, hop)
            guard passage.isSent, !passage.isReceived else { continue }
            let isInOutbox = ways.isInOutbox(passage)
            self.init(
                party: isInOutbox ? Int(passage.sender) : ways.hops[hop].reader,
                cause: isInOutbox ? .inOutbox : .notReceived, type: ways.hops[hop].type, hop: hop)
            return
        }
        self.init(party: bookkeeper, cause: .undecided, type: nil, hop: nil)
    }

    private init(party: Int?, cause: WaitingCause, type: MessageType?, hop: Int?) {
        self.party = party
        self.cause = cause
        self.type = type
        self.hop = hop
    }
}
