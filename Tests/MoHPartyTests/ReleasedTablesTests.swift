import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH hands on of a visit's tables, by the release rules, on both routes.
@Suite struct ReleasedTablesTests {
    private let record = RecordIdentifier.sample(1)
    private let answers = MoHAnswers()

    private func rig(_ duties: Duties, _ releases: Releases) -> Rig<MoHCore> {
        Rig(MoHCore(duties: duties, releases: releases))
    }

    private func submission(_ parts: [RecordPart]) -> FacilityRecord {
        var message = SampleVisit(record).facilityRecord()
        message.clinicalDetails = .init([0x0A, 0x00])
        message.tables = SampleTables.tables(parts)
        return message
    }

    /// Lets a visit come into the book; what VSS and the province are sent, and what the book keeps.
    private func shared(
        _ duties: Duties, _ releases: Releases, _ parts: [RecordPart] = RecordPart.tables
    ) throws -> (toVSS: AcceptedRecord?, entry: BookEntry, kept: BookEntry) {
        var rig = rig(duties, releases)
        let submission = submission(parts)
        if duties == .moh2024 {
            try rig.receive(submission, record)
        } else {
            var assessment = answers.covered(record)
            assessment.recordID = ""
            assessment.revision = 0
            try rig.receive(AssessedRecord(submission, assessment: assessment), record)
        }
        let first = rig.takeSent()
        if duties == .moh2024 { try rig.receive(answers.covered(record), record) }
        try rig.receive(answers.match(record), record)
        let entry: BookEntry = try #require(rig.takeSent().first { $0.head.type == .bookEntry }).decoded()
        let change = try #require(rig.readModelChanges.changes.first { $0.kind == .entry })
        let kept = try BookEntry(decoding: Array(rig.readModelChanges.content(of: change)))
        return (try first.first { $0.head.type == .acceptedRecord }?.decoded(), entry, kept)
    }

    @Test(arguments: [Duties.moh2024, .moh2026]) func withoutRulesNoTableIsHandedOn(duties: Duties) throws {
        let found = try shared(duties, .blocksOnly)
        #expect(found.toVSS?.tables ?? [] == [] && found.entry.tables == [] && found.kept == found.entry)
        #expect(!found.entry.insurance.isEmpty && !found.entry.clinicalDetails.isEmpty)
    }

    /// Every recipient has just what its rule says, with the bytes that the facility sent.
    @Test(arguments: [Duties.moh2024, .moh2026]) func eachRecipientHasWhatItsRuleSays(duties: Duties) throws {
        let releases = Releases([
            .vss: RecordPartSet([.administrative, .insurance, .xml0, .xml11]),
            .locality: RecordPartSet([.administrative, .clinical, .xml8]),
            .book: RecordPartSet.blocks.union(RecordPartSet([.xml8, .xml14])),
        ])
        let found = try shared(duties, releases)
        if duties == .moh2024 { #expect(found.toVSS?.tables == SampleTables.tables([.xml0, .xml11])) }
        #expect(found.entry.tables == SampleTables.tables([.xml8]))
        #expect(found.entry.insurance.isEmpty && found.entry.clinicalDetails.isEmpty)
        #expect(found.kept.tables == SampleTables.tables([.xml8, .xml14]) && !found.kept.insurance.isEmpty)
    }

    @Test(arguments: [Duties.moh2024, .moh2026]) func tablesOutOfOrderAreReturned(duties: Duties) throws {
        var rig = rig(duties, .blocksOnly)
        var message = submission([])
        message.tables = [SampleTables.table(.xml8), SampleTables.table(.xml7)]
        let verdict: Verdict
        if duties == .moh2024 {
            verdict = try rig.receive(message, record)
        } else {
            var assessment = answers.covered(record)
            assessment.recordID = ""
            assessment.revision = 0
            verdict = try rig.receive(AssessedRecord(message, assessment: assessment), record)
        }
        #expect(verdict == Verdict(.refused, .mohUnreadable))
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.rule == "of the tables XML7 stands behind XML8")
    }

    /// Property: whichever tables come and whatever the rules say, no recipient has one that its rule does not give it.
    @Test(arguments: 0..<60) func nobodyHasWhatHisRuleDoesNotGive(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func some(_ parts: [RecordPart]) -> [RecordPart] { parts.filter { _ in Bool.random(using: &generator) } }
        let sent = some(RecordPart.tables)
        let rules: [ReleaseRecipient: RecordPartSet] = [
            .vss: RecordPartSet([.administrative, .insurance] + some(RecordPart.tables)),
            .locality: RecordPartSet([.administrative, .clinical] + some(RecordPart.tables)),
            .book: RecordPartSet([.administrative, .clinical] + some(RecordPart.tables)),
        ]
        for duties in [Duties.moh2024, .moh2026] {
            let found = try shared(duties, Releases(rules), sent)
            func expected(_ recipient: ReleaseRecipient) -> [CarriedTable] {
                SampleTables.tables(sent.filter { rules[recipient]?.contains($0) == true })
            }
            if duties == .moh2024 { #expect(found.toVSS?.tables == expected(.vss)) }
            #expect(found.entry.tables == expected(.locality) && found.kept.tables == expected(.book))
        }
    }
}
