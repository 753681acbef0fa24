import Audit
import Foundation
import Testing
import Topology

@testable import ReportPage

/// Both languages, times in both zones, and numbers at the top that are those of the tables below.
@Suite struct LanguageTests {
    private func page(_ content: ReportContent, _ language: PageLanguage) throws -> PageReader {
        var content = content
        content.language = language
        return try PageReader.read(ReportPage(content).html)
    }

    @Test func bothLanguagesHaveTheSameStructure() throws {
        var content = ReportContent.sample()
        content.bound.verification.findings = [AuditFinding(.altered, "moh", leaf: 7, "altered")]
        content.bound.verification.counts = ["altered moh": 1]
        let (english, vietnamese) = (try page(content, .english), try page(content, .vietnamese))
        #expect(english.structure == vietnamese.structure && english.structure.count > 200)
        #expect(english.language == "en" && vietnamese.language == "vi")
    }

    /// Words of the page, not of names, that the Vietnamese page must not have.
    @Test func theVietnamesePageIsVietnamese() throws {
        let text = try page(.sample(name: "x"), .vietnamese).text
        for word in [
            "Pending", "in the book", "Refused", "Facilit", "Service", "Conservation", "Ages run", "Derivation",
            "Records",
            "signed", "nothing", "evidence",
        ] { #expect(!text.contains(word), "\(word)") }
        for word in ["Đang chờ", "Bảo toàn số liệu", "Tỉnh và cơ sở", "Thời hạn xử lý", "Cần hành động"] {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test func timesAreInBothZones() throws {
        #expect(PageTime.text(1_795_914_725_000) == "2026-11-29 08:12:05 (+07:00; 01:12:05 UTC)")
        // Where the day is another one, it is said.
        #expect(PageTime.minute(1_795_905_900_000) == "2026-11-29 05:45 (+07:00; 2026-11-28 22:45 UTC)")
        let text = try page(.sample(), .english).text
        #expect(text.contains("Ages run to 1970-01-01 07:33:20 (+07:00; 00:33:20 UTC)"))
        #expect(text.components(separatedBy: "UTC").count == text.components(separatedBy: "(+07:00; ").count)
    }

    /// The headline, the last row by party, by facility and by province are the same sums.
    @Test(arguments: PageLanguage.allCases) func theHeadlineIsTheSumOfTheTables(language: PageLanguage) throws {
        var content = ReportContent.sample()
        for number in 0..<43 {
            var facility = content.bound.figures.facilities[0]
            facility.facility = "010\(number + 10)"
            facility.pending += Int64(number)
            facility.submitted += Int64(number)
            facility.pendingSince = number % 2 == 0 ? nil : 1_500_000 - Int64(number)
            content.bound.figures.facilities.append(facility)
        }
        let total = content.bound.figures.total
        let reader = try page(content, language)
        func number(_ value: Int64) -> String { NumberText.count(value) }
        #expect(
            reader.tiles
                == [
                    total.submitted, total.shared, total.refused, total.pending, total.withdrawn, total.corrected,
                ].map(number))
        let sums = [total.submitted, total.shared, total.refused].map(number)
        #expect(reader.feet["conservation"]?.first.map { Array($0[1...3]) } == sums)
        #expect(reader.feet["conservation"]?.first?[4] == number(total.pending))
        let tables = try #require(reader.feet["facilities"])
        #expect(tables.count == 2, "provinces and facilities; what is folded has no sum of its own")
        #expect(Array(tables[1][4...6]) == sums && tables[1][3] == number(total.pending))
        #expect(Array(tables[0][5...7]) == sums && tables[0][4] == number(total.pending))
        // Every facility is on the page, the longest stuck first.
        for facility in content.bound.figures.facilities { #expect(reader.text.contains(facility.facility)) }
        let heading = language == .english ? "Records by facility, longest" : "Hồ sơ theo cơ sở, chờ lâu"
        let table = try #require(reader.text.range(of: heading)).upperBound
        let first = try #require(reader.text.range(of: "moh.records", range: table..<reader.text.endIndex))
        let later = try #require(reader.text.range(of: "01052", range: table..<reader.text.endIndex))
        #expect(first.lowerBound < later.lowerBound, "what has waited longest comes first")
    }
}
