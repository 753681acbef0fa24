import CoreTestSupport
import ExchangeSchema
import HealthStandards
import Testing

@testable import FHIRMapping

/// What both know survives the way to FHIR and back, whatever a facility wrote.
@Suite struct BundleRoundTripTests {
    /// A value that may be what the annex wants, or anything else.
    private func value(_ field: String, _ generator: inout SeededGenerator) -> String {
        let choices: [String]
        switch field {
        case "NGAY_SINH": choices = ["198003150000", "198000000000", "198003000000", "198003150730", "19800315", "x"]
        case "GIOI_TINH": choices = ["1", "2", "3", "9"]
        case "SO_CCCD": choices = ["001180000101", "123456789", "C1234567", "12"]
        case _ where field.hasPrefix("NGAY_") || field == "THOI_DIEM_DBLS" || field.hasPrefix("GT_THE"):
            choices = ["202611160830", "20261116", "202611160830;20261117", "202613010000", "hôm qua", "20261116 "]
        case "MA_THE_BHYT", "MA_DKBD", "MA_BENH_KT": choices = ["A1", "A1;B2", "A1;;B2", ";", "A1; B2", "A  1"]
        case "SO_LUONG", "GIA_TRI", "CAN_NANG", "SO_NGAY_DTRI":
            choices = ["1", "12.50", "007", "1e3", "-3", "âm tính", "1."]
        default: choices = ["01", "Đỗ  Thị", " x", "a;b", "2\n3", "\"q\"", "0.10"]
        }
        return Int.random(in: 0..<4, using: &generator) == 0 ? "" : choices.randomElement(using: &generator) ?? ""
    }

    private func row(_ table: VisitTable, _ names: [String], _ generator: inout SeededGenerator) -> NamedRow {
        var row = NamedRow(table)
        for name in names where name != "MA_LK" { row[name] = value(name, &generator) }
        return row
    }

    private func names(_ table: VisitTable) -> [String] { table.rules(.portal).map(\.name) }

    private func visit(_ number: Int, _ generator: inout SeededGenerator) -> VisitRecord {
        var summary = row(.xml1, names(.xml1), &generator)
        summary["MA_LK"] = "LK\(number)"
        summary["MA_CSKCB"] = "01999"
        if Bool.random(using: &generator) {
            var other = OtherField()
            (other.name, other.value) = ("TRUONG_LA", "gì đó")
            summary.others = [other]
        }
        func rows(_ table: VisitTable) -> [NamedRow] {
            (0..<Int.random(in: 0..<4, using: &generator)).map { place in
                var row = row(table, names(table), &generator)
                row["STT"] = String(place + 1)
                return row
            }
        }
        return MappedVisit(
            summary: summary, drugs: rows(.xml2), services: rows(.xml3),
            results: rows(.xml4).map { .init(row: $0, facilityCodes: []) }, course: rows(.xml5)
        ).record
    }

    @Test(arguments: UInt64(1)...80) func visitsComeBackAsTheyWere(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let visits = (1...3).map { visit($0, &generator) }
        let set = IdentifierSet.allCases[Int(seed) % 3]
        let bundle = VisitBundle.transaction(visits, facilityCode: "01999", systems: set)
        let read = BundleIntake(try FHIRValue(json: bundle.json))
        #expect(read.issues == [], "seed \(seed)")
        #expect(read.records.map(\.facilityCode) == ["01999", "01999", "01999"])
        #expect(read.records.map(\.content) == visits.map { .visit($0) }, "seed \(seed)")
    }

    private func person(_ number: String, _ generator: inout SeededGenerator) -> AdministrativeBlock {
        var row = row(.xml1, PatientResource.fields.sorted(), &generator)
        (row["MA_LK"], row["STT"]) = (number, "1")
        return row.visit(ClinicalDetails()).administrative
    }

    @Test(arguments: UInt64(1)...80) func vaccinationsComeBackAsTheyWere(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let given = (1...3).map { number -> BundleRecord.Content in
            func any(_ choices: String...) -> String { choices.randomElement(using: &generator) ?? "" }
            var dose = Vaccination()
            (dose.maVacxin, dose.tenVacxin) = (any("", "VX01", "A  1", " x"), any("", "Uốn ván"))
            dose.benhPhong = any("", "uốn ván", "uốn ván;bạch hầu", "a;;b", ";")
            (dose.soMui, dose.tongMui) = (any("", "1", "III", "0", "007"), any("", "3", "nhiều"))
            (dose.ngayTiem, dose.ngayHen) = (any("202611010900", "20261101", "hôm qua", ""), any("", "20261201", "x"))
            (dose.soLo, dose.duongTiem, dose.viTriTiem) = (any("", "L 1"), any("", "tiêm bắp"), any("", "đùi"))
            (dose.maBacSi, dose.phanUng, dose.ghiChu) = (any("", "BS1"), any("", "sốt nhẹ"), any("", "2\n3"))
            return .vaccination(person("TC\(number)", &generator), dose)
        }
        let set = IdentifierSet.allCases[Int(seed) % 3]
        let bundle = VisitBundle.transaction(given, facilityCode: "01999", systems: set)
        let read = BundleIntake(try FHIRValue(json: bundle.json))
        #expect(read.issues == [] && read.records.map(\.content) == given, "seed \(seed)")
        #expect(read.records.map(\.facilityCode) == ["01999", "01999", "01999"])
    }

