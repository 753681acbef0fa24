import ExchangeSchema
import Foundation
import Testing

@testable import HealthStandards

/// Envelopes KHAMSUCKHOE, in every reading, and what is wrong with them.
@Suite struct HealthCheckReaderTests {
    private static let good = SampleHealthChecks.tables

    /// The record that every writing of the sample becomes.
    private static func expect(_ report: HealthCheckReport, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(report.problems == [], sourceLocation: sourceLocation)
        let record = try #require(report.records.first, sourceLocation: sourceLocation)
        #expect(report.records.count == 1 && report.summary.recordCount == 1, sourceLocation: sourceLocation)
        #expect(record.episodeCode == "KSK-1" && record.administrative.hoTen == "NGUYỄN VĂN AN")
        #expect(record.administrative.ngaySinh.hasPrefix("19850317") && record.administrative.soCccd == "001085000001")
        #expect(record.administrative.diaChi == "Số 1 & 2" && record.administrative.matinhCuTru == "01")
        #expect(record.administrative.maDantoc == "01" && record.administrative.stt == "1")
        #expect(record.administrative.otherFields.isEmpty, "what no field of Decision 130 has stays with the check")
        #expect(record.check.maCskcb == "01013" && record.check.doiTuong == "13" && record.check.maLoaiKcb == "15")
        #expect(record.check.ngayVao.hasPrefix("20261120"))
        #expect(record.check.xml10ChieuCao == "168" && record.check.xml10Mach == "72" && record.check.xml3Mach.isEmpty)
        #expect(record.check.xml12PhanLoaiSk == "2" && record.check.xml12KetLuanBenh == "I10")
        #expect(record.results.map(\.giaTri) == ["5.6"] && record.results[0].maChiSo == "GLU")
        #expect(record.check.tables.map(\.table) == ["XML1", "XML7", "XML9"])
        #expect(
            record.check.tables[0].fields.map { "\($0.name)=\($0.value)" } == [
                "TSBT_MA_BENH=J45;J30", "NOI_LAM_VIEC_HOC_TAP=Xưởng <A>",
            ])
        let submission = VisitSubmission(record)
        #expect(submission.name.facilityCode == "01013" && submission.name.episodeCode == "KSK-1")
        #expect(submission.insurance.isEmpty && submission.tables.isEmpty)
        let block = try ClinicalBlock(decoding: submission.clinical)
        #expect(block.healthCheck == record.check && !block.hasVaccination)
        #expect(report.submissions == [submission])
    }

    @Test(arguments: HealthCheckReadings.Content.allCases, [false, true])
    func everyWayToHoldATableGivesTheSame(content: HealthCheckReadings.Content, declared: Bool) throws {
        let report = try HealthCheckReader.read(SampleHealthChecks.xml([Self.good], content, declared: declared))
        try Self.expect(report)
        #expect(report.summary.readings.contents == [content] && !report.summary.isJSON)
        #expect(report.summary.senderCode == "8930000001013" && report.summary.createdOn == "20261121")
    }

    @Test(arguments: HealthCheckReadings.Content.allCases)
    func theTwinInJSONGivesTheSame(content: HealthCheckReadings.Content) throws {
        let report = try HealthCheckReader.read(try SampleHealthChecks.json([Self.good], content))
        try Self.expect(report)
        #expect(report.summary.isJSON && report.summary.readings.contents == [content])
        #expect(report.summary.signatures == ["CKS_BENH_VIEN"])
    }

    static let dates: [(HealthCheckReadings.Dates, birth: String, day: String)] = [
        (.decision3176, "198503170000", "202611200900"), (.decision3176, "19850317", "20261120"),
        (.dayFirst, "17031985", "20112026"), (.iso, "1985-03-17", "2026-11-20T09:00"),
        (.iso, "1985-03-17", "2026-11-20 09:00:00"),
    ]

    @Test(arguments: dates.indices) func everyFormOfDatesGivesTheSame(index: Int) throws {
        let (reading, birth, day) = Self.dates[index]
        let tables = SampleHealthChecks.tables(["XML1.NGAY_SINH": birth, "XML2.NGAY_VAO": day])
        let report = try HealthCheckReader.read(SampleHealthChecks.xml([tables]))
        try Self.expect(report)
        #expect(report.summary.readings.dates == [reading])
        #expect(report.records[0].administrative.ngaySinh.count == 12, "MoH and C06 read NGAY_SINH by Decision 130")
    }

    /// XML5 for the history, XML6 for internal medicine, XML9 for laboratory results, and the conclusion under the root of XML8.
    @Test func theListOfImplementersIsReadByTheRoots() throws {
        let kinds = ["XML9": "XML5", "XML7": "XML6", "XML11": "XML9"]
        let tables = Self.good.map { table -> SampleHealthChecks.Table in
            let root = table.root == "KET_LUAN" ? "KET_LUAN_VA_TU_VAN" : table.root
            return (kinds[table.kind] ?? table.kind, root, table.fields)
        }
        let report = try HealthCheckReader.read(SampleHealthChecks.xml([tables]))
        try Self.expect(report)
        #expect(report.summary.readings.numberings == [.annex, .implementers])
    }

    /// Whoever accepts one reading alone says which one was used.
    @Test func aReadingThatIsNotAcceptedIsNamed() throws {
        var accepted = HealthCheckReadings.all
        accepted.contents = [.base64]
        accepted.dates = [.iso]
        let report = try HealthCheckReader.read(SampleHealthChecks.xml([Self.good]), accepting: accepted)
        #expect(report.records.isEmpty && report.summary.recordCount == 1 && report.summary.soundCount == 0)
        #expect(
            report.problems.map(\.description) == [
                "record 1 (MA_LK KSK-1): the content is written as nested; accepted is base64",
                "record 1 (MA_LK KSK-1): the dates is written as 3176; accepted is iso",
            ])
        #expect(report.summary.readings.description == "content nested; dates 3176; numbering annex")
    }

    /// Whatever the pieces are in which a file comes: declarations in its middle, and letters of several bytes.
    @Test func theCutsOfAFileMakeNoDifference() throws {
        let bytes = SampleHealthChecks.xml(
            [Self.good, SampleHealthChecks.tables(["XML2.MA_LK": "KSK-2"])], declared: true)
        let whole = try HealthCheckReader.read(bytes)
        #expect(whole.records.count == 2 && whole.problems == [])
        for size in [1, 2, 3, 5, 7, 64, 1_000] {
            var position = 0
            var records: [HealthCheckRecord] = []
            let summary = try HealthCheckReader.read(
                from: {
                    let end = min(position + size, bytes.count)
                    defer { position = end }
                    return Array(bytes[position..<end])
                },
                take: { if case .record(let record) = $0 { records.append(record) } })
            #expect(records == whole.records && summary == whole.summary, "\(size)")
        }
    }

    static let faults: [(String, [String: String], [String])] = [
        ("no name", ["XML1.HO_TEN": "-"], ["table XML1, field HO_TEN: a value is required"]),
        ("no number for it", ["XML2.MA_LK": "-"], ["table XML2, field MA_LK: a value is required"]),
        ("no day", ["XML2.NGAY_VAO": "31022026"], ["field NGAY_VAO: \"31022026\" is not a date of the form"]),
        ("no month", ["XML1.NGAY_SINH": "1985-13-01"], ["field NGAY_SINH: \"1985-13-01\" is not a date"]),
        ("words", ["XML2.MA_LOAI_KCB": "Bình thường"], ["\"Bình thường\" has 11 characters, at most 2 are allowed"]),
        ("another facility", ["XML2.MA_CSKCB": "79013"], ["\"79013\" is not the facility that sends, 01013"]),
    ]

    /// One bad record keeps back itself alone, and is named by its number.
    @Test(arguments: faults.indices) func aFaultIsToldByRecord(index: Int) throws {
        let (_, values, words) = Self.faults[index]
        var good = SampleHealthChecks.tables(["XML2.MA_LK": "KSK-2"])
        good[0].fields[7] = ("MATINH_CU_TRU", "001")
        let report = try HealthCheckReader.read(
            SampleHealthChecks.xml([SampleHealthChecks.tables(values), good]),
            facility: try FacilityCode(parsing: "01013"))
        #expect(report.records.map(\.episodeCode) == ["KSK-2"] && report.records[0].administrative.matinhCuTru == "01")
        #expect(report.problems.allSatisfy { $0.visitOrdinal == 1 } && report.problems.count == words.count)
        for (problem, words) in zip(report.problems, words) {
            #expect(problem.description.contains(words), "\(problem)")
            #expect(!problem.rule.vietnamese.isEmpty)
        }
    }

    @Test func theLayoutIsExamined() throws {
        var (twice, odd, none, empty) = (Self.good, Self.good, Self.good, Self.good)
        twice.append(("XML12", "KET_LUAN", [("PHAN_LOAI_SK", "3")]))
        odd.append(("XML13", "KHAM_LA", [("A", "1")]))
        none.remove(at: 0)
        empty[2].kind = ""
        let report = try HealthCheckReader.read(
            SampleHealthChecks.xml([twice, odd, none, empty, Self.good, Self.good], count: 9))
        let told = report.problems.map(\.description)
        #expect(
            told == [
                "envelope: field SOLUONGHOSO: \"9\" is not the number of records in the file, 6",
                "record 1 (MA_LK KSK-1): table XML12, field PHAN_LOAI_SK: \"3\" stands here a second time",
                "record 2 (MA_LK KSK-1): table XML13, field KHAM_LA: is no table of KHAMSUCKHOE",
                "record 2 (MA_LK KSK-1): table XML2, field MA_LK: \"KSK-1\" is already the MA_LK of record 1",
                "record 3 (MA_LK KSK-1): table XML1: the table is missing",
                "record 3 (MA_LK KSK-1): table XML2, field MA_LK: \"KSK-1\" is already the MA_LK of record 1",
                "record 4 (MA_LK KSK-1): table XML7, field LOAIHOSO: a value is required",
                "record 4 (MA_LK KSK-1): table XML2, field MA_LK: \"KSK-1\" is already the MA_LK of record 1",
                "record 5 (MA_LK KSK-1): table XML2, field MA_LK: \"KSK-1\" is already the MA_LK of record 1",
                "record 6 (MA_LK KSK-1): table XML2, field MA_LK: \"KSK-1\" is already the MA_LK of record 1",
            ], "\(told.joined(separator: "\n"))")
    }

    /// Several results, each in an element of its own, with line ends around values as the sample of the annex has them.
    @Test func resultsMayBeAList() throws {
        let list = """
            <KHAM_CAN_LAM_SANG><CHI_TIET_CLS><MA_CHI_SO>GLU</MA_CHI_SO><GIA_TRI>
            <![CDATA[5.6]]>
            </GIA_TRI><CKDT_KET_QUA_CLS>BS</CKDT_KET_QUA_CLS></CHI_TIET_CLS><CHI_TIET_CLS><MA_CHI_SO>HGB</MA_CHI_SO>
            </CHI_TIET_CLS></KHAM_CAN_LAM_SANG>
            """
        let text = String(decoding: SampleHealthChecks.xml([Self.good]), as: UTF8.self)
        let old = SampleHealthChecks.document(SampleHealthChecks.rest[3])
        let report = try HealthCheckReader.read(Array(text.replacing(old, with: list).utf8))
        #expect(report.problems == [])
        let results = try #require(report.records.first).results
        #expect(results.map(\.maChiSo) == ["GLU", "HGB"] && results.map(\.stt) == ["1", "2"])
        #expect(results[0].giaTri == "5.6" && results[0].otherFields.map(\.name) == ["CKDT_KET_QUA_CLS"])
    }

    @Test func whoSignedIsSeen() throws {
        func signatures(_ text: String) throws -> Set<String> {
            try HealthCheckReader.read(SampleHealthChecks.xml([Self.good], signature: text)).summary.signatures
        }
        #expect(try signatures("") == [])
        #expect(
            try signatures("<CKS_NGUOI_KET_LUAN> </CKS_NGUOI_KET_LUAN><CKS_BENH_VIEN>MII</CKS_BENH_VIEN>") == [
                "CKS_BENH_VIEN"
            ])
        #expect(
            try signatures("<CKS_NGUOI_KET_LUAN><Signature><A/></Signature></CKS_NGUOI_KET_LUAN>") == [
                "CKS_NGUOI_KET_LUAN"
            ])
    }

    static let refused: [(String, EnvelopeError)] = [
        ("{\"khamsuckhoe\": ", .notJSON), ("{\"a\": 1}", .notAHealthCheckEnvelope(root: "{}")),
        ("<GIAMDINHHS/>", .notAHealthCheckEnvelope(root: "GIAMDINHHS")), ("", .notXML(.empty)),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><KHAMSUCKHOE>&b;</KHAMSUCKHOE>", .notXML(.documentType)),
    ]

    @Test(arguments: refused.indices) func whatIsNoEnvelopeIsRefused(index: Int) throws {
        let (text, wanted) = Self.refused[index]
        #expect(throws: wanted) { try HealthCheckReader.read(Array(text.utf8)) }
        #expect(!wanted.description.isEmpty)
    }

    /// A document inside the envelope is looked at as closely as the envelope.
    @Test func aTableWithAnEntityKeepsItsRecordBack() throws {
        let document = "<!DOCTYPE a [<!ENTITY b \"c\">]><KET_LUAN><PHAN_LOAI_SK>&b;</PHAN_LOAI_SK></KET_LUAN>"
        for content in [Data(document.utf8).base64EncodedString(), SampleHealthChecks.escaped(document), "@@@", "{}}"] {
            let text = String(decoding: SampleHealthChecks.xml([Self.good]), as: UTF8.self)
            let old = SampleHealthChecks.document(SampleHealthChecks.rest[4])
            let report = try HealthCheckReader.read(Array(text.replacing(old, with: content).utf8))
            #expect(report.records.isEmpty && report.problems.count == 1, "\(report.problems)")
            #expect(report.problems.first?.table == "XML12")
        }
    }

    /// Broken files end in an answer: every cut of a file, and bytes changed at random.
    @Test func brokenFilesEndInAnAnswer() throws {
        let files = [
            SampleHealthChecks.xml([Self.good], declared: true), SampleHealthChecks.xml([Self.good], .base64),
            try SampleHealthChecks.json([Self.good]),
        ]
        var random = SystemRandomNumberGenerator()
        for file in files {
            for round in 0..<300 {
                var bytes = file
                if round.isMultiple(of: 2) {
                    bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
                } else {
                    for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255) }
                }
                do throws(EnvelopeError) {
                    let report = try HealthCheckReader.read(bytes)
                    #expect(report.summary.soundCount == report.records.count)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
