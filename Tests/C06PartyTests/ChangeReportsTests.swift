import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import C06Party

/// What C06 reports by itself, and what it knows before and after.
@Suite struct ChangeReportsTests {
    private static let day = CivilMoment(date: CivilDate(number: 2025_06_01))
    private static let number = SamplePeople.an.registered.citizenNumber

    /// Three changes, of which the second does not come about; each is due after as many checks as its place says.
    private struct Changes: CivilChanges {
        var list: [CivilChange?]
        var count: Int64 { Int64(list.count) }
        func isDue(_ index: Int64, afterChecks checks: Int64) -> Bool { checks > index }
        func change(_ index: Int64) -> CivilChange? { list[Int(index)] }
    }

    private func rig(
        _ list: [CivilChange?], _ register: SampleRegister = SampleRegister(), gate: AgreementGate? = nil
    ) -> Rig<C06Core<SampleRegister>> {
        let desk = gate.map { AgreementDesk(party: "c06", agreements: [$0]) } ?? .none
        return Rig(
            C06Core(registry: register, gate: gate, agreements: desk, changes: Changes(list: list)),
            keys: SampleKeys.keys(of: "c06"))
    }

    private func check(_ record: UInt64, _ change: (inout IdentityCheck) -> Void = { _ in }) -> SentMessage {
        var check = SampleVisit(.sample(record)).identityCheck()
        change(&check)
        return SentMessage(check, .sample(record))
    }

    @Test func eachIsReportedOnceInItsOrderWhenItIsDue() throws {
        let missing = CivilChange(Self.number, .missing, Self.day)
        let died = CivilChange(Self.number, .died, .unknown)
        var rig = rig([missing, nil, died])
        try rig.advance()
        #expect(rig.takeSent().isEmpty, "nothing is due before anybody was asked about")
        try rig.receive(check(1))
        try rig.advance()
        let first: CivilStatusChange = try #require(rig.takeSent().last).decoded()
        #expect(first.kind == .missing && first.happenedOn == "20250601" && first.reportedAt == rig.now)
        #expect(first.citizenNumber == Self.number.description)
        try rig.receive(check(2))
        try rig.receive(check(3))
        _ = rig.takeSent()
        try rig.advance()
        try rig.advance()
        let sent = rig.takeSent()
        #expect(sent.count == 1 && sent[0].head.type == .civilStatus && sent[0].key == Self.number.description)
        #expect(try (sent[0].decoded() as CivilStatusChange).kind == .died)
        #expect(rig.figures.civil.next == 3 && rig.figures.civil.changes == 2)
    }

    @Test func nothingIsReportedBeforeTheAgreementIsInForce() throws {
        let gate = AgreementGate(agreement: "regulation", signatories: ["vss", "c06"], signedAtStart: ["c06"])
        var rig = rig([CivilChange(Self.number, .missing, Self.day)], gate: gate)
        try rig.receive(check(1))
        try rig.advance()
        #expect(rig.takeSent().isEmpty)
        try rig.receive(SentMessage(SampleKeys.signature("vss", "regulation"), RecordIdentifier(high: 0, low: 0)))
        try rig.advance()
        #expect(rig.takeSent().map(\.head.type) == [.identityResult, .civilStatus])
    }

    @Test func aBudgetIsKept() throws {
        var rig = rig((0..<5).map { _ in CivilChange(Self.number, .missing, Self.day) })
        for record in 1...9 { try rig.receive(check(UInt64(record))) }
        _ = rig.takeSent()
        #expect(try rig.advance(budget: 2) && rig.takeSent().count == 2)
        #expect(try rig.advance(budget: 2) && rig.takeSent().count == 2)
        #expect(try !rig.advance(budget: 2) && rig.takeSent().count == 1)
    }

    static let changes: [(CivilChange.Kind, @Sendable (inout RegisteredPerson) -> Void)] = [
        (
            .moved(from: Province.all[0], to: Province.all[5]),
            { ($0.residentProvince, $0.formerProvince, $0.movedOn) = (.all[5], .all[0], day.date) }
        ), (.died, { $0.death = day }), (.missing, { $0.missingSince = day.date }),
    ]

    @Test(arguments: changes.indices) func whatIsNotReportedHasNotHappened(index: Int) throws {
        let (kind, apply) = Self.changes[index]
        let change = CivilChange(Self.number, kind, Self.day)
        var register = SampleRegister()
        var person = SamplePeople.an.registered
        apply(&person)
        person.unreported = UnreportedChange(index: 0, change: change)
        register.people[Self.number] = person
        var rig = rig([change], register)
        try rig.receive(check(1))
        #expect(try (rig.takeSent()[0].decoded() as IdentityResult).civilStatus == .unchanged)
        try rig.advance()
        _ = rig.takeSent()
        try rig.receive(check(2))
        #expect(try (rig.takeSent()[0].decoded() as IdentityResult).civilStatus != .unchanged)
    }

    @Test func aNewNumberIsKnownOnceItIsReportedAndTheOldOneIsReplacedByIt() throws {
        let new = try CitizenNumber(parsing: "001085900001")
        let change = CivilChange(new, .reissued(former: Self.number), Self.day)
        var person = SamplePeople.an.registered
        (person.citizenNumber, person.unreported) = (new, UnreportedChange(index: 0, change: change))
        var register = SampleRegister()
        register.people[new] = person
        (person.isSuperseded, person.numberSince) = (true, Self.day.date)
        register.people[Self.number] = person
        var rig = rig([change], register)
        try rig.receive(check(1))
        try rig.receive(check(2) { $0.citizenNumber = new.description })
        let before = try rig.takeSent().map { try $0.decoded() as IdentityResult }
        #expect(before[0].outcome == .match && before[0].citizenNumber == Self.number.description)
        #expect(!before[0].numberReplaced && before[1].mismatchReason == .numberUnknown)
        try rig.advance()
        let report: CivilStatusChange = try #require(rig.takeSent().first).decoded()
        #expect(report.formerNumber == Self.number.description && report.citizenNumber == new.description)
        try rig.receive(check(3))
        try rig.receive(check(4) { $0.citizenNumber = new.description })
        let after = try rig.takeSent().map { try $0.decoded() as IdentityResult }
        #expect(after.map(\.citizenNumber) == [new.description, new.description])
        #expect(after.map(\.numberReplaced) == [true, false] && after[0].numberSince == "20250601")
    }
}
