import ExchangeSchema
import Foundation
import Testing

@testable import HealthStandards

/// Codes and rules with dates.
@Suite struct DatedTablesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/HealthStandards/Dated/Tables")

    private func edition(_ set: String, _ day: Int) throws -> DatedTable? {
        DatedTables.shipped.edition(set, on: try #require(CivilDate(number: day)))
    }

    /// What the programs know is what lies in the folder, file by file.
    @Test func theProgramHasTheFilesOfTheFolder() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
        #expect(names == DatedTableFiles.all.map { $0.name + ".tsv" })
        for (name, text) in DatedTableFiles.all {
            let file = try String(contentsOf: Self.folder.appending(path: name + ".tsv"), encoding: .utf8)
            #expect(file == text, "\(name): run scripts/generate-fields")
            let table = try DatedTable(parsing: text)
            #expect(!table.source.isEmpty && !table.keys.isEmpty)
        }
    }

    @Test(arguments: [
        ("MA_LOAI_KCB", 2026_07_31, "14", false), ("MA_LOAI_KCB", 2026_08_01, "14", true),
        ("MA_LOAI_KCB", 2026_07_31, "09", true), ("MA_LOAI_KCB", 2026_08_01, "17", false),
        ("MA_DOITUONG_KCB", 2026_01_01, "1.18", true), ("MA_DOITUONG_KCB", 2026_01_01, "1.19", false),
        ("MATINH_CU_TRU", 2025_06_30, "02", true), ("MATINH_CU_TRU", 2025_07_01, "02", false),
        ("XML13", 2024_12_31, "MA_NOI_DI", true), ("XML13", 2025_01_01, "MA_NOI_DI", false),
        ("XML13", 2025_01_01, "MA_CSKCB_DI", true), ("XML13", 2024_12_31, "TINH_TRANG_CT", false),
    ])
    func theDayDecidesWhichCodesThereAre(set: String, day: Int, code: String, isKnown: Bool) throws {
        let found = try #require(try edition(set, day))
        #expect((found[code] != nil) == isKnown, "\(found.edition)")
    }

    @Test(arguments: [
        ("CN", 2025_12_31, "3"), ("CN", 2026_01_01, "2"), ("LH", 2025_12_31, "4"), ("LH", 2026_01_01, "2"),
    ])
    func twoGroupsChangedTheirLevel(group: String, day: Int, level: String) throws {
        #expect(try edition("benefit-level", day)?[group] == level)
    }

    @Test func theTwoStructuresOfXML13DifferAsTheDecisionSays() throws {
        let old = Set(try #require(try edition("XML13", 2024_12_31)).keys)
        let new = Set(try #require(try edition("XML13", 2025_01_01)).keys)
        #expect(old.count == 39 && new.count == 37)
        #expect(old.subtracting(new) == ["MA_NOI_DI", "MA_NOI_DEN", "TEN_DICH_VU", "TEN_THUOC", "PP_DIEU_TRI"])
        #expect(new.subtracting(old) == ["MA_CSKCB_DI", "MA_CSKCB_DEN", "TINH_TRANG_CT"])
    }

    /// Whether a residence is written in the 63 codes or the 34, the entry comes to the same province.
    @Test func bothListsOfProvincesLeadToTheSameLocality() throws {
        let former = try #require(try edition("MATINH_CU_TRU", 2025_06_30))
        let current = try #require(try edition("MATINH_CU_TRU", 2025_07_01))
        #expect(former.keys.count == 63 && current.keys.count == 34)
        for code in current.keys {
            let province = try #require(Province(code: code))
            #expect(current[code] == province.name)
            #expect(FormerProvince(twoDigits: code)?.province == province, "\(code) leads elsewhere as a former code")
        }
        for code in former.keys { #expect(FormerProvince(twoDigits: code)?.name == former[code]) }
    }

    /// Where no text at hand gives a list, nothing can be said of a code.
    @Test func beforeTheFirstListNothingIsKnown() throws {
        #expect(try edition("MA_DOITUONG_KCB", 2025_12_31) == nil)
        #expect(try edition("nothing of the kind", 2026_01_01) == nil)
    }

    /// Another decision is another file, and nothing else: an amendment of fields, and a list of codes.
    @Test func aNewDecisionIsANewFile() throws {
        let files = DatedTableFiles.all.map(\.text)
        let fields = """
            set\tfield-rules
            edition\tDecision 9999/QD-BYT (2027)
            source\tmade up for this test
            validFrom\t20270101
            validTo\t-

            XML2.MUC_HUONG\tlength=6
            XML1.SO_CCCD\trequired
            """
        let kinds = """
            set\tMA_LOAI_KCB
            edition\tDecision 9999/QD-BYT (2027)
            source\tmade up for this test
            validFrom\t20270101
            validTo\t-

            99\tmade up
            """
        let tables = try DatedTables(files: files + [fields, kinds])
        let eve = try #require(CivilDate(number: 2026_12_31))
        let day = try #require(CivilDate(number: 2027_01_01))
        #expect(tables.edition("MA_LOAI_KCB", on: eve)?["99"] == nil)
        #expect(tables.edition("MA_LOAI_KCB", on: day)?["99"] == "made up")
        let book = FieldRuleBook(tables)
        func share(_ date: CivilDate) -> Int? {
            book.table(.xml2, .annex, .on(date, book)).rules.first { $0.name == "MUC_HUONG" }?.maximumLength
        }
        #expect(share(eve) == 4 && share(day) == 6)
        let number = book.table(.xml1, .portal, .on(day, book)).rules.first { $0.name == "SO_CCCD" }
        #expect(number?.isRequired == true)
        #expect(
            book.table(.xml3, .annex, .on(day, book)).rules.first { $0.name == "MUC_HUONG" }?.maximumLength == 4,
            "what came before stays in force")
    }

    @Test(arguments: [("20250630", true), ("20250701", false), ("20240101", true)])
    func districtsAreDemandedUntilTheyWereAbolished(discharge: String, isRequired: Bool) {
        let edition = StandardEdition.on(StandardEdition.day(ofDischarge: discharge))
        let rule = VisitTable.xml1.rules(.portal, edition).first { $0.name == "MAHUYEN_CU_TRU" }
        #expect(rule?.isRequired == isRequired)
    }

    @Test(arguments: [
        ("set\tX\nedition\te\nsource\ts\nvalidFrom\t-\nvalidTo\t-\n\n", "line 7: it has no rows"),
        ("set\tX\nset\tX\n", "line 2: set stands twice or is none of set, edition, source, validFrom, validTo"),
        ("set\tX\n\na\tb\n", "line 2: the head lacks one of set, edition, source, validFrom, validTo"),
        (
            "set\tX\nedition\te\nsource\ts\nvalidFrom\t20260230\nvalidTo\t-\n\na\tb\n",
            "line 6: validFrom is a day, yyyymmdd, or - for open"
        ),
        (
            "set\tX\nedition\te\nsource\ts\nvalidFrom\t20260201\nvalidTo\t20260131\n\na\tb\n",
            "line 6: validFrom is after validTo"
        ),
        ("set\tX\nedition\te\nsource\ts\nvalidFrom\t-\nvalidTo\t-\n\na\tb\na\tc\n", "line 8: a stands twice"),
        ("set X\n", "line 1: a name, one tab and a value are expected"),
    ])
    func aFileThatIsWrongIsNamedByItsLine(text: String, error: String) {
        do {
            _ = try DatedTable(parsing: text)
            Issue.record("it was read")
        } catch let found { #expect(found.description == error) }
    }
}

extension StandardEdition {
    /// What was in force when Decision 1931/QD-BYT came into force.
    static let decision1931 = StandardEdition.on(CivilDate(number: 2026_07_01))
}
