import CoreTestSupport
import ExchangeSchema
import FacilityParty
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

/// What leaves a facility of a visit's tables, and that a change of one is a change of the visit.
@Suite struct ReleasedTablesTests {
    private let record = RecordIdentifier(facilityCode: "01013", episodeCode: "X1")

    private func rig(_ released: RecordPartSet) -> Rig<FacilityCore<ListedVisits>> {
        Rig(FacilityCore(source: ListedVisits([]), pace: SubmissionPace(), releasing: released))
    }

    private func visit(_ tables: [CarriedTable]) -> VisitSubmission {
        let content = SampleVisit(record).content
        var visit = VisitSubmission()
        visit.name.facilityCode = "01013"
        visit.name.episodeCode = "X1"
        visit.administrative = .init(content.administrative)
        visit.insurance = .init(content.insurance)
        visit.clinical = .init(content.clinical)
        visit.tables = tables
        return visit
    }

    private func submit(
        _ rig: inout Rig<FacilityCore<ListedVisits>>, _ tables: [CarriedTable], amend: Bool = false
    ) throws -> SubmissionEffect {
        var (new, changed) = (SubmitVisits(), AmendVisits())
        new.visits = [visit(tables)]
        changed.visits = [visit(tables)]
        let answer = try rig.obey(
            amend ? .amendVisits : .submitVisits, amend ? changed.encoded : new.encoded)
        return try #require(try VisitStandings(decoding: answer.bytes).visits.first).effect
    }

    @Test(arguments: [RecordPartSet.blocks, RecordPartSet.blocks.union(.tables), RecordPartSet([.xml7])])
    func onlyWhatIsReleasedLeaves(released: RecordPartSet) throws {
        var rig = rig(released)
        #expect(try submit(&rig, SampleTables.tables(RecordPart.tables)) == .submitted)
        let sent: FacilityRecord = try #require(rig.takeSent().first).decoded()
        #expect(sent.tables == SampleTables.tables(released.intersection(.tables).parts))
        #expect(!sent.clinical.isEmpty)
    }

    @Test func aTableThatChangesIsAnAmendment() throws {
        var rig = rig(.tables)
        #expect(try submit(&rig, SampleTables.tables([.xml7])) == .submitted)
        #expect(try submit(&rig, SampleTables.tables([.xml7])) == .known)
        #expect(try submit(&rig, SampleTables.tables([.xml7, .xml8])) == .conflict)
        _ = rig.takeSent()
        #expect(try submit(&rig, SampleTables.tables([.xml7, .xml8]), amend: true) == .amended)
        let sent: FacilityRecord = try #require(rig.takeSent().first).decoded()
        #expect(sent.revision == 2 && sent.tables.map(\.table) == ["XML7", "XML8"])
        #expect(try submit(&rig, [], amend: true) == .amended, "a table taken out is a change too")
    }
}
