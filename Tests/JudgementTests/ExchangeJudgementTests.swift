import Composition
import PartyCore
import PartyStore
import ProgramTestSupport
import Testing

@testable import Judgement

/// The judge, which does not know what host ran: what a simulation was left with is spoilt, and every spoilt figure must be
/// found, in the words that a run on processes has for it.
@Suite struct ExchangeJudgementTests {
    private func judgement() throws -> ExchangeJudgement {
        let setup = try PartySetup(
            topology: nil, scenario: "everyday", records: 200, seed: 7,
            files: ExchangeFiles(folder: BuiltPrograms.topologyFolder))
        let scenario = try SimulatedScenario(setup: setup)
        return try scenario.judgement(try scenario.result())
    }

    private struct Spoiling: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var party: String
        var expected: String
        var spoil: @Sendable (inout PartyAccount) -> Void
    }

    private static let spoilings = [
        Spoiling(testDescription: "a row is lost", party: "moh", expected: "moh: the ledger says shared") {
            $0.rows[.shared, default: 0] -= 1
        },
        Spoiling(
            testDescription: "a row too many", party: "c06", expected: "c06: the ledger says held 0, the rows say 1"
        ) {
            $0.rows[.held, default: 0] += 1
        },
        Spoiling(testDescription: "a ledger with a gap", party: "vss", expected: "vss: the ledger does not add up") {
            $0.books.ledger.submitted += 1
        },
        Spoiling(
            testDescription: "an entry beyond one", party: "locality", expected: "locality: 1 book entries beyond one"
        ) {
            $0.rows[.shared, default: 0] -= 1
        },
        Spoiling(testDescription: "a number without a leaf", party: "facility", expected: "numbers were given to") {
            $0.nextLeaf += 1
        },
        Spoiling(testDescription: "a journal without rows", party: "vss", expected: "vss: the journal has 0 leaves") {
            $0.journal = JournalSummary(leaves: [])
        },
        Spoiling(testDescription: "a message not confirmed", party: "moh", expected: "moh: 1 outbox chunks are not") {
            $0.unconfirmedChunks = 1
        },
        Spoiling(
            testDescription: "a record that MoH knows not of", party: "moh", expected: "submitted differs: facility"
        ) {
            $0.books.ledger.submitted -= 1
            $0.books.ledger.shared -= 1
            $0.rows[.shared, default: 0] -= 1
        },
        Spoiling(
            testDescription: "a book entry lost on its way", party: "locality", expected: "shared differs: facility"
        ) {
            $0.books.ledger.submitted -= 1
            $0.books.ledger.shared -= 1
            $0.rows[.shared, default: 0] -= 1
        },
    ]

    @Test func whatAddsUpHolds() throws {
        let judgement = try judgement()
        #expect(judgement.conservation.violations == [])
        #expect(judgement.conservation.parties.map(\.party) == ["facility", "moh", "vss", "c06", "locality"])
        #expect(judgement.figures.duplicatesApplied == 0 && judgement.figures.submitted == 200)
        #expect(judgement.consumed["facility.records"] ?? 0 >= 200)
    }

    @Test(arguments: spoilings) private func everySpoiltFigureIsFound(spoiling: Spoiling) throws {
        var judgement = try judgement()
        let index = try #require(judgement.accounts.firstIndex { $0.name == spoiling.party })
        spoiling.spoil(&judgement.accounts[index])
        let found = judgement.conservation
        #expect(!found.holds && found.violations.contains { $0.contains(spoiling.expected) }, "\(found.violations)")
    }

    /// Of a run that was cut off messages are on their way, and an outsider tells nothing.
    @Test func whatCannotBeKnownIsNotHeldAgainstAnybody() throws {
        var judgement = try judgement()
        let index = try #require(judgement.accounts.firstIndex { $0.name == "locality" })
        judgement.accounts[index].books.ledger.submitted -= 1
        judgement.accounts[index].books.ledger.shared -= 1
        judgement.accounts[index].rows[.shared, default: 0] -= 1
        func disagreements() -> [String] { judgement.conservation.violations.filter { $0.contains("differs") } }
        #expect(disagreements().count == 1)
        judgement.isAtRest = false
        #expect(disagreements() == [])
        judgement.isAtRest = true
        judgement.accounts.remove(at: index)
        judgement.outside = ["locality"]
        #expect(disagreements() == [])
        judgement.outside = []
        judgement.missing = ["locality"]
        #expect(judgement.conservation.violations.contains("locality: it kept nothing; it never came to start"))
    }
}
