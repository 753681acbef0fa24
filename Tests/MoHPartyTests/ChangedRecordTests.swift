import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import HealthBook
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// Records that are amended and withdrawn, on both routes.
@Suite struct ChangedRecordTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func shared(isSince2026: Bool = false) throws -> Rig<MoHCore> {
        var rig = Rig(MoHCore(duties: isSince2026 ? .moh2026 : .moh2024, handsOver: true))
        try submit(&rig, 1)
        try share(&rig, 1)
        #expect(rig.ledger.shared == 1)
        _ = rig.takeSent()
        return rig
    }

    @discardableResult
    private func submit(
        _ rig: inout Rig<MoHCore>, _ revision: UInt32, diagnosis: String = "J06.9", province: String = "01"
    ) throws -> Verdict {
        var visit = SampleVisit(record)
        visit.clinical.maBenhChinh = diagnosis
        visit.administrative.matinhCuTru = province
        let message = visit.facilityRecord(revision: revision)
        guard rig.core.intakeIsAssessed else { return try rig.receive(message, record, revision: revision) }
        var assessment = Assessment()
        assessment.outcome = .covered
        assessment.cardCheckCode = "000"
        assessment.benefitPercent = 80
        return try rig.receive(AssessedRecord(message, assessment: assessment), record, revision: revision)
    }

    private func share(_ rig: inout Rig<MoHCore>, _ revision: UInt32, number: String = "001085000001") throws {
        if !rig.core.intakeIsAssessed {
            try rig.receive(answers.covered(record, revision: revision), record, revision: revision)
        }
        var match = answers.match(record, revision: revision)
        match.citizenNumber = number
        try rig.receive(match, record, revision: revision)
    }

    @discardableResult
    private func withdraw(_ rig: inout Rig<MoHCore>, _ revision: UInt32) throws -> Verdict {
        var withdrawal = Withdrawal()
        withdrawal.reason = "Sent by mistake"
        if rig.core.intakeIsAssessed {
            var message = AssessedRecord()
            message.recordID = record.description
            message.revision = revision
            message.withdrawal = withdrawal
            return try rig.receive(message, record, revision: revision)
        }
        var message = FacilityRecord()
        message.recordID = record.description
        message.revision = revision
        message.facilityCode = "01013"
        message.withdrawal = withdrawal
        return try rig.receive(message, record, revision: revision)
    }

    @Test(arguments: [false, true]) func aSharedRecordIsPendingAgainAndThenInTheBookAnew(isSince2026: Bool) throws {
        var rig = try shared(isSince2026: isSince2026)
        #expect(try submit(&rig, 2, diagnosis: "I10") == Verdict(.accepted))
        #expect(rig.ledger.pending == 1 && rig.ledger.shared == 0 && rig.figures.book.amending == 1)
        _ = rig.takeSent()
        try share(&rig, 2)
        let entry: BookEntry = try #require(rig.takeSent().first { $0.head.type == .bookEntry }).decoded()
        #expect(entry.revision == 2 && !entry.withdrawn)
        #expect(rig.ledger.shared == 1 && rig.figures.book.amending == 0 && rig.figures.book.superseded == 1)
        // A late old revision changes nothing.
        #expect(try submit(&rig, 1) == Verdict(.stale))
        #expect(rig.takeSent().isEmpty && rig.state.keptCount == 0)
        try rig.checkRows()
    }

    private func book(_ number: UInt64, _ rig: Rig<MoHCore>) throws -> HealthBook? {
        var books = HealthBooks()
        books.apply(rig.readModelChanges)
        return try books.book(of: try #require(CitizenNumber(number: number)))
    }

    @Test(arguments: [false, true]) func anAmendmentThatFindsAnotherPersonLeavesTheBookOfTheFirst(
        isSince2026: Bool
    ) throws {
        var rig = try shared(isSince2026: isSince2026)
        try submit(&rig, 2)
        try share(&rig, 2, number: "001085000009")
        let sent = rig.takeSent()
        #expect(!sent.contains { $0.head.type == .bookHandover }, "the province is the same")
        let entry: BookEntry = try #require(sent.first { $0.head.type == .bookEntry }).decoded()
        #expect(entry.citizenNumber == "001085000009")
        let former = try #require(try book(1_085_000_001, rig))
        #expect(former.visits.isEmpty && former.past.map(\.state) == [.superseded(by: 2)])
        #expect(try book(1_085_000_009, rig)?.visits.flatMap(\.sources).map(\.revision) == [2])
        // And back again.
        try submit(&rig, 3)
        try share(&rig, 3)
        #expect(try book(1_085_000_001, rig)?.visits.flatMap(\.sources).map(\.revision) == [3])
        #expect(try book(1_085_000_009, rig)?.visits.isEmpty == true)
        try rig.checkRows()
    }

    @Test func anAmendmentThatBelongsToAnotherProvinceIsToldToTheFormerOne() throws {
        var rig = try shared()
        try submit(&rig, 2, province: "79")
        try share(&rig, 2)
        let handover: BookHandover = try #require(rig.takeSent().first { $0.head.type == .bookHandover }).decoded()
        #expect(handover.amended && handover.revision == 2 && handover.residentProvince == "79")
        #expect(handover.formerProvince == "01" && handover.addressedProvince == "01" && handover.movedOn.isEmpty)
        #expect(rig.figures.civil.handovers == 1 && handover.formerNumber.isEmpty)
        #expect(try book(1_085_000_001, rig)?.visits.flatMap(\.sources).map(\.revision) == [2])
        // The withdrawal goes to where the entry stands now.
        try withdraw(&rig, 3)
        let end: BookEntry = try #require(rig.takeSent().first { $0.head.type == .bookEntry }).decoded()
        #expect(end.withdrawn && end.residentProvince == "79")
        #expect(try book(1_085_000_001, rig)?.past.map(\.state) == [.withdrawn("Sent by mistake"), .superseded(by: 2)])
    }

    private func move(_ rig: inout Rig<MoHCore>, to province: String, _ day: String) throws {
        var change = CivilStatusChange()
        change.kind = .moved
        change.citizenNumber = "001085000001"
        change.province = province
        change.happenedOn = day
        var message = SentMessage(change, record)
        message.head.message = MessageIdentifier(.civilStatus, about: province + day)
        try rig.receive(message)
        try rig.advance()
    }

    /// What stands in a book follows its person also while an amendment of it is on its way.
    @Test(arguments: [false, true]) func aPersonWhoMovesMeanwhileTakesTheEntryAlong(isRefused: Bool) throws {
        var rig = try shared()
        try submit(&rig, 2)
        _ = rig.takeSent()
        try move(&rig, to: "48", "20250801")
        let told = rig.takeSent().filter { $0.head.type == .bookHandover }
        #expect(try told.map { try $0.decoded(as: BookHandover.self).revision } == [1, 1], "the one in the book")
        if isRefused {
            try rig.receive(answers.noMatch(record, .noMatch, revision: 2), record, revision: 2)
            #expect(!rig.takeSent().contains { $0.head.type == .bookHandover })
            try move(&rig, to: "79", "20250901")
            let again: [BookHandover] = try rig.takeSent().map { try $0.decoded() }
            #expect(again.map(\.formerProvince) == ["48", "48"] && again.map(\.revision) == [1, 1])
        } else {
            try share(&rig, 2)
            let sent = rig.takeSent()
            let entry: BookEntry = try #require(sent.first { $0.head.type == .bookEntry }).decoded()
            #expect(entry.residentProvince == "48")
            let handover: BookHandover = try #require(sent.first { $0.head.type == .bookHandover }).decoded()
            #expect(handover.amended && handover.formerProvince == "01", "there the earlier entry had gone")
        }
        try rig.checkRows()
    }

    /// The withdrawal goes to the province that has the entry; nothing of the record passes on afterwards.
    @Test func whatIsWithdrawnFollowsNobody() throws {
        var rig = try shared()
        try withdraw(&rig, 2)
        _ = rig.takeSent()
        try move(&rig, to: "48", "20250801")
        #expect(rig.takeSent().isEmpty)
    }

    enum Refuser: CaseIterable {
        case moh, vss, c06, unreadable
    }

    @Test(arguments: Refuser.allCases) func aRefusedAmendmentLeavesTheEntryInTheBook(_ refuser: Refuser) throws {
        var rig = try shared()
        switch refuser {
        case .moh: try submit(&rig, 2, diagnosis: "??")
        case .vss:
            try submit(&rig, 2)
            try rig.receive(answers.refused(record, code: "010", revision: 2), record, revision: 2)
        case .c06:
            try submit(&rig, 2)
            try rig.receive(answers.noMatch(record, .deceased, revision: 2), record, revision: 2)
        case .unreadable:
            try rig.receive(SentMessage(unreadable: .facilityRecord, record, revision: 2, source: "/facility/01013"))
        }
        let correction: Correction = try #require(rig.takeSent().last).decoded()
        #expect(correction.revision == 2)
        #expect(rig.ledger.shared == 1 && rig.ledger.refused == 0 && rig.ledger.pending == 0)
        #expect(rig.figures.book.refusedAmendments == 1 && rig.figures.book.superseded == 0)
        #expect(rig.state.record(record)?.revision == 2 && rig.state.record(record)?.reason != 0)
        #expect(rig.state.keptCount == 0)
        // The entry can still be withdrawn.
        #expect(try withdraw(&rig, 3) == Verdict(.withdrawn, .facilityWithdrew))
        let entry: BookEntry = try #require(rig.takeSent().first { $0.head.type == .bookEntry }).decoded()
        #expect(entry.withdrawn && entry.citizenNumber == "001085000001" && rig.ledger.withdrawn == 1)
        #expect(rig.figures.book.refusedAmendments == 0 && rig.figures.book.amending == 0)
        try rig.checkRows()
    }

    /// Who has seen it is told so, with nothing of its contents, and the book under the number under which it stands.
    @Test(arguments: [false, true]) func aWithdrawalGoesWhereTheRecordHasGone(isSince2026: Bool) throws {
        var rig = try shared(isSince2026: isSince2026)
        #expect(try withdraw(&rig, 2) == Verdict(.withdrawn, .facilityWithdrew))
        let sent = rig.takeSent()
        #expect(sent.map(\.head.type) == [isSince2026 ? .identityCheck : .acceptedRecord, .bookEntry, .sharingNotice])
        if isSince2026 {
            let check: IdentityCheck = try sent[0].decoded()
            #expect(check.withdrawn && check.citizenNumber.isEmpty && check.fullName.isEmpty && check.birthDate.isEmpty)
        } else {
            let accepted: AcceptedRecord = try sent[0].decoded()
            #expect(accepted.withdrawn && accepted.administrative.isEmpty && accepted.insurance.isEmpty)
        }
        let entry: BookEntry = try sent[1].decoded()
        #expect(sent[1].key == "001085000001" && entry.withdrawn && entry.residentProvince == "01")
        #expect(entry.administrative.isEmpty && entry.clinical.isEmpty && entry.insurance.isEmpty)
        for message in sent { #expect(!String(decoding: message.payload, as: UTF8.self).contains("mistake")) }
        #expect(rig.ledger.withdrawn == 1 && rig.ledger.shared == 0)
        #expect(try withdraw(&rig, 2) == Verdict(.duplicate) && rig.takeSent().isEmpty)
        #expect(try submit(&rig, 3) == Verdict(.stale) && rig.takeSent().isEmpty, "withdrawn for good")
        try rig.checkRows()
    }

    @Test(arguments: [false, true]) func whatIsWithdrawnOnItsWayIsNotSharedLater(isSince2026: Bool) throws {
        var rig = Rig(MoHCore(duties: isSince2026 ? .moh2026 : .moh2024))
        try submit(&rig, 1)
        _ = rig.takeSent()
        try withdraw(&rig, 2)
        #expect(rig.takeSent().map(\.head.type) == [isSince2026 ? .identityCheck : .acceptedRecord])
        try share(&rig, 1)
        #expect(rig.takeSent().isEmpty && rig.ledger.withdrawn == 1 && rig.ledger.shared == 0)
        #expect(rig.state.keptCount == 0)
        try rig.checkRows()
    }

    @Test(arguments: [false, true]) func aWithdrawalThatComesFirstIsTheEnd(isSince2026: Bool) throws {
        var rig = Rig(MoHCore(duties: isSince2026 ? .moh2026 : .moh2024))
        try withdraw(&rig, 2)
        #expect(rig.takeSent().isEmpty, "nobody else knows the record")
        #expect(try submit(&rig, 1) == Verdict(.stale))
        #expect(rig.ledger.withdrawn == 1 && rig.ledger.submitted == 1 && rig.takeSent().isEmpty)
    }

    /// VSS refuses a later revision and returns it itself: MoH hears of it, and does not put the earlier one into the book.
    @Test func aNoteOfVSSEndsWhatIsOnItsWay() throws {
        var note = AssessedRecord()
        note.recordID = record.description
        note.revision = 2
        note.refusalCode = "vss.010"
        var rig = Rig(MoHCore(duties: .moh2026))
        try submit(&rig, 1)
        _ = rig.takeSent()
        #expect(try rig.receive(note, record, revision: 2) == Verdict(.refused, .vssCardExpired))
        try share(&rig, 1)
        #expect(rig.takeSent().isEmpty, "VSS has told the facility")
        #expect(rig.ledger.refusedByReason == ["vss.010": 1] && rig.state.keptCount == 0)
        var book = try shared(isSince2026: true)
        #expect(try book.receive(note, record, revision: 2) == Verdict(.refused, .vssCardExpired))
        #expect(book.ledger.shared == 1 && book.ledger.refused == 0 && book.takeSent().isEmpty)
        note.administrative = .init([1])
        #expect(try book.receive(note, record, revision: 2).decision == .unreadable)
        note.administrative = .init()
        note.refusalCode = "nothing"
        #expect(try book.receive(note, record, revision: 3).decision == .unreadable)
        #expect(book.deadLetters.last?.contains("refusal_code is \"nothing\"") == true)
    }
}

extension MoHCore {
    fileprivate var intakeIsAssessed: Bool { !awaitsAssessment }
}
