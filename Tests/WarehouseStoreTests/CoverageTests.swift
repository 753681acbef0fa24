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
}
