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
        var ledger = Ledger()
        ledger.open()
        ledger.refuse(.c06Ambiguous)
        ledger.signatures = ["a": ["x", "y"]]
        ledger.sharedByProvince = ["01": .max]
        ledger.wrongMatches = 4
        #expect(try JSONDecoder().decode(Ledger.self, from: JSONEncoder().encode(ledger)) == ledger)
    }

    @Test func theFiguresOfSeveralStoresAddUp() {
        var first = Ledger()
        for _ in 0..<3 { first.open() }
        first.refuse(.vssCardExpired)
        first.share()
        first.signatures = ["pact": ["moh"]]
        first.startedAt = 9
        var second = Ledger()
        for _ in 0..<2 { second.open() }
        second.refuse(.vssCardExpired)
        second.signatures = ["pact": ["moh", "vss"]]
        second.startedAt = 7
        let total = Ledger.total([first, second])
        #expect(total.conserves)
        #expect([total.submitted, total.shared, total.refused, total.pending] == [5, 1, 2, 2])
        #expect(total.refusedByReason == ["vss.010": 2] && total.signatures == ["pact": ["moh", "vss"]])
        #expect(total.startedAt == 7)
        #expect(Ledger.total([first]) == first && Ledger.total([]) == Ledger())
    }

    /// A figure that is added to the ledger must be added here, or the figures of shards do not add up.
    @Test func noCountIsForgottenInTheTotal() throws {
        var ledger = Ledger()
        let fields = Mirror(reflecting: ledger).children.filter { $0.value is Int64 }.compactMap(\.label)
        var text = String(decoding: try JSONEncoder().encode(ledger), as: UTF8.self)
        for field in fields { text = text.replacing("\"\(field)\":0", with: "\"\(field)\":3") }
        ledger = try JSONDecoder().decode(Ledger.self, from: Data(text.utf8))
        let total = Ledger.total([ledger, ledger])
        for (label, value) in Mirror(reflecting: total).children where label != "startedAt" {
            if let count = value as? Int64 { #expect(count == 6, "\(label ?? "") is not added") }
        }
    }
}
