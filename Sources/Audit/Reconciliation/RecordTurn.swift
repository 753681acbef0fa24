import ExchangeSchema
import PartyCore
import PartyStore
import Vocabulary

/// The records of one turn, with the identifiers of all their messages: a leaf names its message only, and which record
/// that is about can be computed from the record but not back.
struct RecordTurn {
    /// Records in memory at once, about.
    static let recordsAtOnce: Int64 = 100_000
    /// Revisions looked for, as in ``RecordTrace``.
    private static let mostRevisions = UInt32(RecordTrace.revisions.upperBound)

    /// One message of one record.
    struct Place {
        var record: Int32
        /// From 1.
        var revision: UInt16
        var type: UInt8
    }

    private(set) var records: [RecordIdentifier] = []
    /// Greatest revision of each, from 1.
    private(set) var revisions: [UInt32] = []
    private(set) var index: [RecordIdentifier: Int32] = [:]
    private var messages: [MessageIdentifier: Place] = [:]

    /// How many turns the records of these parties need.
    static func turns(_ parties: [ScopedParty], recordsAtOnce: Int64) throws -> UInt64 {
        let most =
            try parties.map { party in
                try party.journals.reduce(0) { try $0 + $1.store.countByPhase().values.reduce(0, +) }
            }.max() ?? 0
        return UInt64(max(0, most) / max(1, recordsAtOnce) + 1)
    }

    /// Takes the records of all parties that belong to this turn, by their identifier.
    init(_ parties: [ScopedParty], turn: UInt64, of turns: UInt64) throws {
        for journal in parties.flatMap(\.journals) {
            try journal.store.forEachRecord { identifier, words in
                guard identifier.low % turns == turn else { return }
                let revision = min(max(words.revision, 1), Self.mostRevisions)
                if let place = index[identifier] {
                    revisions[Int(place)] = max(revisions[Int(place)], revision)
                } else {
                    index[identifier] = Int32(records.count)
                    records.append(identifier)
                    revisions.append(revision)
                }
            }
        }
        messages.reserveCapacity(records.count * 8)
        for (place, record) in records.enumerated() {
            for revision in 1...revisions[place] {
                for type in MessageType.allCases where type.isOnTheRoute {
                    messages[MessageIdentifier(type, record: record, revision: revision)] = Place(
                        record: Int32(place), revision: UInt16(revision), type: type.rawValue)
                }
            }
        }
    }

    /// Where a message belongs; nil when it is about no record of this turn.
    func place(_ message: MessageIdentifier) -> Place? { messages[message] }
}
