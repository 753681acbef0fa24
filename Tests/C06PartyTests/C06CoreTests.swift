import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import C06Party

/// Each row of the table at ``C06Core``, with and without an agreement.
@Suite struct C06CoreTests {
    private let record = RecordIdentifier.sample(1)
    private let gate = AgreementGate(
        agreement: "regulation", signatories: ["moh", "vss", "c06"], signedAtStart: ["c06"])

    private func rig(_ gate: AgreementGate? = nil) -> Rig<C06Core<SampleRegister>> {
        let desk = gate.map { AgreementDesk(party: "c06", agreements: [$0]) }
        return Rig(
            C06Core(registry: SampleRegister(), gate: gate, agreements: desk ?? .none), keys: SampleKeys.keys(of: "c06")
        )
    }

    private func signature(_ party: String, _ agreement: String = "regulation") -> SentMessage {
        SentMessage(SampleKeys.signature(party, agreement), RecordIdentifier(high: 0, low: 0))
    }

    private func check(_ number: UInt64, revision: UInt32 = 1, name: String? = nil) -> SentMessage {
        var check = SampleVisit(.sample(number)).identityCheck(revision: revision)
        if let name { check.fullName = name }
        return SentMessage(check, .sample(number), revision: revision)
    }

    @Test func withoutAnAgreementItAnswersAtOnce() throws {
        var rig = rig()
        #expect(try rig.receive(check(1)) == Verdict(.accepted))
        #expect(try rig.receive(check(2, name: "X")) == Verdict(.refused, .c06NameDiffers))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [.identityResult, .identityResult])
        #expect(sent[0].cause == MessageIdentifier(.identityCheck, record: .sample(1), revision: 1))
        let result: IdentityResult = try sent[0].decoded()
        #expect(result.outcome == .match && result.checkedAt == rig.now)
        #expect(rig.ledger.shared == 1 && rig.ledger.refusedByReason == ["c06.no-match.name-differs": 1])
        try rig.checkRows()
    }

    @Test func anAgreementSignedByAllFromTheStartHoldsNothing() throws {
        let signed = AgreementGate(
            agreement: gate.agreement, signatories: gate.signatories,
            signedAtStart: ["moh", "vss", "c06", "someone else"])
        var rig = rig(signed)
        #expect(try rig.receive(check(1)).decision == .accepted)
    }

    @Test func unsignedItKeepsItsAnswersCountedAndAged() throws {
        var rig = rig(gate)
        rig.now = 5
        #expect(try rig.receive(check(1)) == Verdict(.held))
        #expect(try rig.receive(check(2, name: "X")) == Verdict(.held, .c06NameDiffers))
        #expect(try rig.receive(check(1)).decision == .duplicate)
        #expect(rig.takeSent().isEmpty)
        #expect(rig.ledger.held == 2 && rig.ledger.pending == 2 && rig.ledger.refused == 0)
        #expect(rig.state.oldestKept(limit: 9).map(\.since) == [5, 5])
        #expect(try rig.advance() == false)
        #expect(rig.takeSent().isEmpty && rig.state.keptCount == 2)
        try rig.checkRows()
    }

    @Test func theLastSignatureLetsTheBacklogGoOldestFirstWithinTheBudget() throws {
        var rig = rig(gate)
        for number in 1...5 { try rig.receive(check(UInt64(number), name: number == 3 ? "X" : nil)) }
        #expect(try rig.receive(signature("moh")).decision == .accepted)
        #expect(try rig.advance(budget: 2) == false && rig.takeSent().isEmpty)
        #expect(try rig.receive(signature("vss")).decision == .accepted)
        #expect(rig.takeSent().isEmpty, "a signature by itself sends nothing")
        var released: [RecordIdentifier] = []
        #expect(try rig.advance(budget: 2) == true)
        released += rig.takeSent().map(\.head.record)
        #expect(released == [.sample(1), .sample(2)] && rig.ledger.held == 3)
        #expect(try rig.advance(budget: 2) == true)
        #expect(try rig.advance(budget: 2) == false)
        let rest = rig.takeSent()
        #expect(rest.map(\.head.record) == [.sample(3), .sample(4), .sample(5)])
        #expect(rest[0].cause == MessageIdentifier(.identityCheck, record: .sample(3), revision: 1))
        #expect(rig.ledger.held == 0 && rig.ledger.shared == 4 && rig.ledger.refused == 1 && rig.state.keptCount == 0)
        #expect(try rig.advance(budget: 2) == false && rig.takeSent().isEmpty)
        try rig.checkRows()
    }

