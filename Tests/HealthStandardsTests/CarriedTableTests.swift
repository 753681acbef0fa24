import ExchangeSchema
import Foundation
import Testing
import Vocabulary

@testable import HealthStandards

/// Tables that travel as they are: read by the field tables, written as they were read, and a fault keeps back the table alone.
@Suite struct CarriedTableTests {
    private static let day = CivilDate(number: 2025_12_31)

    /// A row with a value for each field of the annex, and one that the annex does not have.
    static func row(_ part: RecordPart, on day: CivilDate?, episode: String) -> CarriedRow {
        var row = CarriedRow()
        let fields =
            part.fieldRules(.portal, on: day).map { ($0.name, value(for: $0, episode)) } + [("NGOAI_BANG", "thêm <&>")]
        row.fields = fields.map { name, value in
            var field = OtherField()
            (field.name, field.value) = (name, value)
            return field
        }
        return row
    }

    private static func value(for rule: FieldRule, _ episode: String) -> String {
        if rule.name == "MA_LK" { return episode }
        switch rule.shape {
        case .ordinal: return "1"
        case .day, .days, .dayOrMoment: return "20251230"
        case .moment, .birth: return "202512301405"
        case .plain: return rule.kind == .number ? "1" : String(repeating: "Đ", count: min(rule.maximumLength ?? 9, 9))
        }
    }

    private static func visit(_ episode: String, _ tables: [TableRows], discharged: String) -> VisitRecord {
        var samples = SampleVisits(seed: 7)
        var visit = samples.visit(episode)
        visit.insurance.ngayVao = discharged
        visit.insurance.ngayRa = discharged
        visit.tables = tables
        return visit
    }

    /// Of every table, in both editions of XML13: what is written is read again, under both profiles' structures.
    @Test(arguments: ["202412311200", "202501011200", "202607011200"], [1, 3])
    func whatIsWrittenIsReadAgain(discharged: String, rows: Int) throws {
        let day = StandardEdition.day(ofDischarge: discharged)
        let tables = RecordPart.tables.map { part in
            TableRows(part, (0..<rows).map { _ in Self.row(part, on: day, episode: "A") })
        }
        let visit = Self.visit("A", tables, discharged: discharged)
        let bytes = try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20260701")
        let report = try EnvelopeReader.read(bytes)
        #expect(report.problems.map(\.description) == [] && report.warnings.map(\.description) == [])
        #expect(report.visits.map(\.tables) == [tables])
        #expect(try EnvelopeWriter.write(report.visits, facilityCode: "01001", createdOn: "20260701") == bytes)
        for table in tables { #expect(TableRows(table.carried) == table) }
    }

    @Test func theStructureOfXML13GoesByTheDayOfDischarge() {
        func names(_ day: Int) -> [String] {
            RecordPart.xml13.fieldRules(.annex, on: CivilDate(number: day)).map(\.name)
        }
        #expect(names(2024_12_31).contains("MA_NOI_DI") && !names(2024_12_31).contains("TINH_TRANG_CT"))
        #expect(names(2025_01_01).contains("MA_CSKCB_DEN") && !names(2025_01_01).contains("TEN_DICH_VU"))
        #expect(names(2024_12_31).count == 39 && names(2025_01_01).count == 37)
        let counts = RecordPart.tables.map { $0.fieldRules(.portal, on: CivilDate(number: 2024_01_01)).count }
        #expect(counts == [26, 47, 26, 22, 35, 13, 23, 35, 39, 22, 20], "the annex has as many fields")
        let births = RecordPart.xml9.fieldRules(.portal, on: CivilDate(number: 2025_07_01))
        #expect(births.first { $0.name == "MAHUYEN_CU_TRU" }?.isRequired == false)
    }

    /// The committed Swift and the list say the same.
    @Test(arguments: ValidationProfile.allCases) func swiftTablesAgreeWithTheList(profile: ValidationProfile) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Sources/HealthStandards/Fields/carried-fields.tsv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        let column = profile == .annex ? 2 : 4
        let listed = lines.map { $0.split(separator: "\t").map(String.init) }.map {
            [$0[0], $0[1], $0[column], $0[column + 1], String($0[6] == "yes"), $0[7]]
        }
        let compiled = RecordPart.tables.flatMap { part in
            CarriedFields.definitions(of: part).map { profile == .annex ? $0.annex : $0.portal }.map { rule in
                [
                    part.name, rule.name, rule.kind.rawValue, rule.maximumLength.map(String.init) ?? "n",
                    String(rule.isRequired), rule.shape.rawValue,
                ]
            }
        }
        #expect(listed.count == 308 && listed == compiled)
    }

