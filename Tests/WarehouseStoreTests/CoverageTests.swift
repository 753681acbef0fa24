import ExchangeSchema
import GRDB
import PartyCore
import PartyStore
import ProvinceWarehouse
import StoreTestSupport
import Testing
import WarehouseStore

/// Coverage as people read it: never more than there is.
@Suite struct CoverageTests {
    @Test(
        arguments: [
            (Int64(0), Int64(0), "–", nil), (0, 3, "0.0 %", 0), (2, 3, "66.6 %", 2.0 / 3),
            (999_999, 1_000_000, "99.9 %", 0.999999),
            (3, 3, "100.0 %", 1),
        ] as [(Int64, Int64, String, Double?)])
    func aShareIsCutAndNotRoundedUp(withBook: Int64, residents: Int64, percent: String, share: Double?) {
        let coverage = WarehouseCoverage(residents: residents, withBook: withBook, countedAt: 1)
        #expect(coverage.percent == percent && coverage.share == share)
    }

    /// The table holds what the model holds: the last count of each province, in whatever order they come.
    @Test func theTableHasTheLastCountOfEachProvince() throws {
        let directory = try TemporaryDirectory()
        let store = try PartyStore<SampleRecord>(
            directory: directory.path + "/locality", identity: StoreIdentity(party: "locality", exchange: "test"),
            durability: .process, readModel: WarehouseWriter.plan)
        var model = ProvinceWarehouse()
        var batch = SampleBatch(continuing: store.progress)
        for (province, withBook, time) in [
            ("01", 5, 100), ("01", 9, 300), ("79", 1, 50), ("01", 7, 200), ("01", 8, 300),
        ] {
            var notice = ProvinceCoverageNotice()
            (notice.province, notice.residents, notice.withBook) = (province, 10, Int64(withBook))
            notice.countedAt = Int64(time)
            var changes = ReadModelChanges()
            changes.append(
                .coverage, subject: 0, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: 1,
                content: notice.encoded)
            model.apply(changes)
            try store.batch { state in
                var commit = try batch.fill(&state)
                commit?.readModel = changes
                return commit
            }
        }
        try store.close()
        let path = directory.path + "/locality/" + WarehouseWriter.fileName
        let file = try WarehouseFile(path: path)
        for province in ["01", "48", "79"] {
            let found = try file.coverage(ofProvince: province)
            let wanted = model.coverage[province]
            #expect(found?.withBook == wanted?.withBook && found?.countedAt == wanted?.countedAt)
        }
        #expect(try file.coverage(ofProvince: "01") == WarehouseCoverage(residents: 10, withBook: 9, countedAt: 300))
    }
}
