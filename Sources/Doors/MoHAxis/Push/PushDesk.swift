import DoorDesk
import DoorHouse
import ExchangeSchema
import HealthStandards

/// Hands records on to the facility: messages that arrive together go in one command, and each is answered when the facility
/// has committed it. What the facility has with other contents goes as the next revision: under a new msg_id the axis counts a
/// new version.
struct PushDesk: Sendable {
    /// A message to hand on.
    struct Order: Sendable {
        var entry: MessageStore.Entry
        var records: [VisitSubmission]
    }

    /// What came of it.
    enum Outcome: Sendable {
        /// It was answered before.
        case answered([UInt8])
        /// Its identifier was used before, for something else.
        case otherContents
        /// How its records stand, and the entry as it was first written.
        case taken(MessageStore.Entry, [VisitStanding])
    }

    private static let lanes = 3
    private static let questionLanes = 2
    private static let waitingBytes = 32 << 20

    private let gathering: Gathering<Order, Outcome>
    private let questions: Gathering<[VisitName], [VisitStanding]>
    private let facility: PartyLine

    /// - Parameter days: How long messages are remembered.
    init(facility directories: [String], patience: Duration, store: MessageStore, days: Int) {
        let line = PartyLine(directories: directories, lanes: Self.lanes, patience: patience)
        facility = PartyLine(directories: directories, lanes: Self.questionLanes, patience: patience)
        let asked = facility
        gathering = Gathering(
            .init(
                items: PartyLine.commandVisits, weight: PartyLine.commandBytes, waiting: Self.waitingBytes,
                lanes: Self.lanes),
            weigh: { order in order.records.reduce(256) { $0 + $1.contentBytes } },
            work: { lane, orders in try await Self.hand(orders, line, store, days, lane) })
        questions = Gathering(
            .init(items: 64, weight: 1_000, waiting: 100_000, lanes: Self.questionLanes), weigh: { $0.count + 1 },
            work: { lane, questions in
                var standings = try await asked.find(questions.flatMap { $0 }, on: lane)[...]
                return questions.map { names in
                    defer { standings = standings.dropFirst(names.count) }
                    return Array(standings.prefix(names.count))
                }
            })
    }

    /// Why the facility is not asked just now.
    func obstacles() async -> [String] { await facility.silence().map { ["the facility: \($0)"] } ?? [] }

    /// Hands a message on.
    /// - Throws: `TooMuchWaiting`, `PartyLine.Failure`, or what the store throws: nothing is known to be taken in then.
    func hand(_ order: Order) async throws -> Outcome { try await gathering.deal(with: order) }

    /// How the records of a message stand.
    func standings(of entry: MessageStore.Entry) async throws -> [VisitStanding] {
        let names = entry.records.map { record in
            var name = VisitName()
            name.facilityCode = record.facility
            name.episodeCode = record.episode
            return name
        }
        return try await questions.deal(with: names)
    }

    private static func hand(
        _ orders: [Order], _ facility: PartyLine, _ store: MessageStore, _ days: Int, _ lane: Int
    ) async throws -> [Outcome] {
        let now = orders.map(\.entry.receivedAt).max() ?? 0
        let kept = try await store.begin(orders.map(\.entry), forgettingBefore: now - Int64(days) * 86_400_000)
        let open = kept.indices.filter { kept[$0].answer == nil && kept[$0].digest == orders[$0].entry.digest }
        let records = open.flatMap { orders[$0].records }
        var standings = try await facility.submit(records, on: lane)
        let changed = standings.indices.filter {
            standings[$0].effect == .conflict && standings[$0].phase != .withdrawn
        }
        for (index, standing) in zip(changed, try await facility.amend(changed.map { records[$0] }, on: lane)) {
            standings[index] = standing
        }
        var outcomes = kept.indices.map { index -> Outcome in
            guard kept[index].digest == orders[index].entry.digest else { return .otherContents }
            return .answered(kept[index].answer ?? [])
        }
        var first = 0
        for index in open {
            let count = orders[index].records.count
            outcomes[index] = .taken(kept[index], Array(standings[first..<first + count]))
            first += count
        }
        return outcomes
    }
}
