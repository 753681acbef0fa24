import C06Party
import CoreTestSupport
import ExchangeSchema
import FacilityParty
import HealthBook
import HostMachine
import LocalityParty
import MoHParty
import PartyCore
import Simulation
import Testing
import VSSParty
import Vocabulary

/// Two facilities have a visit of one person, and one asks for the other's. Whoever crashes, wherever: one answer, the same,
/// noted in the book once, and the law untouched.
@Suite struct HistoryEveryPointTests {
    private static let person = SamplePeople.an
    private static let identity = MessageIdentifier(RecordIdentifier(high: 5, low: 6))
    /// As the facility makes it of the command.
    private static let request = MessageIdentifier(.historyRequest, about: identity.description).uuid

    private static func visits() -> ListedVisits {
        var elsewhere = SampleVisit(.sample(8), of: person)
        elsewhere.facilityCode = "79013"
        elsewhere.insurance.maCskcb = "79013"
        elsewhere.clinical.maBenhChinh = "I10"
        return ListedVisits([[SampleVisit(.sample(7), of: person).content], [elsewhere.content]])
    }

    private static func run(_ route: SmallRoute, crash: CrashPoint? = nil) throws -> SimulationResult {
        let topics =
            route.topics + [
                ("facility.history-requests", .historyRequest, ["moh"]),
                ("moh.shared-histories", .sharedHistory, ["facility"]),
            ]
        var exchange = SimulatedExchange(
            topics: topics.map { .init(name: $0.0, type: $0.1, partitions: 2, readers: $0.2) }, seed: 11,
            startsAt: 1_000_000)
        exchange.crash = crash
        exchange.fate = { _, chunk in
            chunk == 1 ? .storedAndFailed : chunk == 2 ? .lost : chunk.isMultiple(of: 3) ? .confirmedLate : .confirmed
        }
        exchange.readModel = { $0 == "moh" ? HealthBooks() : nil }
        exchange.add(
            FacilityCore(source: visits(), pace: SubmissionPace(maximumPending: 10, recordsPerSecond: nil)),
            named: "facility")
        exchange.add(MoHCore(duties: route.moh), named: "moh")
        exchange.add(VSSCore(registry: SampleRegister(), duties: route.vss), named: "vss")
        exchange.add(C06Core(registry: SampleRegister(), gate: nil), named: "c06")
        exchange.add(LocalityCore(), named: "locality")
        var order = RequestHistory()
        order.facilityCode = "01013"
        order.citizenNumber = person.registered.citizenNumber.description
        order.purpose = "khám lại"
        let command = SimulatedCommand(
            party: "facility",
            command: PartyCommand(.requestHistory, identity: identity, caller: 0, payload: order.encoded)
        ) { ($0["facility"]?.shared ?? 0) == 2 }
        return try exchange.run(commands: [command])
    }

    /// What the facility was told, without the time; nil unless it was told once, one thing.
    private static func told(_ result: SimulationResult) throws -> SharedHistory? {
        let partitions = result.traffic.first { $0.topic == "moh.shared-histories" }?.partitions ?? []
        let messages = partitions.joined()
        guard Set(messages.map(\.head.message)).count == 1, Set(messages.map(\.payload)).count == 1,
            let first = messages.first
        else { return nil }
        var history = try SharedHistory(decoding: first.payload)
        history.answeredAt = 0
        for place in history.visits.indices { history.visits[place].sources[0].authenticatedAt = 0 }
        return history
    }

    private static func leaves(_ party: SimulatedParty, of type: MessageType) throws -> [JournalLeaf] {
        try stride(from: 0, to: party.tables.leaves.count, by: JournalLeaf.width).map {
            try #require(JournalLeaf(stored: party.tables.leaves[$0..<$0 + JournalLeaf.width]))
        }.filter { $0.type == type.rawValue && $0.topic != PartyCommand.leafTopic }
    }

    private static func check(_ result: SimulationResult, like expected: SharedHistory, _ point: String) throws {
        #expect(try told(result) == expected, "\(point)")
        for (name, party) in result.parties {
            let ledger = party.tables.books.ledger
            #expect(ledger.conserves && ledger.submitted == 2 && ledger.shared == 2 && ledger.pending == 0, "\(point)")
            #expect(party.tables.outbox.isEmpty && party.tables.books.ledger.deadLetters == 0, "\(name), \(point)")
        }
        let (facility, moh) = (try #require(result.parties["facility"]), try #require(result.parties["moh"]))
        let books = try #require(moh.tables.readModel as? HealthBooks)
        let book = try #require(try books.book(of: person.registered.citizenNumber))
        #expect(book.inquiries.map(\.inquiry.requestID) == [request.description], "\(point)")
        #expect(book.visits.count == 2, "\(point)")
        // One leaf for what was sent, one that took it in, and they say the same of the content.
        for (type, sender, reader) in [
            (MessageType.historyRequest, facility, moh), (.sharedHistory, moh, facility),
        ] {
            let sent = try leaves(sender, of: type)
            let taken = try leaves(reader, of: type).filter { $0.decision == .accepted }
            #expect(sent.count == 1 && taken.count == 1 && sent[0].digest == taken[0].digest, "\(point)")
        }
    }

    @Test(arguments: SmallRoute.allCases)
    func oneAnswerComesWhereverAPartyCrashes(route: SmallRoute) async throws {
        try await ComputingThreads.run { try oneAnswerComesWhereverAPartyCrashesHere(route: route) }
    }

    private func oneAnswerComesWhereverAPartyCrashesHere(route: SmallRoute) throws {
        let undisturbed = try Self.run(route)
        let expected = try #require(try Self.told(undisturbed))
        #expect(expected.refusalCode.isEmpty && expected.requestID == Self.request.description)
        #expect(expected.visits.map(\.clinical.maBenhChinh) == ["I10"])
        try Self.check(undisturbed, like: expected, "undisturbed")
        var crashes = 0
        for name in ["facility", "moh"] {
            let actions = try #require(undisturbed.parties[name]?.actions)
            for action in actions.indices {
                for stranded in actions[action].strandings {
                    crashes += 1
                    let point = CrashPoint(party: name, action: action, stranded: stranded)
                    try Self.check(try Self.run(route, crash: point), like: expected, "\(point)")
                }
            }
        }
        print("\(route.rawValue), a shared history: \(crashes) crashes")
        #expect(crashes > 60)
    }
}
