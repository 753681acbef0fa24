import C06Party
import CoreTestSupport
import ExchangeSchema
import FacilityParty
import PartyCore
import Replay
import Testing
import VSSParty
import Vocabulary

/// Recorded inputs through today's core.
@Suite struct PartyRerunTests {
    private static func message(
        _ content: some ExchangeMessage, _ record: RecordIdentifier, revision: UInt32 = 1
    )
        -> (head: MessageHead?, payload: [UInt8])
    {
        let sent = SentMessage(content, record, revision: revision)
        return (sent.head, sent.payload)
    }

    /// Visits of three people, some with a card nobody knows, one twice, one corrected, one without attributes.
    private static func vss() throws -> RecordedParty<VSSCore<SampleRegister>> {
        var party = RecordedParty(
            VSSCore(registry: SampleRegister(), duties: .vss2024),
            reads: RecordedTopic("moh.records", carries: .acceptedRecord))
        for first in stride(from: UInt64(1), to: 31, by: 10) {
            var batch = (first..<first + 10).map { number in
                var visit = SampleVisit(.sample(number), of: SamplePeople.all[Int(number % 3)])
                if number % 7 == 0 { visit.insurance.maTheBhyt = "9999999999" }
                return message(visit.acceptedRecord(), .sample(number))
            }
            batch.append(batch[0])
            try party.batch(batch)
        }
        try party.batch([message(SampleVisit(.sample(7)).acceptedRecord(revision: 2), .sample(7), revision: 2)])
        try party.batch([(nil, [0xFF])])
        return party
    }

    @Test func theSameRulesGiveTheSameOutcome() throws {
        let party = try Self.vss()
        let report = try party.rerun(VSSCore(registry: SampleRegister(), duties: .vss2024))
        #expect(report.holds && report.differences == [] && report.ledger == [])
        #expect(report.received == 35 && report.sent == 58)
        #expect(report.text(listing: true) == "vss: same outcome: 93 leaves (35 received, 58 sent)")
    }