    /// Whatever a system calls root and list, and however deep a row lies.
    @Test(arguments: [
        "<XML14>%</XML14>", "<A><B>%</B></A>", "<A><B><C><D>%</D></C></B></A>",
        "<A>%<CHUKYDONVI><Signature>x<Y>1</Y></Signature></CHUKYDONVI></A>",
    ])
    func anyRootAndListAreRead(layout: String) throws {
        let row = Self.row(.xml14, on: Self.day, episode: "A")
        let fields = row.fields.map {
            "<\($0.name)>\($0.value.replacing("&", with: "&amp;").replacing("<", with: "&lt;"))</\($0.name)>"
        }
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A") + [("xml14", layout.replacing("%", with: fields.joined()))])
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.problems == [] && report.warnings == [])
        #expect(report.visits.first?.tables == [TableRows(.xml14, [row])])
    }

    static let faults: [(String, String)] = [
        ("<A><MA_LK>A</MA_LK></A>", "table XML14, row 1, field SO_GIAYHEN_KL: a value is required"),
        ("<A><MA_LK>B</MA_LK></A>", "table XML14, row 1, field MA_LK: \"B\" is not the MA_LK of XML1, \"A\""),
        ("<A><NGAY_CT>31/12/2025</NGAY_CT></A>", "field NGAY_CT: \"31/12/2025\" is not a date of the form yyyymmdd"),
        ("<A><GIOI_TINH>x</GIOI_TINH></A>", "field GIOI_TINH: \"x\" is not a number"),
        ("<A><MA_CSKCB>010010</MA_CSKCB></A>", "field MA_CSKCB: \"010010\" has 6 characters, at most 5 are allowed"),
        ("<A><MA_LK>A</MA_LK><MA_LK>A</MA_LK></A>", "field MA_LK: stands here a second time"),
        ("<A>text<MA_LK>A</MA_LK></A>", "\"text\" is text outside any field"),
        ("<A><MA_LK>A</MA_LK><B><STT>1</STT></B></A>", "the element A is inside it; only text can be kept"),
        ("<A><MA_LK>A</MA_LK>", "table XML14: "),
        ("no XML", "table XML14: "),
    ]

    /// The visit goes without the table, and the sender is told what is wrong with it.
    @Test(arguments: faults.indices) func aFaultKeepsBackTheTableAlone(index: Int) throws {
        let (document, told) = Self.faults[index]
        var sample = SampleEnvelope()
        let sound = String(
            decoding: try #require(
                try CarriedWriter.documents(
                    TableRows(.xml8, [Self.row(.xml8, on: Self.day, episode: "A")]), on: Self.day
                ).first), as: UTF8.self)
        sample.add(try SampleEnvelope.documents("A") + [("XML14", document), ("XML8", sound)])
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.problems == [])
        #expect(report.visits.first?.tables.map(\.part) == [.xml8] && report.visits.first?.otherTables == ["XML14"])
        #expect(report.warnings.contains { $0.description.contains(told) }, "\(report.warnings.map(\.description))")
        #expect(
            report.warnings.last?.description
                == "record 1 (MA_LK A): table XML14: the table is left out; the visit goes without it")
        #expect(report.warnings.allSatisfy { $0.table == "XML14" })
    }

    @Test func aTableGivenTwiceIsOneWithAllRows() throws {
        let rows = ["1", "2"].map { number -> CarriedRow in
            var row = Self.row(.xml11, on: Self.day, episode: "A")
            for place in row.fields.indices where row.fields[place].name == "SO_CT" { row.fields[place].value = number }
            return row
        }
        let visit = Self.visit("A", [TableRows(.xml11, rows)], discharged: "202512311200")
        let bytes = try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20260701")
        #expect(String(decoding: bytes, as: UTF8.self).split(separator: "<LOAIHOSO>XML11<").count == 3)
        #expect(try EnvelopeReader.read(bytes).visits.first?.tables == visit.tables)
    }
}
