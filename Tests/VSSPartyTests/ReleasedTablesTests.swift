import CoreTestSupport
import ExchangeSchema
import PartyCore
import Testing
import Vocabulary

@testable import VSSParty

/// What VSS hands on to MoH of a visit's tables.
@Suite struct ReleasedTablesTests {
    private let record = RecordIdentifier.sample(1)

    @Test(arguments: [
        RecordPartSet.blocks, RecordPartSet.blocks.union(.tables), RecordPartSet([.xml8, .xml6]),
    ]) func moHHasWhatItsRuleSays(released: RecordPartSet) throws {
        var rig = Rig(
            VSSCore(registry: SampleRegister(), duties: .vss2026, releases: Releases([.moh: released])))
        var submission = SampleVisit(record).facilityRecord()
        submission.tables = SampleTables.tables(RecordPart.tables)
        #expect(try rig.receive(submission, record) == Verdict(.accepted))
        let passed: AssessedRecord = try #require(rig.takeSent().first).decoded()
        #expect(passed.tables == SampleTables.tables(released.intersection(.tables).parts))
        #expect(passed.administrative == submission.administrative && passed.clinical == submission.clinical)
    }

    @Test func tablesThatAreNoneAreReturned() throws {
        var rig = Rig(VSSCore(registry: SampleRegister(), duties: .vss2026))
        var submission = SampleVisit(record).facilityRecord()
        submission.tables = SampleTables.tables([.xml8])
        submission.tables[0].table = "XML16"
        #expect(try rig.receive(submission, record) == Verdict(.refused, .vssUnreadable))
        let correction: Correction = try #require(rig.takeSent().first).decoded()
        #expect(correction.rule == "of the tables \"XML16\" is no table that is carried")
    }

    /// From MoH, VSS looks into no table; the assessment is that of the blocks.
    @Test func tablesChangeNoAssessment() throws {
        var (with, without) = (
            Rig(VSSCore(registry: SampleRegister(), duties: .vss2024)),
            Rig(VSSCore(registry: SampleRegister(), duties: .vss2024))
        )
        var accepted = SampleVisit(record).acceptedRecord()
        try without.receive(accepted, record)
        accepted.tables = SampleTables.tables([.xml10, .xml11])
        try with.receive(accepted, record)
        #expect(with.takeSent() == without.takeSent())
    }
}
