import ExchangeSchema
import Testing

@testable import HealthStandards

@Suite struct EnvelopeReaderTests {
    @Test func soundVisitsOfAFileWithBadOnesStillCome() throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        sample.add(try SampleEnvelope.changed("B", "XML2", row: 2, field: "SO_LUONG", to: "x"))
        sample.add([("XML1", "rubbish")])
        sample.add(try SampleEnvelope.documents("D"))
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.visits.map(\.episodeCode) == ["A", "D"])
        #expect(report.visitCount == 4)
        #expect(report.refusedCount == 2)
        #expect(report.problems.map(\.visitOrdinal) == [2, 3])
    }

    @Test func aLaterVisitWithTheSameEpisodeCodeIsAProblem() throws {
        var sample = SampleEnvelope()
        for episode in ["A", "B", "A"] { sample.add(try SampleEnvelope.documents(episode)) }
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.visits.map(\.episodeCode) == ["A", "B"])
        #expect(
            report.problems.map(\.description) == [
                "record 3 (MA_LK A): table XML1, row 1, field MA_LK: \"A\" is already the MA_LK of record 1"
            ])
    }

    @Test func aWrongHeadIsReportedAndKeepsNoVisitBack() throws {
        var sample = SampleEnvelope(count: "5", createdOn: "31/12/2025")
        sample.add(try SampleEnvelope.documents("A"))
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.visits.count == 1)
        #expect(
            report.problems.map(\.description) == [
                "envelope: field NGAYLAP: \"31/12/2025\" is not a date of the form yyyymmdd",
                "envelope: field SOLUONGHOSO: \"5\" is not the number of records in the file, 1",
            ])
    }

    @Test func listsTablesThatAreNotCarriedWithoutTheirContents() throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        // Not even base64: the content of a table that is not carried is never looked at.
        sample.visits[0].insert(("XML6", "#### secret"), at: 1)
        sample.visits[0].append(("XML13", ""))
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.problems == [])
        #expect(report.visits.first?.otherTables == ["XML6", "XML13"])
        #expect(!String(describing: report).contains("secret"))
    }

    @Test func readsCDATAReferencesAndByteOrderMark() throws {
        let long = String(repeating: "Đường & phố <cũ> ễ", count: 2_000)
        var files = try SampleEnvelope.changed(
            "A", "XML1", field: "PP_DIEU_TRI", to: "x<![CDATA[\(long)]]>&#233;&#x1F600;&lt;y")
        files[0].content = "\u{FEFF}" + files[0].content
        var sample = SampleEnvelope(declaration: "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?><!-- <!DOCTYPE -->")
        sample.add(files)
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.problems == [])
        #expect(report.visits.first?.clinical.ppDieuTri == "x" + long + "é😀<y")
    }

    @Test func readsBase64WithLineBreaks() throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        sample.visits[0][0].content = "\r\n  " + sample.visits[0][0].content.map { "\($0)\n" }.joined() + "\t"
        #expect(try EnvelopeReader.read(sample.bytes).visits.count == 1)
    }

    @Test func emptyAndMissingElementsAreBothEmptyText() throws {
        var files = try SampleEnvelope.changed("A", "XML1", field: "GHI_CHU", to: "@")
        files[0].content.replace("<GHI_CHU>@</GHI_CHU>", with: "<GHI_CHU/>")
        var without = try SampleEnvelope.changed("B", "XML1", field: "GHI_CHU", to: "@")
        without[0].content.replace("<GHI_CHU>@</GHI_CHU>", with: "")
        var sample = SampleEnvelope()
        sample.add(files)
        sample.add(without)
        #expect(try EnvelopeReader.read(sample.bytes).visits.map(\.clinical.ghiChu) == ["", ""])
    }

    @Test func keepsTheSignatureAndNamesWhatItSkips() throws {
        var sample = SampleEnvelope(signature: "<Signature><A>é</A></Signature>")
        sample.add(try SampleEnvelope.documents("A"))
        let text = String(decoding: sample.bytes, as: UTF8.self)
            .replacing("<HOSO>", with: "<HOSO><ID><X>1</X></ID>")
        let report = try EnvelopeReader.read(Array(text.utf8))
        #expect(report.visits.count == 1)
        #expect(report.envelope.signature == Array("<Signature><A>é</A></Signature>".utf8))
        #expect(report.envelope.skippedElements == ["GIAMDINHHS/THONGTINHOSO/DANHSACHHOSO/HOSO/ID"])
    }

    @Test func markupInsideNOIDUNGFILEIsAProblemOfItsVisit() throws {
        var sample = SampleEnvelope()
        sample.add(try SampleEnvelope.documents("A"))
        sample.add(try SampleEnvelope.documents("B"))
        sample.visits[0][1].content = "<CHITIEU_CHITIET_THUOC/>"
        let report = try EnvelopeReader.read(sample.bytes)
        #expect(report.visits.map(\.episodeCode) == ["B"])
        #expect(
            report.problems.first?.description
                == "record 1 (MA_LK A): line 5, table XML2, field NOIDUNGFILE: "
                + "the element CHITIEU_CHITIET_THUOC is inside it; only text can be kept")
    }

    /// The parser has a limit of 10 MB for what it looks at in one go; a file, a table and a field may be larger.
    @Test func readsAFieldOfTwelveMegabytes() throws {
        let long = String(repeating: "chăm sóc ", count: 1_100_000)
        var samples = SampleVisits(seed: 9)
        var visit = samples.visit("A", rows: 0)
        visit.clinical.duPhong = long
        let bytes = try EnvelopeWriter.write([visit], facilityCode: "01001", createdOn: "20251231")
        #expect(bytes.count > 16_000_000)
        let report = try EnvelopeReader.read(bytes)
        #expect(report.visits == [visit])
    }
}
