import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing

@Suite struct LedgerTests {
    static let broken: [@Sendable (inout Ledger) -> Void] = [
        { $0.submitted += 1 }, { $0.pending += 1 }, { $0.shared -= 1 }, { $0.refused += 1 },
        { $0.refusedByReason["vss.010"] = 2 }, { $0.refusedByReason = [:] }, { $0.held = 2 }, { $0.held = -1 },
        {
            $0.pending = -1
            $0.shared = 3
        },
    ]

    @Test(arguments: broken.indices) func theLawSeesWhatDoesNotAddUp(index: Int) {
        var ledger = Ledger()
        for _ in 0..<3 { ledger.open() }
        ledger.share()
        ledger.refuse(.vssCardExpired)
        #expect(ledger.conserves)
        Self.broken[index](&ledger)
        #expect(!ledger.conserves)
    }

    @Test func refusalsAreCountedByReasonAndTakenBack() {
        var ledger = Ledger()
        for _ in 0..<3 { ledger.open() }
        ledger.refuse(.vssCardExpired)
        ledger.refuse(.vssCardExpired)
        ledger.refuse(.c06Deceased)
        ledger.reopen(.vssCardExpired)
        #expect(ledger.refusedByReason == ["vss.010": 1, "c06.deceased": 1] && ledger.conserves)
        ledger.reopen(.vssCardExpired)
        #expect(ledger.refusedByReason == ["c06.deceased": 1] && ledger.conserves)
    }

    @Test func jsonKeepsEverything() throws {
        var books = PartyBooks()
        books.ledger.open()
        books.ledger.refuse(.c06Ambiguous)
        books.figures.signatures = ["a": ["x", "y"]]
        books.figures.sharedByProvince = ["01": .max]
        books.figures.submission.wrongMatches = 4
        #expect(try JSONDecoder().decode(PartyBooks.self, from: JSONEncoder().encode(books)) == books)
    }

    @Test func theLedgersOfSeveralStoresAddUp() {
        var first = Ledger()
        for _ in 0..<3 { first.open() }
        first.refuse(.vssCardExpired)
        first.share()
        var second = Ledger()
        for _ in 0..<2 { second.open() }
        second.refuse(.vssCardExpired)
        let total = Ledger.total([first, second])
        #expect(total.conserves)
        #expect([total.submitted, total.shared, total.refused, total.pending] == [5, 1, 2, 2])
        #expect(total.refusedByReason == ["vss.010": 2])
        #expect(Ledger.total([first]) == first && Ledger.total([]) == Ledger())
    }

    @Test func theFiguresOfSeveralStoresAddUp() {
        var first = OwnFigures()
        first.signatures = ["pact": ["moh"]]
        first.submission.startedAt = 9
        first.sharedByProvince = ["01": 1, "79": 2]
        var second = OwnFigures()
        second.signatures = ["pact": ["moh", "vss"]]
        second.submission.startedAt = 7
        second.sharedByProvince = ["79": 3]
        let total = OwnFigures.total([first, second])
        #expect(total.signatures == ["pact": ["moh", "vss"]] && total.submission.startedAt == 7)
        #expect(total.sharedByProvince == ["01": 1, "79": 5])
        #expect(OwnFigures.total([first]) == first && OwnFigures.total([]) == OwnFigures())
    }

    /// A figure that is added must be added here, or the figures of shards do not add up.
    @Test func noCountIsForgottenInTheTotal() throws {
        try checkTotal(of: Ledger(), Ledger.total)
        try checkTotal(of: SubmissionFigures()) { parts in
            OwnFigures.total(
                parts.map { part in
                    var figures = OwnFigures()
                    figures.submission = part
                    return figures
                }
            ).submission
        }
    }

    private func checkTotal<Figures: Codable>(of empty: Figures, _ total: ([Figures]) -> Figures) throws {
        let fields = Mirror(reflecting: empty).children.filter { $0.value is Int64 }.compactMap(\.label)
        var text = String(decoding: try JSONEncoder().encode(empty), as: UTF8.self)
        for field in fields { text = text.replacing("\"\(field)\":0", with: "\"\(field)\":3") }
        let figures = try JSONDecoder().decode(Figures.self, from: Data(text.utf8))
        for (label, value) in Mirror(reflecting: total([figures, figures])).children where label != "startedAt" {
            if let count = value as? Int64 { #expect(count == 6, "\(label ?? "") is not added") }
        }
    }
}