    @Test func aLaterRevisionTakesThePlaceOfAHeldAnswer() throws {
        var rig = rig(gate)
        try rig.receive(check(1, name: "X"))
        try rig.receive(check(2))
        #expect(try rig.receive(check(1, revision: 2)).decision == .held)
        #expect(try rig.receive(check(1)).decision == .stale)
        #expect(rig.ledger.held == 2 && rig.ledger.pending == 2 && rig.state.keptCount == 2)
        try rig.receive(signature("moh"))
        try rig.receive(signature("vss"))
        try rig.advance()
        let results = try rig.takeSent().map { try $0.decoded(as: IdentityResult.self) }
        #expect(results.map(\.revision) == [1, 2] && results.allSatisfy { $0.outcome == .match })
        try rig.checkRows()
    }

    @Test func aLaterRevisionOfAHeldRecordIsAnsweredOnceTheAgreementIsInForce() throws {
        var rig = rig(gate)
        try rig.receive(check(1, name: "X"))
        try rig.receive(signature("moh"))
        try rig.receive(signature("vss"))
        #expect(try rig.receive(check(1, revision: 2)).decision == .accepted)
        #expect(rig.ledger.held == 0 && rig.state.keptCount == 0)
        try rig.advance()
        #expect(rig.takeSent().count == 1, "the answer to the first revision never leaves")
    }

    @Test func aSignatureCountsOnce() throws {
        var rig = rig(gate)
        #expect(try rig.receive(signature("moh")).decision == .accepted)
        #expect(try rig.receive(signature("moh")).decision == .duplicate)
        #expect(try rig.receive(signature("c06")).decision == .duplicate, "it stood from the start")
        #expect(try rig.receive(signature("facility")).decision == .notAddressed)
        #expect(try rig.receive(signature("vss", "another")).decision == .notAddressed)
        #expect(gate.isInForce(rig.figures) == false)
        #expect(try rig.receive(signature("vss")).decision == .accepted)
        #expect(gate.isInForce(rig.figures))
    }

    @Test func withoutAGateSignaturesAreForOthers() throws {
        var rig = rig()
        #expect(try rig.receive(signature("moh")).decision == .notAddressed)
        #expect(try rig.receive(SampleVisit(record).facilityRecord(), record).decision == .notAddressed)
    }

    @Test func whatCannotBeReadIsADeadLetter() throws {
        var rig = rig(gate)
        #expect(try rig.receive(SentMessage(unreadable: .identityCheck, record)).decision == .unreadable)
        #expect(try rig.receive(SentMessage(unreadable: .agreementSignature, record)).decision == .unreadable)
        #expect(try rig.receive(SampleVisit(.sample(2)).identityCheck(), record).decision == .unreadable)
        #expect(rig.ledger.deadLetters == 3 && rig.ledger.submitted == 0)
    }

    @Test func aRefusedRecordAndASharedOneAreReopened() throws {
        var rig = rig()
        try rig.receive(check(1, name: "X"))
        #expect(try rig.receive(check(1, revision: 2)).decision == .accepted)
        #expect(rig.ledger.refused == 0 && rig.ledger.shared == 1 && rig.ledger.refusedByReason.isEmpty)
        #expect(try rig.receive(check(1, revision: 3, name: "X")).decision == .refused)
        #expect(rig.ledger.shared == 0 && rig.ledger.submitted == 1)
        #expect(try rig.receive(check(1, revision: 2)).decision == .stale)
        try rig.checkRows()
    }

    @Test func storedFormsKeepEverything() {
        let identifier = MessageIdentifier(.identityCheck, record: record, revision: 9)
        let kept = KeptAnswer(cause: identifier, result: [1, 2, 3])
        #expect(KeptAnswer(bytes: kept.bytes) == kept)
        #expect(KeptAnswer(bytes: Array(kept.bytes.prefix(15))) == nil)
        for reason in ReasonCode.allCases {
            for phase in RecordPhase.allCases {
                let stored = C06Record(phase: phase, revision: .max, reason: reason.rawValue, keptAt: .max)
                #expect(C06Record(words: stored.words) == stored)
            }
        }
        #expect(C06Record(words: RecordWords(9, 0, 0, 0, 0)) == nil)
    }
}
