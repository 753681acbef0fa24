import ExchangeSchema
import SwiftProtobuf
import SyntheticPopulation
import Testing

/// The visits: right by every rule, the same in any order, and encoded as the generated code encodes.
@Suite struct VisitTests {
    let population: SyntheticPopulation

    init() throws {
        population = try SyntheticPopulation(configuration: PopulationConfiguration(seed: 3, persons: 100_000))
    }

    @Test func withoutFaultsAreSharedWithTheRightPerson() {
        let parties = PartiesInShort(population: population)
        for index in 0..<1_000 as Range<UInt64> {
            let visit = population.visit(index)
            #expect(parties.answer(visit) == .shared(person: visit.personIndex))
        }
    }

    @Test func keepTheIdentitiesOfMoney() {
        let dong = PartiesInShort(population: population).dong
        for index in 0..<500 as Range<UInt64> {
            let visit = population.visit(index)
            let (money, rows) = (visit.insurance, visit.details)
            #expect(dong(money.tThuoc) == rows.drugs.map { dong($0.thanhTienBv) }.reduce(0, +))
            let totals = rows.drugs.map(\.thanhTienBv) + rows.services.map(\.thanhTienBv)
            #expect(dong(money.tTongchiBv) == totals.map(dong).reduce(0, +))
            let fund = rows.drugs.map(\.tBhtt) + rows.services.map(\.tBhtt)
            #expect(dong(money.tBhtt) == fund.map(dong).reduce(0, +))
            #expect(dong(money.tBhtt) == dong(money.tTongchiBh) - dong(money.tBncct))
            #expect(dong(money.tTongchiBv) == dong(money.tTongchiBh) + dong(money.tBntt))
            for row in rows.drugs {
                #expect(dong(row.tBhtt) * 100 == dong(row.thanhTienBh) * (Int(row.mucHuong) ?? -1))
                #expect(dong(row.thanhTienBv) == dong(row.donGia) * (Int(row.soLuong) ?? -1))
            }
        }
    }

    @Test func haveTheRowsAndDatesOfTheAnnex() {
        for index in 0..<500 as Range<UInt64> {
            let visit = population.visit(index)
            let (insurance, rows) = (visit.insurance, visit.details)
            #expect((1...3).contains(rows.drugs.count) && (1...2).contains(rows.services.count))
            #expect(rows.courses.count == 1 && rows.results.count <= 1)
            let episodes = rows.drugs.map(\.maLk) + rows.services.map(\.maLk) + rows.courses.map(\.maLk)
            #expect(episodes.allSatisfy { $0 == visit.administrative.maLk })
            #expect(insurance.ngayVao <= insurance.ngayRa)
            #expect(rows.drugs.allSatisfy { insurance.ngayVao <= $0.ngayYl && $0.ngayYl <= insurance.ngayRa })
            #expect(visit.administrative.ngaySinh <= insurance.ngayVao)
            #expect(["01", "03"].contains(insurance.maLoaiKcb))
            #expect((insurance.maLoaiKcb == "01") == (insurance.soNgayDtri == "0"))
            #expect(insurance.maCskcb == visit.facilityCode.description)
            #expect(insurance.maTheBhyt.isEmpty == !visit.isInsured)
        }
    }

    @Test func areEncodedAsTheGeneratedCodeEncodes() throws {
        var blocks = EncodedVisit()
        for index in 0..<300 as Range<UInt64> {
            let visit = population.visit(index)
            population.encodeBlocks(ofVisit: index, revision: 1, into: &blocks)
            #expect(try visit.administrative.serializedBytes() as [UInt8] == blocks.administrative)
            #expect(try visit.insurance.serializedBytes() as [UInt8] == blocks.insurance)
            #expect(try visit.clinical.serializedBytes() as [UInt8] == blocks.clinical)
            #expect(try visit.details.serializedBytes() as [UInt8] == blocks.details)
            #expect(visit.administrative.unknownFields.data.isEmpty && visit.details.unknownFields.data.isEmpty)
        }
    }

    @Test func doNotDependOnTheOrderOfCalls() throws {
        let forwards = (0..<200 as Range<UInt64>).map { population.encodedBlocks(ofVisit: $0) }
        let again = try SyntheticPopulation(configuration: population.configuration)
        let backwards = (0..<200 as Range<UInt64>).reversed().map { again.encodedBlocks(ofVisit: $0) }
        #expect(forwards == backwards.reversed())
        #expect(Set(forwards.map(\.administrative)).count == 200)
    }

    @Test func haveTheMixOfTheDomainFile() {
        var chapters: [Character: Int] = [:]
        var (stays, uninsured, bytes) = (0, 0, 0)
        var forms: [Int: Int] = [:]
        let visits = 3_000
        for index in 0..<UInt64(visits) {
            let visit = population.visit(index)
            chapters[visit.clinical.maBenhChinh.first ?? "?", default: 0] += 1
            if visit.insurance.maLoaiKcb == "03" { stays += 1 }
            if !visit.isInsured { uninsured += 1 }
            forms[visit.insurance.maTheBhyt.utf8.count, default: 0] += 1
            bytes += population.encodedBlocks(ofVisit: index).count
        }
        func percent(_ count: Int?) -> Double { Double(count ?? 0) * 100 / Double(visits) }
        #expect((17.5...22.5).contains(percent(chapters["E"])))
        #expect((11.5...16).contains(percent(chapters["I"])))
        #expect((11.0...15.5).contains(percent(chapters["J"])))
        #expect((8.5...12.5).contains(percent(chapters["K"])))
        #expect((7.5...11.5).contains(percent(chapters["M"])))
        #expect((5.5...9.5).contains(percent((chapters["A"] ?? 0) + (chapters["B"] ?? 0))))
        #expect((6.5...12).contains(percent(stays)))
        #expect((4.8...7.2).contains(percent(uninsured)))
        let insured = visits - uninsured
        #expect(abs(Double(forms[15] ?? 0) / Double(insured) - 0.60) < 0.03)
        #expect(abs(Double(forms[10] ?? 0) / Double(insured) - 0.15) < 0.03)
        #expect(abs(Double(forms[12] ?? 0) / Double(insured) - 0.25) < 0.03)
        #expect((1_150...1_800).contains(bytes / visits))
    }

    /// FNV-1a over the blocks of the first visits.
    @Test func areTheSameOnEveryMachine() {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in 0..<100 as Range<UInt64> {
            let blocks = population.encodedBlocks(ofVisit: index)
            for byte in blocks.administrative + blocks.insurance + blocks.clinical + blocks.details {
                digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        #expect(digest == 17_198_880_275_651_937_291)
        #expect(population.recordIdentifier(ofVisit: 5_000).description == "01a1e026-da08-7000-b6b7-f46e0125e5c4")
    }
}
