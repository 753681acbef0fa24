import C06Party
import CoreTestSupport
import ExchangeSchema
import FacilityParty
import LocalityParty
import MoHParty
import PartyCore
import Testing
import VSSParty
import Vocabulary

/// Amendments and withdrawals through all parties, on both routes, in good order and in any, with copies and late ones.
@Suite struct ChangedCycleTests {
    typealias Kind = ChangedVisits.Kind

    private func exchange(
        _ count: Int, isSince2026: Bool, isRecalled: Bool = false, gate: AgreementGate? = nil
    ) throws -> MemoryExchange {
        var register = SampleRegister()
        if isRecalled {
            // VSS hears of it after it has accepted the visits, and speaks of each of them later.
            register.insured[SamplePeople.an.insured.socialInsuranceNumber]?.standing = CardStanding(
                .recalled, since: try #require(CivilDate(number: 2025_03_01)), isReportedLate: true)
        }
        return MemoryExchange(
            ChangedVisits.of(count), isSince2026: isSince2026, gate: gate, register: register,
            provincial: ChangedVisits.provinces)
    }

    @Test(arguments: [false, true], [false, true])
    func everyVisitEndsAsItMust(isSince2026: Bool, isRecalled: Bool) throws {
        let each = 10
        var exchange = try exchange(each * Kind.allCases.count, isSince2026: isSince2026, isRecalled: isRecalled)
        try exchange.runInOrder()
        let ledger = exchange.facility.ledger
        #expect(ledger.submitted == Int64(each * Kind.allCases.count) && ledger.withdrawn == 30 && ledger.pending == 0)
        // In good order MoH has the second revision before it could share the first.
        #expect(ledger.shared == 70 && ledger.refusedByReason == ["vss.010": 10])
        #expect(exchange.facility.figures.book.refusedAmendments == 20)
        #expect(exchange.c06.ledger.withdrawn == 30)
        // Of those that went to another province one half came back.
        #expect(exchange.provincial[0].figures.book.departed == 10)
        #expect(exchange.locality.figures.sharedByProvince == ["01": 60, "79": 10])
        #expect(isRecalled == (exchange.vss.figures.formerFeedback.refused > 0))
        try ChangedAgreement(exchange).expect()
    }

    /// Any order, with copies and late ones: the parties agree, and book and warehouses are those of good order.
    @Test(arguments: 1...40, [false, true])
    func anyOrderGivesTheSameBookAndTheSameWarehouses(seed: UInt64, isSince2026: Bool) throws {
        let isRecalled = seed.isMultiple(of: 2)
        let count = 4 * Kind.allCases.count
        var clean = try exchange(count, isSince2026: isSince2026, isRecalled: isRecalled)
        try clean.runInOrder()
        var exchange = try exchange(count, isSince2026: isSince2026, isRecalled: isRecalled)
        var generator = SeededGenerator(seed: seed)
        try exchange.run(disorder: &generator)
        let ledger = exchange.facility.ledger
        #expect(ledger.submitted == Int64(count) && ledger.withdrawn == 12 && ledger.pending == 0)
        // Of an amendment that was refused at once, the first revision is shared where it was faster.
        #expect(ledger.shared + ledger.refused == 32 && ledger.shared >= 28)
        let agreement = ChangedAgreement(exchange)
        try agreement.expect()
        let other = ChangedAgreement(clean)
        #expect(agreement.standings(of: exchange.locality) == other.standings(of: clean.locality))
        #expect(try agreement.shown() == other.shown())
    }

    @Test(arguments: 1...20, [false, true])
    func whatIsHeldAndThenWithdrawnIsNeverShared(seed: UInt64, isSince2026: Bool) throws {
        let gate = AgreementGate(agreement: "regulation", signatories: ["moh", "c06"], signedAtStart: [])
        let count = 4 * Kind.allCases.count
        var exchange = try exchange(count, isSince2026: isSince2026, gate: gate)
        var generator = SeededGenerator(seed: seed)
        try exchange.run(disorder: &generator)
        #expect(exchange.locality.ledger.submitted == 0 && exchange.facility.ledger.withdrawn > 0)
        for party in ["moh", "c06"] {
            let signature = SampleKeys.signature(party)
            let about = MessageIdentifier(.agreementSignature, about: "regulation|\(party)")
            var message = SentMessage(signature, about.uuid)
            message.head.message = about
            exchange.publish(message)
        }
        try exchange.run(disorder: &generator)
        #expect(exchange.facility.ledger.withdrawn == 12 && exchange.facility.ledger.pending == 0)
        #expect(exchange.c06.ledger.held == 0 && exchange.c06.state.keptCount == 0)
        try ChangedAgreement(exchange).expect()
    }

    /// The person of the visits moves, or gets another number, while they are amended and withdrawn.
    @Test(arguments: 1...30, [false, true])
    func whatHappensToThePersonMeanwhileLosesNothing(seed: UInt64, isSince2026: Bool) throws {
        let isRenumbered = seed.isMultiple(of: 2)
        let number = SamplePeople.an.registered.citizenNumber
        let day = CivilMoment(date: CivilDate(number: 2025_08_01))
        let newNumber = try #require(CitizenNumber(number: 1_085_900_001))
        let province = try #require(Province(code: "48"))
        let change =
            isRenumbered
            ? CivilChange(newNumber, .reissued(former: number), day)
            : CivilChange(number, .moved(from: Province.all[0], to: province), day)
        var register = SampleRegister()
        var person = SamplePeople.an.registered
        person.unreported = UnreportedChange(index: 0, change: change)
        if isRenumbered {
            (person.citizenNumber, person.isSuperseded, person.numberSince) = (newNumber, true, day.date)
        } else {
            (person.residentProvince, person.formerProvince, person.movedOn) = (province, Province.all[0], day.date)
        }
        register.people[number] = person
        var exchange = MemoryExchange(
            ChangedVisits.of(3 * Kind.allCases.count), isSince2026: isSince2026, register: register,
            changes: OneChange(only: change, afterChecks: Int64(seed % 12)), provincial: ChangedVisits.provinces)
        var generator = SeededGenerator(seed: seed)
        try exchange.run(disorder: &generator)
        #expect(exchange.facility.ledger.pending == 0 && exchange.moh.figures.civil.changes == 1)
        try ChangedAgreement(exchange).expect()
    }
}

/// Something that happens to one person, due after so many checks of C06.
private struct OneChange: CivilChanges {
    let only: CivilChange
    let afterChecks: Int64
    var count: Int64 { 1 }
    func isDue(_ index: Int64, afterChecks checks: Int64) -> Bool { checks > afterChecks }
    func change(_ index: Int64) -> CivilChange? { only }
}
