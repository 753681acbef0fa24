import ExchangeSchema
import Testing

@testable import HealthStandards

@Suite struct EnvelopeProblemTests {
    @Test(arguments: [
        ("XML2", 2, "SO_LUONG", "x", "\"x\" is not a number"),
        ("XML1", 1, "GIOI_TINH", "12", "\"12\" has 2 characters, at most 1 are allowed"),
        ("XML1", 1, "HO_TEN", "", "a value is required"),
        ("XML1", 1, "NGAY_VAO", "20250101", "\"20250101\" is not a date of the form yyyymmddHHMM"),
        ("XML1", 1, "NGAY_SINH", "1953", "\"1953\" is not a date of the form yyyymmddHHMM with unknown parts 00"),
        (
            "XML1", 1, "GT_THE_TU", "20250101;x",
            "\"20250101;x\" is not a date of the form yyyymmdd, or several joined by \";\""
        ),
        ("XML3", 1, "T_BHTT", "1,5", "\"1,5\" is not a number"),
        ("XML4", 2, "STT", "0", "\"0\" is not a whole number from 1"),
        ("XML4", 2, "STT", "1", "\"1\" does not follow \"1\" of the row before"),
        ("XML5", 2, "MA_LK", "B", "\"B\" is not the MA_LK of XML1, \"A\""),
        ("XML5", 1, "DIEN_BIEN_LS", "<b>đau</b>", "the element b is inside it; only text can be kept"),
    ])
    func namesTableRowAndField(table: String, row: Int, field: String, value: String, sentence: String) throws {
        let files = try SampleEnvelope.changed("A", table, row: row, field: field, to: value)
        let expected = "record 1 (MA_LK A): table \(table), row \(row), field \(field): \(sentence)"
        #expect(try SampleEnvelope.problems(files).first == expected)
    }

    @Test func reportsAMissingFieldAsARequiredOne() throws {
        var files = try SampleEnvelope.changed("A", "XML2", row: 2, field: "SO_LUONG", to: "@")
        files[1].content.replace("<SO_LUONG>@</SO_LUONG>", with: "")
        let expected = "record 1 (MA_LK A): table XML2, row 2, field SO_LUONG: a value is required"
        #expect(try SampleEnvelope.problems(files) == [expected])
    }

    @Test func reportsAFieldThatStandsTwice() throws {
        var files = try SampleEnvelope.documents("A")
        files[0].content.replace("</TONG_HOP>", with: "<HO_TEN>B</HO_TEN></TONG_HOP>")
        let expected = "record 1 (MA_LK A): table XML1, row 1, field HO_TEN: stands here a second time"
        #expect(try SampleEnvelope.problems(files) == [expected])
    }

    @Test func reportsTextOutsideFields() throws {
        var files = try SampleEnvelope.documents("A")
        files[1].content.replace("<CHI_TIET_THUOC>", with: "<CHI_TIET_THUOC>stray", maxReplacements: 1)
        let expected = "record 1 (MA_LK A): table XML2, row 1: \"stray\" is text outside any field"
        #expect(try SampleEnvelope.problems(files) == [expected])
    }

    @Test func reportsADocumentOfAnotherTable() throws {
        var files = try SampleEnvelope.documents("A")
        files[1].content = files[3].content
        let expected =
            "record 1 (MA_LK A): table XML2: \"CHITIEU_CHITIET_DICHVUCANLAMSANG\" is an element where "
            + "CHITIEU_CHITIET_THUOC is expected"
        #expect(try SampleEnvelope.problems(files) == [expected])
    }

    @Test func reportsAMissingSummary() throws {
        let files = try SampleEnvelope.documents("A").filter { $0.kind != "XML1" }
        #expect(try SampleEnvelope.problems(files) == ["record 1: table XML1: the table is missing"])
    }

    @Test func reportsATableGivenTwice() throws {
        let files = try SampleEnvelope.documents("A")
        let expected = "record 1 (MA_LK A): line 9, table XML2: the table is given a second time"
        #expect(try SampleEnvelope.problems(files + [files[1]]) == [expected])
    }

    @Test func tellsOfATableNobodyKnowsAndKeepsNothingBack() throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A") + [("XML16", "<A/>"), ("CT\u{7}", "<A/>")])
        let report = try EnvelopeReader.read(sample.bytes.filter { $0 != 7 })
        #expect(report.problems == [] && report.visits.first?.otherTables == ["XML16", "CT"])
        #expect(
            report.warnings.first?.description == "record 1 (MA_LK A): line 9, field LOAIHOSO: "
                + "\"XML16\" is no table of Decision 4750 (XML0 to XML15); it is not carried")
    }

    @Test(arguments: ["", " \n", SampleEnvelope.base64("<!-- none -->"), SampleEnvelope.base64("\u{FEFF}\n<?a b?>")])
    func anEmptyTableIsNoRowsAndAnEmptySummaryAProblem(content: String) throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        sample.add(try SampleEnvelope.documents("B"))
        sample.visits[0][1].content = content
        sample.visits[1][0].content = content
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.visits.map(\.details.drugs.count) == [0])
        #expect(report.visits.first?.details.services.count == 2)
        #expect(report.problems.map(\.description) == ["record 2: table XML1: there is no XML in it"])
    }

    @Test(arguments: [
        ("####", "the content is not base64"),
        (
            SampleEnvelope.base64("<?xml version=\"1.0\""),
            "not well-formed XML at line 1, column 20: an attribute that is not written as XML wants it"
        ),
        (
            SampleEnvelope.base64(SampleEnvelope.base64("<CHITIEU_CHITIET_THUOC/>")),
            "the content is base64 inside base64; encode the table once"
        ),
        (
            SampleEnvelope.base64("<A><B></A>"),
            "not well-formed XML at line 1, column 11: an end tag that does not match its start tag"
        ),
        (SampleEnvelope.base64("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), "it has a DOCTYPE, which is refused"),
        (
            SampleEnvelope.base64("<?xml version=\"1.0\" encoding=\"windows-1258\"?><a/>"),
            "the encoding is windows-1258, it must be UTF-8"
        ),
    ])
    func reportsContentThatCannotBeRead(content: String, sentence: String) throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        sample.visits[0][1].content = content
        let problems = try EnvelopeReader.read(sample.bytes).problems
        #expect(problems.count == 1)
        #expect(problems.first?.table == "XML2")
        #expect(problems.first?.rule.description == sentence)
    }

    @Test func cutsLongValues() {
        let problem = EnvelopeProblem(field: "F", rule: .notANumber, value: String(repeating: "9", count: 5_000))
        #expect(problem.description.count < 200)
    }

    @Test func listsAtMostAHundredProblemsOfAVisit() throws {
        var files = try SampleEnvelope.documents("A")
        files[1].content.replace(
            "</CHI_TIET_THUOC>", with: String(repeating: "<STT>1</STT>", count: 300) + "</CHI_TIET_THUOC>")
        let problems = try SampleEnvelope.problems(files)
        #expect(problems.count == 101)
        #expect(problems.last == "record 1 (MA_LK A): more problems follow; the first 100 are listed")
    }
}
