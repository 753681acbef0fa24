import ExchangeSchema
import PartyCore
import Topology
import Vocabulary

/// What MoH makes of the answers of VSS and C06 to a record that it has passed on.
struct MoHAnswerCases {
    let desk: CaseDesk
    let moh: MoHCases

    var all: [ConformanceCase] { shared + refused + byDate + outOfStep + unreadable }

    /// The answer of C06.
    func identity(
        _ visit: ConformanceVisit, _ change: (inout IdentityResult) -> Void = { _ in }
    ) -> CaseMessage {
        var result = IdentityResult()
        result.recordID = visit.record.description
        result.revision = visit.revision
        result.outcome = .match
        result.civilStatus = .unchanged
        result.citizenNumber = visit.administrative.soCccd
        result.checkedAt = desk.now
        change(&result)
        return desk.message(result)
    }

    /// The answer of VSS, where it is a message of its own.
    func assessment(
        _ visit: ConformanceVisit, _ change: (inout Assessment) -> Void = { _ in }
    ) -> CaseMessage? {
        guard moh.isEntrance else { return nil }
        var assessment = Assessment()
        assessment.recordID = visit.record.description
        assessment.revision = visit.revision
        assessment.outcome = .covered
        assessment.cardCheckCode = "000"
        assessment.benefitPercent = 80
        assessment.assessedAt = desk.now
        change(&assessment)
        return desk.message(assessment)
    }

    /// Both answers, one after the other: a stage each, so that neither overtakes the other.
    func answers(_ visit: ConformanceVisit) -> [CaseMessage] {
        [assessment(visit), identity(visit)].compactMap(\.self)
    }

    private var shared: [ConformanceCase] {
        let first = moh.visit("moh.shared")
        let second = moh.visit("moh.shared-identity-first")
        let reduced = moh.visit("moh.shared-reduced")
        var cases = [
            ConformanceCase(
                "moh.shared", "what passes both is an entry of the book, and its facility is told",
                source: CaseSource.book,
                [moh.submit(first)], answers(first))
        ]
        guard moh.isEntrance else { return cases }
        cases += [
            ConformanceCase(
                "moh.shared-identity-first", "the same where C06 answers before VSS", source: CaseSource.book,
                [moh.submit(second)], [identity(second)], [assessment(second)].compactMap(\.self)),
            ConformanceCase(
                "moh.shared-reduced", "what VSS does not accept of the claim stands in the entry",
                source: CaseSource.book,
                [moh.submit(reduced)],
                [
                    assessment(reduced) {
                        var line = AssessedLine()
                        (line.table, line.field, line.value) = ("XML1", "T_BHTT", "80000")
                        (line.amountClaimed, line.amountAccepted) = (8_000_000, 6_000_000)
                        (line.rule, line.explanation) = ("visit-share", "above the share of the card")
                        $0.lines = [line]
                        ($0.amountClaimed, $0.amountAccepted) = (8_000_000, 6_000_000)
                    }
                ].compactMap(\.self), [identity(reduced)]),
        ]
        return cases
    }

    private var refused: [ConformanceCase] {
        var cases: [ConformanceCase] = []
        if moh.isEntrance {
            let visit = moh.visit("moh.refused-by-vss")
            cases.append(
                ConformanceCase(
                    "moh.refused-by-vss",
                    "what VSS refuses is returned to the facility with the code of the card check",
                    source: CaseSource.cardCheck, [moh.submit(visit)],
                    [
                        assessment(visit) {
                            $0.outcome = .refused
                            $0.cardCheckCode = "010"
                            $0.benefitPercent = 0
                            var contradiction = Contradiction()
                            contradiction.field = "GT_THE_DEN"
                            contradiction.value = "20271231"
                            contradiction.rule = "the card is valid on the day of admission"
                            $0.contradictions = [contradiction]
                        }
                    ].compactMap(\.self)))
        }
        let mismatches: [(name: String, reason: MismatchReason)] = [
            ("number-unknown", .numberUnknown), ("name-differs", .nameDiffers),
            ("birth-date-differs", .birthDateDiffers), ("number-missing", .numberMissing),
        ]
        for (name, reason) in mismatches {
            let full = "moh.refused-by-c06-\(name)"
            let visit = moh.visit(full)
            cases.append(
                ConformanceCase(
                    full, "no match of C06 (\(name)) is returned to the facility as c06.no-match.\(name)",
                    source: CaseSource.identity, [moh.submit(visit)],
                    [
                        identity(visit) {
                            ($0.outcome, $0.mismatchReason, $0.citizenNumber) = (.noMatch, reason, "")
                            $0.civilStatus = .unspecified
                        }
                    ]))
        }
        return cases
    }

