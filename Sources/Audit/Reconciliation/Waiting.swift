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

    /// Where a record waits, and since when by the leaf of the message concerned; nil when there is none.
    /// - Parameter bookkeeper: Who decides in the end: where nothing else says where it waits, it waits there.
    static func place(
        _ record: Int, _ ways: RecordWays, undecidedAt bookkeeper: Int?
    ) -> (place: Waiting, since: Int64?) {
        let revision =
            ways.revisions(record).last { revision in
                ways.hops.indices.contains { ways.passage(record, revision, $0).isSent }
                    || ways.hops.indices.contains { ways.passage(record, revision, $0).isReceived }
            } ?? 1
        // An agreement that holds the answer back explains all that does not move beside it.
        for hop in ways.hops.indices where ways.passage(record, revision, hop).decision == .held {
            let reader = ways.hops[hop].reader
            guard ways.standing(record, reader).phase == .held else { continue }
            let place = Waiting(party: reader, cause: .agreement, type: ways.hops[hop].type, hop: hop)
            return (place, ways.passage(record, revision, hop).receivedAt)
        }
        for hop in ways.hops.indices.reversed() {
            let passage = ways.passage(record, revision, hop)
            guard passage.isSent, !passage.isReceived else { continue }
            let isInOutbox = ways.isInOutbox(passage)
            let place = Waiting(
                party: isInOutbox ? Int(passage.sender) : ways.hops[hop].reader,
                cause: isInOutbox ? .inOutbox : .notReceived, type: ways.hops[hop].type, hop: hop)
            return (place, passage.sentAt)
        }
        let arrivals = ways.hops.indices.map { ways.passage(record, revision, $0) }.filter(\.isReceived)
        return (
            Waiting(party: bookkeeper, cause: .undecided, type: nil, hop: nil), arrivals.map(\.receivedAt).max()
        )
    }
}
