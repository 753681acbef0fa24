import DoorDesk
import DoorHouse
import ExchangeSchema
import HealthStandards

/// Hands submitted files on to the facility: files that arrive together go in one command, and each is answered when the
/// facility has committed it.
struct SubmissionDesk: Sendable {
    /// A file to hand on.
    struct Order: Sendable {
        var entry: TransactionStore.Entry
        var visits: [VisitSubmission]
        var visitCount: Int
        var faults: [PortalReply.Fault]
    }

    /// What came of it.
    struct Outcome: Sendable {
        /// The reply, as it goes out.
        var body: [UInt8]
        var result: PortalResult
        /// For the log.
        var verdict: String
    }

    private static let lanes = 3
    private static let waitingBytes = 32 << 20

    private let gathering: Gathering<Order, Outcome>

    /// - Parameter days: How long transactions are remembered.
    init(facility: PartyLine, store: TransactionStore, days: Int) {
        gathering = Gathering(
            .init(
                items: PartyLine.commandVisits, weight: PartyLine.commandBytes, waiting: Self.waitingBytes,
                lanes: Self.lanes),
            weigh: { order in order.visits.reduce(256) { $0 + $1.contentBytes } },
            work: { lane, orders in try await Self.hand(orders, facility, store, days, lane) })
    }

    /// Lanes that it needs of a line.
    static var laneCount: Int { lanes }

    /// Hands a file on.
    /// - Throws: `TooMuchWaiting`, ``PartyLine/Failure``, or what the store throws: nothing is known to be taken in then.
    func hand(_ order: Order) async throws -> Outcome { try await gathering.deal(with: order) }

    private static func hand(
        _ orders: [Order], _ facility: PartyLine, _ store: TransactionStore, _ days: Int, _ lane: Int
    ) async throws -> [Outcome] {
        let now = orders.map(\.entry.receivedAt).max() ?? 0
        let kept = try await store.begin(
            orders.map(\.entry), forgettingBefore: now - Int64(days) * 86_400_000)
        let open = kept.indices.filter { kept[$0].answer == nil }
        let standings = try await facility.submit(open.flatMap { orders[$0].visits }, on: lane)
        var outcomes = kept.map { entry in
            Outcome(body: entry.answer ?? [], result: .accepted, verdict: "200 answered before, the same again")
        }
        var first = 0
        for index in open {
            let own = standings[first..<first + orders[index].visits.count]
            first += own.count
            outcomes[index] = outcome(orders[index], kept[index], own)
        }
        let answers = open.filter { outcomes[$0].result == .accepted }
            .map { (identifier: kept[$0].identifier, answer: outcomes[$0].body) }
        if !answers.isEmpty { try await store.conclude(answers) }
        return outcomes
    }

    private static func outcome(
        _ order: Order, _ entry: TransactionStore.Entry, _ standings: ArraySlice<VisitStanding>
    ) -> Outcome {
        var faults = order.faults
        var taken = 0
        for standing in standings {
            if let words = SubmissionWords.obstacle(standing) {
                faults.append(PortalReply.Fault(maLk: standing.name.episodeCode, loi: words))
            } else {
                taken += 1
            }
        }
        let result: PortalResult = taken > 0 ? .accepted : .contentWrong
        var reply = PortalReply(result, SubmissionWords.summary(taken: taken, of: order.visitCount))
        if taken > 0 {
            reply.maGiaoDich = entry.identifier
            reply.thoiGianTiepNhan = PortalTime.stamp(entry.receivedAt)
        }
        if !faults.isEmpty { reply.dsLoi = faults }
        return Outcome(
            body: PortalWriter.json(reply), result: result,
            verdict: "\(result.rawValue) \(taken) of \(order.visitCount) visits taken in, \(faults.count) faults named")
    }
}
