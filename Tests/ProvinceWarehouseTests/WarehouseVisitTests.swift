import CoreTestSupport
import ExchangeSchema
import PartyCore
import ProvinceWarehouse
import Testing

/// What an entry of the book becomes in a warehouse.
@Suite struct WarehouseVisitTests {
    private func visit(
        _ change: (inout SampleVisit) -> Void = { _ in }, authenticatedAt: Int64 = 0
    ) -> WarehouseVisit {
        var sample = SampleVisit(.sample(1))
        sample.insurance.maLoaiKcb = "01"
        change(&sample)
        return WarehouseVisit(
            WarehouseSamples.entry(sample, authenticatedAt: authenticatedAt), record: .sample(1),
            citizen: 1_085_000_001, receivedAt: 7)
    }

    @Test func theColumnsAreTheFieldsOfTheVisit() throws {
        let sample = SampleVisit(.sample(1))
        let visit = visit()
        #expect(visit.facility == sample.facilityCode && visit.name == sample.administrative.hoTen)
        #expect(visit.province == "01" && visit.ward == sample.administrative.maxaCuTru)
        #expect(visit.mainDisease == sample.clinical.maBenhChinh && visit.kind == "01")
        let left = try VisitTime(parsing: sample.insurance.ngayRa, field: "NGAY_RA")
        #expect(visit.dischargedText.hasPrefix(visit.month) && visit.discharged == left)
        #expect(visit.receivedAt == 7 && visit.diagnoses.first?.place == 0)
    }

    /// Minutes to the book are counted on the clock of Viet Nam, across midnight, months and leap days.
    @Test(arguments: [
        ("202602281200", "2026-03-01T05:00:00Z", 1_440), ("202402281200", "2024-03-01T05:00:00Z", 2_880),
        ("202512312359", "2025-12-31T17:00:00Z", 1), ("202601010000", "2025-12-31T16:59:00Z", -1),
    ])
    func minutesToTheBook(discharged: String, authenticated: String, minutes: Int64) throws {
        let time = try WarehouseSamples.milliseconds(authenticated)
        let visit = visit({ $0.insurance.ngayRa = discharged }, authenticatedAt: time)
        #expect(visit.minutesToBook == minutes)
        #expect(
            QualityWord.live.holds(of: JudgedVisit(visit, isCorrected: false, among: .init())) == (minutes <= 1_440))
    }

    @Test func whatContradictsItselfIsNamed() {
        #expect(visit().contradictions == [])
        #expect(
            visit {
                $0.clinical.maBenhChinh = "O80"
                $0.administrative.gioiTinh = "1"
            }.contradictions == [.pregnantMan])
        #expect(
            visit {
                $0.clinical.maBenhChinh = "O80"
                $0.administrative.gioiTinh = "2"
            }.contradictions == [])
        #expect(visit { $0.administrative.ngaySinh = "20991231" }.contradictions == [.beforeBirth])
        #expect(visit { $0.insurance.maLoaiKcb = "77" }.contradictions == [.unknownCode])
        #expect(visit { $0.administrative.gioiTinh = "9" }.contradictions == [.unknownCode])
    }

    @Test func anEmptyRequiredFieldIsNamed() {
        let missing = visit { $0.administrative.diaChi = "" }.missing
        #expect(missing.contains("XML1.DIA_CHI"))
        #expect(!missing.contains("XML1.HO_TEN"))
    }

    private func point(
        _ number: UInt64, _ admitted: String, _ discharged: String, kind: String = "03", facility: String = "01013"
    ) -> PersonVisits.Point {
        PersonVisits.Point(
            record: .sample(number), facility: facility, kind: kind, disease: "J18", admitted: admitted,
            discharged: discharged)
    }

    @Test func staysOverlapToTheMinuteAndExaminationsNever() {
        let first = point(1, "2026-11-01 08:00", "2026-11-05 08:00")
        let cases: [(PersonVisits.Point, Bool)] = [
            (point(2, "2026-11-05 08:00", "2026-11-06 08:00"), false),
            (point(2, "2026-11-05 07:59", "2026-11-06 08:00"), true),
            (point(2, "2026-11-02 08:00", "2026-11-03 08:00", facility: "79001"), true),
            (point(2, "2026-11-02 08:00", "2026-11-03 08:00", kind: "01"), false),
            (point(2, "2026-11-02", "2026-11-03"), false),
        ]
        for (second, overlaps) in cases {
            for points in [[first, second], [second, first]] {
                #expect(PersonVisits.findings(points).allSatisfy { $0.overlaps == overlaps }, "\(second)")
            }
        }
    }

    /// One visit under several identifiers is counted with the lowest; in whatever order they are looked at.
    @Test func theSameVisitUnderTwoIdentifiersIsADuplicateOfTheLowest() {
        let points = [3, 1, 2].map { point($0, "2026-11-01 08:00", "2026-11-05 08:00") }
        let findings = PersonVisits.findings(points)
        #expect(findings.map(\.duplicateOf) == [.sample(1), nil, .sample(1)])
        #expect(findings.allSatisfy { !$0.overlaps })
    }
}
