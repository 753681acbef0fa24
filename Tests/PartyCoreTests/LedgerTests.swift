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
}