    @Test(arguments: UInt64(1)...80) func healthChecksComeBackAsTheyWere(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let names: [(String, [String])] = [
            ("XML1", ["TUAN_THAI", "NGUOI_GIAM_HO", "LA"]), ("XML2", ["MA_GTIN_CSKCB", "DOI_TUONG", "NGUON_CHI_TRA"]),
            ("XML2", ["MA_LOAI_KCB"]), ("XML3", ["NHIET_DO", "DGDHST_NHIET_DO", "MACH", "NHIP_THO"]),
            ("XML4", ["CHIEU_DAI", "CAN_NANG", "VONG_DAU"]), ("XML5", ["NGUY_CO_TU_KY"]),
            ("XML6", ["TIEM_CHUNG_BCG_SS"]),
            ("XML7", ["NGHE_PHOI", "KHAM_MAT_PL"]), ("XML8", ["BINH_THUONG", "KET_LUAN_BENH", "HEN_KHAM_LAN_SAU"]),
            ("XML9", ["TSBT_MAC_BENH", "LA"]), ("XML10", ["CHIEU_CAO", "CAN_NANG", "CHI_SO_BMI", "MACH", "HUYET_AP"]),
            ("XML10", ["KHAM_THE_LUC_PL"]), ("XML12", ["PHAN_LOAI_SK", "KET_LUAN_BENH", "CAC_VAN_DE_SUC_KHOE"]),
        ]
        let choices = [
            "120/80", "72", "36.50", "007", "I10", "I10;E11.9", "I10;;E11", "a / b", "/", "1", "0", "Đỗ  Thị", "2\n3",
            " x",
        ]
        let records = (1...2).map { number -> HealthCheckRecord in
            var check = NamedHealthCheck()
            check[.init("XML2", "MA_CSKCB")] = "01999"
            check[.init("XML2", "NGAY_VAO")] =
                ["202611020840", "20261102", "mai"].randomElement(using: &generator) ?? ""
            for (table, fields) in names {
                for field in fields where Bool.random(using: &generator) {
                    check[.init(table, field)] = choices.randomElement(using: &generator) ?? ""
                }
            }
            let results = (0..<Int.random(in: 0..<3, using: &generator)).map { place in
                var row = row(.xml4, self.names(.xml4), &generator)
                (row["STT"], row["MA_LK"]) = (String(place + 1), "")
                return row.result
            }
            return HealthCheckRecord(
                administrative: person("KS\(number)", &generator), check: check.check, results: results)
        }
        let set = IdentifierSet.allCases[Int(seed) % 3]
        let bundle = VisitBundle.transaction(
            records.map { .healthCheck($0) }, facilityCode: "01999", systems: set)
        let read = BundleIntake(try FHIRValue(json: bundle.json))
        #expect(read.issues == [], "seed \(seed)")
        #expect(read.records.map(\.content) == records.map { .healthCheck($0) }, "seed \(seed)")
    }

    @Test func aVisitOfTheAnnexIsMostlyFHIRAndHardlyExtension() throws {
        var summary = NamedRow(.xml1)
        for (name, value) in [
            ("MA_LK", "LK1"), ("HO_TEN", "ĐỖ THỊ MỘT"), ("SO_CCCD", "001180000101"), ("NGAY_SINH", "198003150000"),
            ("GIOI_TINH", "2"), ("NGAY_VAO", "202611160830"), ("NGAY_RA", "202611161000"), ("MA_BENH_CHINH", "J06.9"),
            ("MA_LOAI_KCB", "01"), ("MA_CSKCB", "01999"), ("MA_THE_BHYT", "GD4010000000103"), ("GT_THE_TU", "20260101"),
        ] { summary[name] = value }
        let visit = MappedVisit(summary: summary, drugs: [], services: [], results: []).record
        let bundle = VisitBundle.transaction([visit], facilityCode: "01999", systems: .moh)
        #expect(!String(decoding: bundle.json, as: UTF8.self).contains("extension"))
    }
}