    private var byDate: [ConformanceCase] {
        let dead = moh.visit("moh.died-before")
        let later = moh.visit("moh.died-after")
        let renumbered = moh.visit("moh.renumbered-before")
        let moved = moh.visit("moh.moved")
        func covered(_ visit: ConformanceVisit) -> [CaseMessage] { [assessment(visit)].compactMap(\.self) }
        return [
            ConformanceCase(
                "moh.died-before", "a visit that began after its patient's death is returned as c06.deceased",
                source: CaseSource.identity, [moh.submit(dead)],
                covered(dead) + [
                    identity(dead) { ($0.civilStatus, $0.diedOn) = (.died, "20260502") }
                ]),
            ConformanceCase(
                "moh.died-after", "a visit that began before its patient's death is shared",
                source: CaseSource.identity,
                [moh.submit(later)],
                covered(later) + [identity(later) { ($0.civilStatus, $0.diedOn) = (.died, "20260630") }]),
            ConformanceCase(
                "moh.renumbered-before",
                "a number that had been replaced before the visit is returned as c06.number-superseded",
                source: CaseSource.identity, [moh.submit(renumbered)],
                covered(renumbered) + [
                    identity(renumbered) {
                        $0.citizenNumber = moh.number("moh.renumbered-before", 2)
                        ($0.numberReplaced, $0.numberSince) = (true, "20260501")
                    }
                ]),
            ConformanceCase(
                "moh.moved", "the entry of somebody who has moved goes to the province where the person lives",
                source: CaseSource.identity, [moh.submit(moved)],
                covered(moved) + [
                    identity(moved) {
                        $0.civilStatus = .moved
                        ($0.movedToProvince, $0.movedFromProvince, $0.movedOn) = ("48", "01", "20260201")
                    }
                ]),
        ]
    }

    private var outOfStep: [ConformanceCase] {
        let copied = moh.visit("moh.answer-copied")
        let stale = moh.visit("moh.answer-late")
        let newer = moh.visit("moh.answer-late", revision: 2)
        let unknown = moh.visit("moh.answer-unknown")
        return [
            ConformanceCase(
                "moh.answer-copied", "a copy of an answer has no second effect", source: CaseSource.copies,
                [moh.submit(copied)], answers(copied), [identity(copied)]),
            ConformanceCase(
                "moh.answer-late", "the answer to an earlier revision does not count for a later one",
                source: CaseSource.copies, [moh.submit(stale)], [moh.submit(newer)], answers(stale), answers(newer)),
            ConformanceCase(
                "moh.answer-unknown", "the answer to a record that never came has no effect", source: CaseSource.copies,
                [identity(unknown)]),
        ]
    }

    private var unreadable: [ConformanceCase] {
        func letter(
            _ name: String, _ sentence: String, _ message: (ConformanceVisit) -> CaseMessage?
        ) -> ConformanceCase? {
            let full = "moh.\(name)"
            let visit = moh.visit(full)
            guard let message = message(visit) else { return nil }
            return ConformanceCase(
                full, "\(sentence) goes to the dead letters, and the record waits on",
                source: CaseSource.deadLetters, [moh.submit(visit)], [message], answers(visit))
        }
        return [
            letter("identity-unset", "an answer of C06 without an outcome") {
                identity($0) { $0.outcome = .unspecified }
            },
            letter("identity-no-number", "a match without a number") { identity($0) { $0.citizenNumber = "" } },
            letter("assessment-unset", "an assessment without an outcome") {
                assessment($0) { $0.outcome = .unspecified }
            },
            letter("assessment-share", "an assessment with a share above 100") {
                assessment($0) { $0.benefitPercent = 101 }
            },
        ].compactMap(\.self)
    }
}