    @Test func oneRuleMoreConcernsExactlyItsRecords() throws {
        let party = try Self.vss()
        let stricter = StricterParty(core: VSSCore(registry: SampleRegister(), duties: .vss2024)) {
            $0.record.low & 0xFF == 12
        }
        let report = try party.rerun(stricter)
        #expect(!report.holds)
        #expect(Set(report.differences.map(\.record)) == [.sample(12)])
        #expect(
            report.differences.map(\.kind) == [
                "acceptedRecord: accepted -> unreadable", "assessment: sent -> not sent",
                "identityCheck: sent -> not sent",
            ])
        #expect(report.differences.allSatisfy { $0.revision == 1 && $0.leaf != nil })
        #expect(report.text(listing: false).hasPrefix("vss: 3 differences in 1 records, of 93 leaves\n  1  "))
    }

    @Test func anotherAnswerOfTheRegisterIsNamedByReasonAndField() throws {
        let party = try Self.vss()
        // Nobody knows the second person's card any more.
        let register = SampleRegister([SamplePeople.an, SamplePeople.cuong])
        let report = try party.rerun(VSSCore(registry: register, duties: .vss2024))
        let expected = (UInt64(1)...30).filter { $0 % 3 == 1 && $0 % 7 != 0 }.map { RecordIdentifier.sample($0) }
        #expect(Set(report.differences.compactMap(\.record)) == Set(expected))
        let kinds = Dictionary(uniqueKeysWithValues: report.summary.map { ($0.kind, $0.count) })
        #expect(kinds["acceptedRecord: accepted -> refused vss.050"] == expected.count)
        #expect(kinds["assessment: sent -> sent with other content"] == expected.count)
        #expect(kinds["identityCheck: sent -> not sent"] == expected.count)
        #expect(report.differences.filter { $0.type == .assessment }.allSatisfy { $0.fields == ["some.field"] })
        #expect(kinds.values.reduce(0, +) == report.differences.count)
        #expect(try String(decoding: report.json, as: UTF8.self).contains("refused vss.050"))
    }

    @Test func whatWasErasedCannotBeRerunAndMakesNoDifference() throws {
        let party = try Self.vss()
        let victim = try #require(
            party.traffic.records.firstIndex { $0.topic == "moh.records" && $0.offset == 6 })
        #expect(
            party.traffic.records[victim].header("ce_subject") == Array(RecordIdentifier.sample(7).description.utf8))
        party.traffic.erase(victim)
        let report = try party.rerun(VSSCore(registry: SampleRegister(), duties: .vss2024))
        #expect(report.differences == [] && report.holds)
        // The first message of record 7 is gone; its correction follows from it, and so does what was sent for both.
        #expect(report.erased == 1 && report.dependent == 4)
        #expect(report.received == 33)
        #expect(report.text(listing: false).contains("1 records erased by order: cannot be rerun"))
    }

    @Test func whatTheRecorderDidNotSeeIsNoSameOutcome() throws {
        let party = try Self.vss()
        party.traffic.records.removeAll { $0.topic == "moh.records" && $0.offset == 4 }
        let report = try party.rerun(VSSCore(registry: SampleRegister(), duties: .vss2024))
        #expect(report.unseen == 1 && !report.holds && report.differences == [])
    }

    @Test func anotherMessageInTheSamePlaceIsToldFromAnotherDecision() throws {
        let party = try Self.vss()
        let place = try #require(party.traffic.records.firstIndex { $0.topic == "moh.records" && $0.offset == 3 })
        party.traffic.records[place].value = SampleVisit(.sample(4), of: SamplePeople.cuong).acceptedRecord().encoded
        let report = try party.rerun(VSSCore(registry: SampleRegister(), duties: .vss2024))
        #expect(report.differences.first?.today == "the recorded traffic has another message there")
        #expect(Set(report.differences.map(\.record)) == [.sample(4)])
    }

    @Test func heldAnswersAreReleasedInTheirBatches() throws {
        let gate = AgreementGate(agreement: "rule", signatories: ["moh", "vss"], signedAtStart: ["moh"])
        var party = RecordedParty(
            C06Core(registry: SampleRegister(), gate: gate),
            reads: RecordedTopic("vss.identity-checks", carries: .identityCheck))
        for first in stride(from: UInt64(1), to: 21, by: 5) {
            try party.batch(
                (first..<first + 5).map {
                    Self.message(
                        SampleVisit(.sample($0), of: SamplePeople.all[Int($0 % 3)]).identityCheck(), .sample($0))
                })
        }
        #expect(party.books.ledger.held == 20)
        let report = try party.rerun(C06Core(registry: SampleRegister(), gate: gate))
        #expect(report.holds && report.received == 20 && report.sent == 0)
        // Without the agreement everything is answered at once: each record differs, and its answer is new.
        let open = try party.rerun(C06Core(registry: SampleRegister(), gate: nil))
        #expect(Set(open.differences.compactMap(\.record)).count == 20)
        #expect(open.differences.filter { $0.leaf == nil }.map(\.today) == Array(repeating: "sent", count: 20))
    }

    @Test func theFacilitysPaceIsTakenFromItsJournal() throws {
        let visits = ListedVisits((1...40).map { [SampleVisit(.sample($0)).content] })
        let core = FacilityCore(source: visits, pace: SubmissionPace(maximumPending: 25))
        var party = RecordedParty(core, reads: RecordedTopic("moh.corrections", carries: .correction))
        for _ in 0..<3 { try party.batch([], budget: 7) }
        #expect(party.books.figures.submission.nextVisit == 21)
        let unbound = FacilityCore(source: visits, pace: SubmissionPace())
        #expect(try party.rerun(unbound, budget: .recorded).holds)
        #expect(try !party.rerun(unbound, budget: .messages(2_000)).holds)
    }

    @Test func digestsWithAnUnknownSaltAreSettledByTheRecordedContents() throws {
        var party = try Self.vss()
        party.changeSentDigests()
        let report = try party.rerun(VSSCore(registry: SampleRegister(), duties: .vss2024))
        #expect(report.holds && report.sent == 58, "\(report.text(listing: true))")
        let register = SampleRegister([SamplePeople.an, SamplePeople.cuong])
        let other = try party.rerun(VSSCore(registry: register, duties: .vss2024))
        #expect(other.differences == (try Self.vss().rerun(VSSCore(registry: register, duties: .vss2024))).differences)
    }

    @Test func bytesThatAreNoLeavesAreSaid() throws {
        var rerun = PartyRerun(
            party: "vss",
            engine: PartyEngine(
                core: VSSCore(registry: SampleRegister(), duties: .vss2024), nextSequence: 0,
                salts: SaltKey(simulated: "another")),
            topics: [RecordedTopic("moh.records", carries: .acceptedRecord)], budget: .messages(1))
        for row in [[UInt8](repeating: 0, count: 95), [UInt8](repeating: 0, count: JournalLeaf.width)] {
            #expect(throws: ReplayError.self) { try rerun.take(first: 3, row: row, from: MemoryTraffic()) }
        }
    }
}
