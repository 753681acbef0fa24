import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH takes of a health check, and what it refuses by which code.
@Suite struct HealthCheckRulesTests {
    @Test func aSoundOnePasses() throws {
        var record = SampleVisit.healthCheck().facilityRecord()
        #expect(try IntakeRules.check(record).code == "01")
        record.clinicalDetails = .init(SampleVisit.healthCheckResults.encoded)
        #expect(try IntakeRules.check(record).code == "01")
    }

    /// Born on 17 March 2020: under six until the day before 17 March 2026.
    private static func child(_ sample: inout SampleVisit, on day: String) {
        sample.administrative.ngaySinh = "202003170000"
        sample.administrative.soCccd = ""
        sample.clinical.healthCheck.ngayVao = day
        sample.clinical.healthCheck.xml12PhanLoaiSk = ""
        sample.clinical.healthCheck.xml8BinhThuong = "1"
    }

    static let passing: [BrokenVisit] = [
        BrokenVisit("", "SO_CCCD", "a newborn's", "") { $0.administrative.soCccd = "" },
        BrokenVisit("", "NGAY_VAO", "a day alone", "") { $0.clinical.healthCheck.ngayVao = "20250701" },
        BrokenVisit("", "DOI_TUONG", "the last", "") { $0.clinical.healthCheck.doiTuong = "16" },
        BrokenVisit("", "NGUON_CHI_TRA", "other", "") { $0.clinical.healthCheck.nguonChiTra = "9" },
        BrokenVisit("", "KET_LUAN_BENH", "none", "") { $0.clinical.healthCheck.xml12KetLuanBenh = "" },
        BrokenVisit("", "KHAM_THE_LUC_PL", "none", "") { $0.clinical.healthCheck.xml10KhamTheLucPl = "" },
        BrokenVisit("", "PHAN_LOAI_SK", "none, of a child on the last day under six", "") {
            child(&$0, on: "20260316")
        },
    ]

    @Test(arguments: passing) func whatIsUnusualPasses(sample: BrokenVisit) throws {
        var check = SampleVisit.healthCheck()
        sample.change(&check)
        #expect(try IntakeRules.check(check.facilityRecord()).code == "01")
    }

