import ExchangeSchema
import Foundation
import PartyCore
import Topology
import Vocabulary

/// What VSS is tried with: records as MoH hands them on, or as facilities send them, whichever the route says.
struct VSSCases {
    let desk: CaseDesk

    var all: [ConformanceCase] {
        usableCards + refusedCards + claims + IntakeCases(desk: desk, prefix: "vss", submit: submit).all
            + [leastData, otherBlocks, unsigned, vaccination, healthCheck]
    }

    /// Whether facilities send to VSS, so that it returns what it refuses.
    private var isEntrance: Bool { desk.intake == .facilityRecord }

    func submit(_ visit: ConformanceVisit) -> CaseMessage {
        isEntrance
            ? desk.message(visit.facilityRecord, facility: ConformanceVisit.facility)
            : desk.message(visit.acceptedRecord)
    }

    private func visit(
        _ name: String, of person: ConformancePerson, _ change: (inout ConformanceVisit) -> Void = { _ in }
    ) -> ConformanceVisit {
        var visit = ConformanceVisit(desk.record(name), of: person)
        change(&visit)
        return visit
    }

    private var usableCards: [ConformanceCase] {
        [
            ("vss.covered", "a card in force is covered: 000, and the share of its level", ConformancePeople.covered),
            ("vss.soldier", "a soldier's card is covered, to be checked by hand: 001", ConformancePeople.soldier),
            ("vss.police", "a police officer's card is covered, to be checked by hand: 002", ConformancePeople.police),
            (
                "vss.replaced-still-valid", "a card that was replaced and still counts is covered: 004",
                ConformancePeople.replacedStillValid
            ),
            (
                "vss.not-insured", "a visit without a card is not insured, and goes on",
                ConformancePeople.uninsured
            ),
        ].map { name, sentence, person in
            ConformanceCase(name, sentence, source: CaseSource.cardCheck, [submit(visit(name, of: person))])
        }
    }

    private typealias Refusal = (
        name: String, sentence: String, reason: ReasonCode, person: ConformancePerson,
        change: (inout ConformanceVisit) -> Void
    )

    private var refusedCards: [ConformanceCase] {
        let people = ConformancePeople.self
        let refusals: [Refusal] = [
            ("003-replaced", "another card was issued in its place: 003", .vssCardReplaced, people.replaced, { _ in }),
            (
                "010-expired", "the card had ended before the visit began: 010", .vssCardExpired, people.expired,
                { _ in }
            ),
            ("050-unknown", "nobody has this card: 050", .vssCardUnknown, people.unknown, { _ in }),
            (
                "051-malformed", "the card is written wrong: 051", .vssCardWrong, people.covered,
                { $0.insurance.maTheBhyt = "GD40199010001" }
            ),
            (
                "052-province", "characters 4 and 5 name another province: 052", .vssProvinceWrong, people.covered,
                { $0.insurance.maTheBhyt = "GD479" + $0.insurance.maTheBhyt.dropFirst(5) }
            ),
            (
                "053-level", "character 3 is another level: 053", .vssBenefitWrong, people.covered,
                { $0.insurance.maTheBhyt = "GD101" + $0.insurance.maTheBhyt.dropFirst(5) }
            ),
            (
                "060-name", "the name is another one: 060", .vssNameWrong, people.covered,
                { $0.administrative.hoTen = "NGUYỄN VĂN KHÁC" }
            ),
            (
                "061-name", "the name is another one with the same first letter: 061", .vssNameWrongFirstLetterRight,
                people.covered, { $0.administrative.hoTen = "THỬ NGHIỆM VĂN KHÁC" }
            ),
            (
                "070-birth-date", "the birth date is another one: 070", .vssBirthDateWrong, people.covered,
                { $0.administrative.ngaySinh = "19850318" }
            ),
            ("110-recalled", "the card was recalled: 110", .vssCardRecalled, people.recalled, { _ in }),
            ("120-decreased", "its holder is reported as decreased: 120", .vssDecreased, people.decreased, { _ in }),
            (
                "121-other-province", "its holder moved to another province: 121", .vssMovedToAnotherProvince,
                people.movedAway, { _ in }
            ),
            (
                "122-same-province", "its holder moved inside the province: 122", .vssMovedInsideProvince,
                people.movedInside, { _ in }
            ),
            (
                "123-readded", "its holder was taken up again at the same unit: 123", .vssReaddedAtSameUnit,
                people.readded, { _ in }
            ),
            ("124-stopped", "its holder takes part no more: 124", .vssStoppedParticipating, people.stopped, { _ in }),
            (
                "205-parameter", "a code that is in no list: 205", .vssParameterWrong, people.covered,
                { $0.insurance.maLoaiKcb = "77" }
            ),
        ]
        return refusals.map { refusal in
            let name = "vss.\(refusal.name)"
            return ConformanceCase(
                name, refusal.sentence, source: CaseSource.cardCheck, reason: refusal.reason,
                [submit(visit(name, of: refusal.person, refusal.change))])
        }
    }

