import CoreTestSupport
import ExchangeSchema
import PartyCore
import SyntheticPopulation
import Testing
import Vocabulary

/// The whole cycle under duplicates, late copies and reorderings: the same end as in good order.
@Suite struct ClosedCycleTests {
    /// One visit for each way to end, over and over: passes; corrected after each party's refusal; refused for good;
    /// unreadable; sent twice.
    private func visits(_ count: UInt64) -> ListedVisits {
        ListedVisits((0..<count).map { revisions(of: .sample($0 + 1), kind: $0 % 10) })
    }

    private func revisions(of record: RecordIdentifier, kind: UInt64) -> [VisitContent] {
        let good = SampleVisit(record, of: kind == 9 ? SamplePeople.binh : SamplePeople.an)
        var bad = good
        switch kind {
        case 1: bad.clinical.maBenhChinh = "?"
        case 2: bad.insurance.maTheBhyt = "9999999999"
        case 3:
            bad.insurance.maTheBhyt = ""
            bad.administrative.soCccd = "001085999999"
        case 4: return [SampleVisit(record, of: SamplePeople.cuong).content, good.content]
        case 5:
            bad.insurance.gtTheDen = "20250630"
            return [bad.content]
        case 6: return [good.content, good.content]
        case 8:
            bad.administrative.hoTen = "4"
            var second = good
            second.insurance.maTheBhyt = ""
            second.administrative.hoTen = "AI ĐÓ"
            return [bad.content, second.content, good.content]
        default: return [good.content]
        }
        return [bad.content, good.content]
    }

    /// The sender of every tenth visit, from the seventh, sends no record first; of those behind it, everything twice.
    private static let faults: @Sendable (OutgoingMessage) -> SendingFault? = { message in
        guard message.type == .facilityRecord,
            message.message == MessageIdentifier(.facilityRecord, record: message.record, revision: 1)
        else { return nil }
        let kinds = (0..<100).filter { RecordIdentifier.sample($0 + 1) == message.record }.map { $0 % 10 }
        return kinds == [6] ? .unreadable : kinds == [7] ? .sentTwice : nil
    }

    private func clean(_ count: UInt64, isSince2026: Bool = false) throws -> MemoryExchange {
        var exchange = MemoryExchange(visits(count), isSince2026: isSince2026, faults: Self.faults)
        try exchange.runInOrder()
        return exchange
    }

    @Test func everyVisitEndsAsItMust() throws {
        let exchange = try clean(100)
        let ledger = exchange.facility.ledger
        #expect(ledger.submitted == 100 && ledger.shared == 80 && ledger.pending == 0)
        #expect(ledger.refusedByReason == ["c06.deceased": 10, "vss.010": 10])
        let submission = exchange.facility.figures.submission
        #expect(submission.corrected == 50 && submission.resubmitted == 60)
        #expect(exchange.moh.ledger.shared == 80 && exchange.locality.figures.sharedByProvince == ["01": 80])
        #expect(exchange.moh.ledger.deadLetters == 10 && exchange.moh.ledger.duplicatesIgnored == 10)
        #expect(exchange.moh.state.keptCount == 0)
        try exchange.checkRows()
    }

    /// Facilities send to VSS, which hands on to MoH.
    @Test func everyVisitEndsAlikeOnTheSecondRoute() throws {
        let exchange = try clean(100, isSince2026: true)
        let ledger = exchange.facility.ledger
        #expect(ledger.submitted == 100 && ledger.shared == 80 && ledger.pending == 0)
        #expect(ledger.refusedByReason == ["c06.deceased": 10, "vss.010": 10])
        let submission = exchange.facility.figures.submission
        #expect(submission.corrected == 50 && submission.resubmitted == 60)
        #expect(exchange.vss.ledger.submitted == 100 && exchange.vss.ledger.refusedByReason == ["vss.010": 10])
        #expect(exchange.vss.ledger.deadLetters == 10 && exchange.vss.ledger.duplicatesIgnored == 10)
        #expect(exchange.moh.ledger.submitted == 90 && exchange.moh.ledger.shared == 80)
        #expect(exchange.moh.ledger.refusedByReason == ["c06.deceased": 10] && exchange.moh.state.keptCount == 0)
        #expect(exchange.locality.figures.sharedByProvince == ["01": 80])
        try exchange.checkRows()
    }

    @Test(arguments: 1...30, [false, true])
    func copiesLateOnesAndReorderingsChangeNothing(seed: UInt64, isSince2026: Bool) throws {
        let clean = try clean(60, isSince2026: isSince2026)
        var exchange = MemoryExchange(visits(60), isSince2026: isSince2026, faults: Self.faults)
        var generator = SeededGenerator(seed: seed)
        try exchange.run(disorder: &generator)
        #expect(exchange.ledgers == clean.ledgers)
        #expect(Set(exchange.sent.keys) == Set(clean.sent.keys))
        for (identifier, message) in clean.sent {
            #expect(exchange.sent[identifier]?.payload == message.payload)
            #expect(
                exchange.sent[identifier]?.cause == message.cause
                    || [.bookEntry, .sharingNotice].contains(message.head.type))
        }
        #expect(exchange.facility.state.records == clean.facility.state.records)
        #expect(exchange.mohRecords == clean.mohRecords)
        #expect(exchange.vss.state.records == clean.vss.state.records)
        #expect(exchange.c06.state.records == clean.c06.state.records)
        #expect(exchange.locality.state.records == clean.locality.state.records)
        #expect(exchange.moh.state.keptCount == 0)
        #expect(exchange.moh.ledger.duplicatesIgnored > clean.moh.ledger.duplicatesIgnored, "copies did arrive")
        try exchange.checkRows()
    }

    @Test(arguments: 1...10) func heldAnswersThatDrainGiveTheSameEnd(seed: UInt64) throws {
        let clean = try clean(60)
        let gate = AgreementGate(agreement: "regulation", signatories: ["moh", "c06"], signedAtStart: [])
        var exchange = MemoryExchange(visits(60), gate: gate, faults: Self.faults)
        var generator = SeededGenerator(seed: seed)
        try exchange.run(disorder: &generator)
        #expect(exchange.c06.ledger.held > 0 && exchange.c06.ledger.shared == 0 && exchange.locality.ledger.shared == 0)
        try exchange.checkRows()
        for party in ["moh", "c06", "moh"] {
            let signature = SampleKeys.signature(party)
            let about = MessageIdentifier(.agreementSignature, about: "regulation|\(party)")
            var message = SentMessage(signature, about.uuid)
            message.head.message = about
            exchange.publish(message)
        }
        try exchange.run(disorder: &generator)
        #expect(exchange.c06.ledger.held == 0 && exchange.c06.state.keptCount == 0)
        #expect(exchange.facility.ledger.withoutNoise == clean.facility.ledger.withoutNoise)
        #expect(exchange.moh.ledger.withoutNoise == clean.moh.ledger.withoutNoise)
        #expect(Set(exchange.sent.keys) == Set(clean.sent.keys))
        try exchange.checkRows()
    }
}
