import ExchangeSchema
import PartyCore
import Testing

/// The full product of inputs, row by row, against the tables at ``RevisionTable``.
@Suite struct RevisionTableTests {
    /// Where the record stands; older, same, newer.
    static let arrivals: [(RecordPhase?, ArrivalStep, ArrivalStep, ArrivalStep)] = [
        (nil, .open, .open, .open),
        (.pending, .ignoreStale, .ignoreDuplicate, .replace),
        (.held, .ignoreStale, .ignoreDuplicate, .replace),
        (.refused, .ignoreStale, .ignoreDuplicate, .reopen),
        (.shared, .ignoreStale, .ignoreDuplicate, .reopenShared),
        (.withdrawn, .ignoreStale, .ignoreDuplicate, .ignoreStale),
    ]

    @Test(arguments: arrivals) func aRecordArrives(
        phase: RecordPhase?, older: ArrivalStep, same: ArrivalStep, newer: ArrivalStep
    ) {
        #expect(RevisionTable.arrival(phase, .older) == older)
        #expect(RevisionTable.arrival(phase, .same) == same)
        #expect(RevisionTable.arrival(phase, .newer) == newer)
    }

    /// Where the record stands; older, same, same but answered, newer.
    static let answers: [(RecordPhase?, AnswerStep, AnswerStep, AnswerStep, AnswerStep)] = [
        (nil, .ignoreUnknown, .ignoreUnknown, .ignoreUnknown, .ignoreUnknown),
        (.pending, .ignoreStale, .apply, .ignoreDuplicate, .ignoreStale),
        (.held, .ignoreStale, .apply, .ignoreDuplicate, .ignoreStale),
        (.refused, .ignoreStale, .ignoreDuplicate, .ignoreDuplicate, .ignoreStale),
        (.shared, .ignoreStale, .ignoreDuplicate, .ignoreDuplicate, .ignoreStale),
        (.withdrawn, .ignoreStale, .ignoreStale, .ignoreStale, .ignoreStale),
    ]

    @Test(arguments: answers) func anAnswerArrives(
        phase: RecordPhase?, older: AnswerStep, same: AnswerStep, sameAnswered: AnswerStep, newer: AnswerStep
    ) {
        for isAnswered in [false, true] {
            #expect(RevisionTable.answer(phase, .older, isAnswered: isAnswered) == older)
            #expect(RevisionTable.answer(phase, .newer, isAnswered: isAnswered) == newer)
        }
        #expect(RevisionTable.answer(phase, .same, isAnswered: false) == same)
        #expect(RevisionTable.answer(phase, .same, isAnswered: true) == sameAnswered)
    }

    @Test func everyPhaseHasItsRow() {
        #expect(Set(Self.arrivals.compactMap(\.0)) == Set(RecordPhase.allCases))
        #expect(Set(Self.answers.compactMap(\.0)) == Set(RecordPhase.allCases))
    }

    @Test(arguments: [(1, 2, RevisionAge.older), (2, 2, .same), (3, 2, .newer), (0, UInt32.max, .older)])
    func revisionsCompareByNumber(incoming: UInt32, held: UInt32, age: RevisionAge) {
        #expect(RevisionAge(incoming: incoming, held: held) == age)
    }

    @Test func stepsAreWrittenDown() {
        var ledger = Ledger()
        #expect(ledger.note(ArrivalStep.open, previousReason: 0) == nil && ledger.pending == 1)
        ledger.refuse(.vssCardExpired)
        #expect(ledger.note(ArrivalStep.reopen, previousReason: ReasonCode.vssCardExpired.rawValue) == nil)
        #expect(ledger.pending == 1 && ledger.refused == 0 && ledger.refusedByReason.isEmpty)
        #expect(ledger.note(ArrivalStep.replace, previousReason: 0) == nil && ledger.pending == 1)
        ledger.share()
        #expect(ledger.note(ArrivalStep.reopenShared, previousReason: 0) == nil && ledger.pending == 1)
        #expect(ledger.note(AnswerStep.apply) == nil && ledger.pending == 1)
        #expect(ledger.note(ArrivalStep.ignoreDuplicate, previousReason: 0) == Verdict(.duplicate))
        #expect(ledger.note(AnswerStep.ignoreDuplicate) == Verdict(.duplicate))
        #expect(ledger.note(ArrivalStep.ignoreStale, previousReason: 0) == Verdict(.stale))
        #expect(ledger.note(AnswerStep.ignoreStale) == Verdict(.stale))
        #expect(ledger.note(AnswerStep.ignoreUnknown) == Verdict(.unknownRecord))
        #expect(ledger.duplicatesIgnored == 2 && ledger.staleIgnored == 3)
        #expect(ledger.conserves && ledger.submitted == 1)
    }
}