    private var claims: [ConformanceCase] {
        let name = "vss.claim-above-share"
        let above = visit(name, of: ConformancePeople.covered) {
            $0.insurance.tBncct = "0"
            $0.insurance.tBhtt = "100000"
        }
        var cases = [
            ConformanceCase(
                name, "a claim above the card's share is accepted up to the share, line by line",
                source: "assessments.proto",
                [submit(above)])
        ]
        guard isEntrance, desk.topology.topic(carrying: .assessmentFeedback) != nil else { return cases }
        let later = "vss.feedback"
        let sums = visit(later, of: ConformancePeople.covered) {
            var line = ServiceLine()
            line.maLk = $0.administrative.maLk
            line.stt = "1"
            line.maDichVu = "02.1896"
            line.tBhtt = "50000"
            $0.details.services = [line]
        }
        cases.append(
            ConformanceCase(
                later, "sums that their lines do not make up are said later, as feedback", source: CaseSource.feedback,
                [submit(sums)]))
        return cases
    }

    private var leastData: ConformanceCase {
        let name = "vss.least-data"
        let visit = visit(name, of: ConformancePeople.covered) {
            let parts: [RecordPart] = isEntrance ? [.xml6, .xml7, .xml8, .xml15] : [.xml0, .xml10, .xml11]
            $0.tables = parts.map(CarriedTable.marked)
        }
        return ConformanceCase(
            name, "each reader is told what the topology releases to it, and nothing beyond",
            source: CaseSource.leastData,
            [submit(visit)])
    }

    /// A facility's block that VSS does not look at is for MoH to say; one that it reads, it refuses.
    private var otherBlocks: ConformanceCase {
        let name = "vss.unreadable-block"
        guard isEntrance else {
            var message = visit(name, of: ConformancePeople.covered).acceptedRecord
            message.insurance = Data([0xFF])
            return ConformanceCase(
                name, "a record whose insurance block cannot be read goes to the dead letters",
                source: CaseSource.deadLetters, [desk.message(message)])
        }
        var message = visit(name, of: ConformancePeople.covered).facilityRecord
        message.insurance = Data([0xFF])
        return ConformanceCase(
            name, "a record whose insurance block cannot be read is returned to its facility",
            source: CaseSource.deadLetters, reason: .vssUnreadable,
            [desk.message(message, facility: ConformanceVisit.facility)])
    }

    private var unsigned: ConformanceCase { AgreementCases(desk: desk).unsigned("vss") }

    private var healthCheck: ConformanceCase {
        let name = "vss.health-check"
        let visit = visit(name, of: ConformancePeople.covered) { $0.becomeHealthCheck() }
        return ConformanceCase(
            name, "a health check is treated as a record without a card", source: CaseSource.healthCheck,
            [submit(visit)])
    }

    private var vaccination: ConformanceCase {
        let name = "vss.vaccination"
        let visit = visit(name, of: ConformancePeople.covered) { $0.becomeVaccination() }
        return ConformanceCase(
            name, "a vaccination is treated as a record without a card", source: CaseSource.vaccination,
            [submit(visit)])
    }
}
