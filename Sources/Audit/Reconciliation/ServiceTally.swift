import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// Counts how the service levels were kept, record by record.
struct ServiceTally {
    private let at: Int64
    private var answer = ServiceFigures(.answer)
    private var reply = ServiceFigures(.insuranceReply)
    private var correction = ServiceFigures(.correction)

    /// - Parameter at: Clock reading up to which what is not done is waited for; Unix milliseconds.
    init(at: Int64) { self.at = at }

    /// What was counted.
    var figures: [ServiceFigures] { [answer, reply, correction] }

    /// Takes a record of a turn.
    mutating func take(_ record: Int, _ ways: RecordWays, phase: RecordPhase, roles: [PartyRole]) {
        guard let intake = ways.hop(.facilityRecord) else { return }
        let revisions = ways.revisions(record)
        let back = ways.hop(.correction)
        for revision in revisions {
            let isLatest = revision == revisions.upperBound
            let sent = ways.passage(record, revision, intake)
            let returned = back.map { ways.passage(record, revision, $0) }.flatMap(Self.start)
            if let start = Self.start(sent) {
                let entries = ways.hops.indices.filter { ways.hops[$0].type == .bookEntry }
                    .map { ways.passage(record, revision, $0) }
                let end = (entries.compactMap(Self.start) + [returned].compactMap(\.self)).min()
                if end != nil || isLatest && (phase == .pending || phase == .held) {
                    answer.note(from: start, to: end, now: at)
                }
            }
            for hop in ways.hops.indices where roles[ways.hops[hop].reader] == .vss {
                guard [.facilityRecord, .acceptedRecord].contains(ways.hops[hop].type) else { continue }
                let passage = ways.passage(record, revision, hop)
                guard passage.isSent else { continue }
                reply.note(from: passage.sentAt, to: passage.isReceived ? passage.receivedAt : nil, now: at)
            }
            guard let returned else { continue }
            let next = isLatest ? nil : Self.start(ways.passage(record, revision + 1, intake))
            if next != nil || isLatest && phase == .refused { correction.note(from: returned, to: next, now: at) }
        }
    }

    private static func start(_ passage: RecordWays.Passage) -> Int64? {
        passage.isSent ? passage.sentAt : passage.isReceived ? passage.receivedAt : nil
    }
}
