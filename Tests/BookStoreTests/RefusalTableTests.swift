import CoreTestSupport
import ExchangeSchema
import Foundation
import PartyCore
import PartyStore
import StoreTestSupport
import Testing

@testable import BookStore

/// What was returned to facilities, as MoH and VSS keep it: counted by facility and code, with the records behind it.
@Suite struct RefusalTableTests {
    private let directory = NSTemporaryDirectory() + "refusals-\(UUID().uuidString)"

    private static func refusal(
        _ number: UInt64, _ revision: UInt32, _ code: String, of facility: String
    ) -> Correction {
        var correction = Correction()
        correction.recordID = RecordIdentifier.stored(Int64(number)).description
        correction.revision = revision
        (correction.facilityCode, correction.code, correction.refusedBy) = (facility, code, .vss)
        correction.value = "NGUYỄN VĂN AN"
        return correction
    }

    /// Record, revision, code, facility, when. Record 1 comes again and is shared, 2 comes again and is refused again, 3 is
    /// refused and stays so.
    private static let story: [(UInt64, UInt32, String, String, Int64)] = [
        (1, 1, "vss.010", "01013", 100), (2, 1, "vss.010", "01013", 200), (3, 1, "moh.name-invalid", "79071", 300),
        (2, 2, "vss.061", "01013", 400),
    ]

    private func write(_ plan: ReadModelPlan) throws {
        let store = try PartyStore<SampleRecord>(
            directory: directory, identity: .sample, durability: .process, readModel: plan)
        try store.batch { state in
            for (number, phase) in [(UInt64(1), RecordPhase.shared), (2, .refused), (3, .refused)] {
                state.set(SampleRecord(phase, number, keptAt: 0), for: .stored(Int64(number)))
            }
            var commit = BatchCommit(
                books: PartyBooks(), offsets: [], firstLeaf: store.progress.nextSequence, leaves: [], chunk: nil,
                sentChunks: [])
            for (number, revision, code, facility, time) in Self.story {
                commit.readModel.append(
                    .refusal, subject: 0, record: .stored(Int64(number)), revision: revision, time: time,
                    content: Self.refusal(number, revision, code, of: facility).encoded)
            }
            return commit
        }
        try store.close()
    }

    @Test(arguments: [true, false]) func refusalsAreCountedByFacilityAndCode(besideBooks: Bool) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try write(besideBooks ? BookTables.plan : RefusalTable.plan)
        let reader = try RefusalReader([try StoreInspection(directory: directory)])
        let all = Int64.min..<Int64.max
        #expect(
            try reader.counts(in: all) == [
                RefusalCount(facility: "01013", code: "vss.010", ever: 2, standing: 0),
                RefusalCount(facility: "01013", code: "vss.061", ever: 1, standing: 1),
                RefusalCount(facility: "79071", code: "moh.name-invalid", ever: 1, standing: 1),
            ])
        #expect(try reader.counts(in: 200..<300).map(\.ever) == [1])
        #expect(try reader.facilities(in: 300..<301) == ["79071"] && reader.facilities(in: 0..<100).isEmpty)
        let expired = try reader.records(code: "vss.010", facility: nil, in: all, limit: 10)
        #expect(expired.map(\.refusedAt) == [200, 100] && expired.allSatisfy { !$0.stands && $0.revision == 1 })
        #expect(expired.map(\.record) == [2, 1].map { RecordIdentifier.stored($0).description })
        let own = try reader.records(code: nil, facility: "01013", in: all, limit: 2)
        #expect(own.map(\.code) == ["vss.061", "vss.010"] && own[0].stands)
        // Nothing of a person is kept.
        let database = try Data(contentsOf: URL(fileURLWithPath: directory + "/party.sqlite"))
        #expect(database.range(of: Data("NGUYỄN VĂN AN".utf8)) == nil)
    }

    @Test func ofAStoreThatKeepsNoneThereIsNothingToRead() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try PartyStore<SampleRecord>(directory: directory, identity: .sample, durability: .process)
        try store.close()
        let reader = try RefusalReader([try StoreInspection(directory: directory)])
        #expect(try reader.counts(in: 0..<10).isEmpty)
        #expect(try reader.records(code: nil, facility: nil, in: 0..<10, limit: 10).isEmpty)
    }
}