    static let broken: [BrokenVisit] = [
        BrokenVisit("moh.required-missing", "MA_LK", "", "required") { $0.administrative.maLk = "" },
        BrokenVisit("moh.required-missing", "HO_TEN", "", "required") { $0.administrative.hoTen = "" },
        BrokenVisit("moh.required-missing", "MA_CSKCB", "", "required") { $0.clinical.healthCheck.maCskcb = "" },
        BrokenVisit("moh.required-missing", "DOI_TUONG", "", "required") { $0.clinical.healthCheck.doiTuong = "" },
        BrokenVisit("moh.required-missing", "NGUON_CHI_TRA", "", "required") {
            $0.clinical.healthCheck.nguonChiTra = ""
        },
        BrokenVisit("moh.required-missing", "MA_LOAI_KCB", "", "required") { $0.clinical.healthCheck.maLoaiKcb = "" },
        BrokenVisit("moh.required-missing", "NGAY_VAO", "", "required") { $0.clinical.healthCheck.ngayVao = "" },
        BrokenVisit("moh.required-missing", "PHAN_LOAI_SK", "", "required") {
            $0.clinical.healthCheck.xml12PhanLoaiSk = ""
        },
        BrokenVisit("moh.required-missing", "PHAN_LOAI_SK", "", "required") { child(&$0, on: "20260317") },
        BrokenVisit("moh.facility-malformed", "MA_CSKCB", "79013", "sent by facility 01013") {
            $0.clinical.healthCheck.maCskcb = "79013"
        },
        BrokenVisit("moh.name-invalid", "HO_TEN", "AN 2", "") { $0.administrative.hoTen = "AN 2" },
        BrokenVisit("moh.birth-date-invalid", "NGAY_SINH", "19851317", "") { $0.administrative.ngaySinh = "19851317" },
        BrokenVisit("moh.sex-unknown", "GIOI_TINH", "7", "") { $0.administrative.gioiTinh = "7" },
        BrokenVisit("moh.citizen-number-contradicts", "SO_CCCD", "001185000001", "") {
            $0.administrative.soCccd = "001185000001"
        },
        BrokenVisit("moh.province-unknown", "MATINH_CU_TRU", "99", "") { $0.administrative.matinhCuTru = "99" },
        BrokenVisit("moh.dates-invalid", "NGAY_VAO", "20250732", "") { $0.clinical.healthCheck.ngayVao = "20250732" },
        BrokenVisit("moh.dates-contradict", "NGAY_VAO", "19850316", "before birth (NGAY_SINH 19850317)") {
            $0.clinical.healthCheck.ngayVao = "19850316"
        },
        BrokenVisit("moh.code-unknown", "DOI_TUONG", "13;17", "from 1 to 16") {
            $0.clinical.healthCheck.doiTuong = "13;17"
        },
        BrokenVisit("moh.code-unknown", "DOI_TUONG", "13;", "from 1 to 16") {
            $0.clinical.healthCheck.doiTuong = "13;"
        },
        BrokenVisit("moh.code-unknown", "NGUON_CHI_TRA", "6", "or 9") { $0.clinical.healthCheck.nguonChiTra = "6" },
        BrokenVisit("moh.code-unknown", "PHAN_LOAI_SK", "0", "from 1 to 5") {
            $0.clinical.healthCheck.xml12PhanLoaiSk = "0"
        },
        BrokenVisit("moh.code-unknown", "PHAN_LOAI_SK", "II", "from 1 to 5") {
            $0.clinical.healthCheck.xml12PhanLoaiSk = "II"
        },
        BrokenVisit("moh.code-unknown", "KHAM_THE_LUC_PL", "6", "from 1 to 5") {
            $0.clinical.healthCheck.xml10KhamTheLucPl = "6"
        },
        BrokenVisit("moh.diagnosis-malformed", "KET_LUAN_BENH", "tăng huyết áp", "") {
            $0.clinical.healthCheck.xml12KetLuanBenh = "tăng huyết áp"
        },
        BrokenVisit("moh.diagnosis-malformed", "KET_LUAN_BENH", "J4", "") {
            $0.clinical.healthCheck.xml8KetLuanBenh = "J45;J4"
        },
        BrokenVisit("moh.unreadable", "", "", "no insurance block") { $0.insurance.maTheBhyt = "GD4010123456789" },
        BrokenVisit("moh.unreadable", "", "", "no diagnosis") { $0.clinical.maBenhChinh = "Z00.0" },
    ]

    @Test(arguments: broken) func whatBreaksARuleIsRefusedByIt(sample: BrokenVisit) throws {
        var check = SampleVisit.healthCheck()
        sample.change(&check)
        do throws(Refusal) {
            _ = try IntakeRules.check(check.facilityRecord())
            Issue.record("it passed")
        } catch {
            #expect(error.reason.text == sample.code && error.field == sample.field && error.value == sample.value)
            #expect(error.rule.contains(sample.rule), "\(error.rule)")
        }
    }

    /// Rows other than results, and tables of a visit, do not come with it.
    @Test func nothingOfAVisitStandsBesideIt() throws {
        var details = SampleVisit.healthCheckResults
        details.drugs = [DrugLine()]
        var withRows = SampleVisit.healthCheck().facilityRecord()
        withRows.clinicalDetails = .init(details.encoded)
        var withTables = SampleVisit.healthCheck().facilityRecord()
        withTables.tables = SampleTables.tables([.xml8])
        var unreadable = SampleVisit.healthCheck().facilityRecord()
        unreadable.clinicalDetails = .init([0x0A, 0x05])
        for message in [withRows, withTables, unreadable] {
            #expect { try IntakeRules.check(message) } throws: { ($0 as? Refusal)?.reason == .mohUnreadable }
        }
    }
}
