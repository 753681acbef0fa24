import ExchangeSchema
import PartyCore
import Vocabulary

/// What C06 is tried with: checks as VSS or MoH sends them.
struct C06Cases {
    let desk: CaseDesk

    var all: [ConformanceCase] {
        let intake = IntakeCases(desk: desk, prefix: "c06") { check($0) }
        return matches + mismatches + intake.revisions + withdrawals + intake.unreadable
            + [intake.newerSchema, intake.salted, AgreementCases(desk: desk).unsigned("c06")]
    }

    /// A check of a visit's patient.
    func check(_ visit: ConformanceVisit) -> CaseMessage {
        desk.message(
            IdentityCheck(of: visit.administrative, recordID: visit.record.description, revision: visit.revision))
    }

    private func check(
        _ name: String, of person: ConformancePerson, _ change: (inout AdministrativeBlock) -> Void = { _ in }
    ) -> CaseMessage {
        var visit = ConformanceVisit(desk.record(name), of: person)
        change(&visit.administrative)
        return check(visit)
    }

    private typealias Question = (
        name: String, sentence: String, reason: ReasonCode?, person: ConformancePerson,
        change: (inout AdministrativeBlock) -> Void
    )

    private func cases(_ questions: [Question]) -> [ConformanceCase] {
        questions.map { question in
            let name = "c06.\(question.name)"
            return ConformanceCase(
                name, question.sentence, source: CaseSource.identity, reason: question.reason,
                [check(name, of: question.person, question.change)])
        }
    }

    private var matches: [ConformanceCase] {
        let people = ConformancePeople.self
        return cases([
            ("match", "number, name and birth date are one registered person: match", nil, people.covered, { _ in }),
            (
                "match-other-writing", "a name in lower case and decomposed Unicode is the same name: match", nil,
                people.covered, { $0.hoTen = "thử nghiệm văn mo\u{302}\u{323}t" }
            ),
            (
                "match-year", "a birth date of which only the year is known agrees with the registered one: match", nil,
                people.covered, { $0.ngaySinh = "19850000" }
            ),
            (
                "old-number", "nine digits of the old identity card: match, with the number in force", nil,
                people.renumbered, { $0.soCccd = "990000116" }
            ),
            (
                "replaced-number", "a number that was cancelled: match, with the number in force and since when", nil,
                people.renumbered, { $0.soCccd = "001185990216" }
            ),
            (
                "moved", "somebody who has moved: match, where to, where from and since when", nil, people.moved,
                { _ in }
            ),
            ("died", "somebody who has died: match, with the day; MoH decides by it", nil, people.dead, { _ in }),
            ("missing", "somebody who is missing: match, and said so", nil, people.missing, { _ in }),
        ])
    }

    private var mismatches: [ConformanceCase] {
        let people = ConformancePeople.self
        return cases([
            (
                "number-unknown", "a number that was never issued: no match, number unknown", .c06NumberUnknown,
                people.unknown, { _ in }
            ),
            (
                "number-malformed", "what is no number: no match, number unknown", .c06NumberUnknown, people.covered,
                { $0.soCccd = "B1234567" }
            ),
            (
                "name-differs", "another name: no match, name differs", .c06NameDiffers, people.covered,
                { $0.hoTen = "NGUYỄN VĂN KHÁC" }
            ),
            (
                "birth-date-differs", "another birth date: no match, birth date differs", .c06BirthDateDiffers,
                people.covered, { $0.ngaySinh = "19850318" }
            ),
            (
                "number-missing", "no number: no match, number missing", .c06NumberMissing, people.covered,
                { $0.soCccd = "" }
            ),
            (
                "ambiguous", "nine digits that two people had: ambiguous", .c06Ambiguous, people.sharesOldNumber,
                { $0.soCccd = "990000117" }
            ),
        ])
    }

    private var withdrawals: [ConformanceCase] {
        func withdrawal(_ name: String, revision: UInt32) -> CaseMessage {
            desk.message(IdentityCheck(withdrawing: desk.record(name).description, revision: revision))
        }
        return [
            ConformanceCase(
                "c06.withdrawn", "a record that is taken back wants no answer", source: CaseSource.withdrawal,
                [check("c06.withdrawn", of: ConformancePeople.covered)], [withdrawal("c06.withdrawn", revision: 2)]),
            ConformanceCase(
                "c06.after-withdrawal", "what comes behind it is not answered either", source: CaseSource.withdrawal,
                [withdrawal("c06.after-withdrawal", revision: 2)],
                [check("c06.after-withdrawal", of: ConformancePeople.covered)]),
        ]
    }

    /// What is tried while an agreement holds the answers back: nothing comes until all have signed, and then everything
    /// that still stands.
    func gate(opening signatures: [CaseMessage]) -> ConformanceCase {
        let name = "c06.gate"
        func record(_ number: Int) -> RecordIdentifier { desk.record(name, number) }
        func check(_ number: Int, _ person: ConformancePerson, revision: UInt32 = 1) -> CaseMessage {
            self.check(ConformanceVisit(record(number), of: person, revision: revision))
        }
        let held = [
            check(1, ConformancePeople.covered), check(1, ConformancePeople.covered),
            check(2, ConformancePeople.unknown),
            check(3, ConformancePeople.unknown), check(3, ConformancePeople.covered, revision: 2),
            check(4, ConformancePeople.covered),
            desk.message(IdentityCheck(withdrawing: record(4).description, revision: 2)),
        ]
        var gate = ConformanceCase(
            name, Self.gateSentence, source: CaseSource.agreement, held, signatures)
        gate.opensGate = true
        return gate
    }

    /// The same where nothing can be tried.
    func gate(obstacle: CaseObstacle) -> ConformanceCase {
        ConformanceCase("c06.gate", Self.gateSentence, source: CaseSource.agreement, obstacle: obstacle)
    }

    private static let gateSentence =
        "while the agreement is not in force answers are held, not refused; once all have signed they go, each once, in "
        + "their latest revision"
}
