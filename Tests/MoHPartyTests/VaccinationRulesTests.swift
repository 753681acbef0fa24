import CoreTestSupport
import ExchangeSchema
import FoundationEssentials
import PartyCore
import Testing
import Vocabulary

@testable import MoHParty

/// What MoH takes of a vaccination, and what it refuses by which code.
@Suite struct VaccinationRulesTests {
    @Test func aSoundVaccinationPasses() throws {
        #expect(try IntakeRules.check(SampleVisit.vaccination().facilityRecord()).code == "01")
    }

    static let passing: [BrokenVisit] = [
        BrokenVisit("", "SO_CCCD", "a newborn's", "") { $0.administrative.soCccd = "" },
        BrokenVisit("", "SO_CCCD", "old identity card", "") { $0.administrative.soCccd = "012345678" },
        BrokenVisit("", "NGAY_TIEM", "a day alone", "") { $0.clinical.vaccination.ngayTiem = "20250701" },
        BrokenVisit("", "NGAY_TIEM", "the day of birth", "") {
            $0.administrative.ngaySinh = "198503170930"
            $0.clinical.vaccination.ngayTiem = "198503170940"
            $0.clinical.vaccination.ngayHen = ""
        },
        BrokenVisit("", "NGAY_TIEM", "in the year of birth, of which no more is known", "") {
            $0.administrative.ngaySinh = "19850000"
            $0.clinical.vaccination.ngayTiem = "198501010940"
            $0.clinical.vaccination.ngayHen = ""
        },
        BrokenVisit("", "NGAY_HEN", "none", "") { $0.clinical.vaccination.ngayHen = "" },
        BrokenVisit("", "NGAY_HEN", "the same day", "") { $0.clinical.vaccination.ngayHen = "20250701" },
        BrokenVisit("", "TONG_MUI", "none", "") { $0.clinical.vaccination.tongMui = "" },
        BrokenVisit("", "SO_MUI", "the last", "") { $0.clinical.vaccination.soMui = "3" },
        BrokenVisit("", "TEN_VACXIN", "nothing but what is needed", "") { sample in
            let full = sample.clinical.vaccination
            sample.clinical.vaccination = Vaccination()
            sample.clinical.vaccination.maVacxin = full.maVacxin
            sample.clinical.vaccination.soMui = full.soMui
            sample.clinical.vaccination.ngayTiem = full.ngayTiem
        },
    ]

    @Test(arguments: passing) func whatIsUnusualPasses(sample: BrokenVisit) throws {
        var vaccination = SampleVisit.vaccination()
        sample.change(&vaccination)
        #expect(try IntakeRules.check(vaccination.facilityRecord()).code == "01")
    }

    static let broken: [BrokenVisit] = [
        BrokenVisit("moh.required-missing", "MA_LK", "", "required") { $0.administrative.maLk = "" },
        BrokenVisit("moh.required-missing", "HO_TEN", "", "required") { $0.administrative.hoTen = "" },
        BrokenVisit("moh.required-missing", "NGAY_SINH", "", "required") { $0.administrative.ngaySinh = "" },
        BrokenVisit("moh.required-missing", "GIOI_TINH", "", "required") { $0.administrative.gioiTinh = "" },
        BrokenVisit("moh.required-missing", "MA_VACXIN", "", "required") { $0.clinical.vaccination.maVacxin = "" },
        BrokenVisit("moh.required-missing", "SO_MUI", "", "required") { $0.clinical.vaccination.soMui = "" },
        BrokenVisit("moh.required-missing", "NGAY_TIEM", "", "required") { $0.clinical.vaccination.ngayTiem = "" },
        BrokenVisit("moh.required-missing", "MA_VACXIN", "", "required") {
            $0.clinical.vaccination = Vaccination()
        },
        BrokenVisit("moh.facility-malformed", "MA_CSKCB", "0101", "5") { $0.facilityCode = "0101" },
        BrokenVisit("moh.name-invalid", "HO_TEN", "AN 2", "") { $0.administrative.hoTen = "AN 2" },
        BrokenVisit("moh.birth-date-invalid", "NGAY_SINH", "19851317", "") { $0.administrative.ngaySinh = "19851317" },
        BrokenVisit("moh.sex-unknown", "GIOI_TINH", "7", "") { $0.administrative.gioiTinh = "7" },
        BrokenVisit("moh.citizen-number-malformed", "SO_CCCD", "00108500001", "") {
            $0.administrative.soCccd = "00108500001"
        },
        BrokenVisit("moh.citizen-number-contradicts", "SO_CCCD", "001185000001", "") {
            $0.administrative.soCccd = "001185000001"
        },
        BrokenVisit("moh.province-unknown", "MATINH_CU_TRU", "99", "") { $0.administrative.matinhCuTru = "99" },
        BrokenVisit("moh.dates-invalid", "NGAY_TIEM", "20250732", "") {
            $0.clinical.vaccination.ngayTiem = "20250732"
        },
        BrokenVisit("moh.dates-contradict", "NGAY_TIEM", "19850316", "before birth (NGAY_SINH 19850317)") {
            $0.clinical.vaccination.ngayTiem = "19850316"
        },
        BrokenVisit("moh.dates-invalid", "NGAY_HEN", "mai", "") { $0.clinical.vaccination.ngayHen = "mai" },
        BrokenVisit("moh.dates-contradict", "NGAY_HEN", "20250630", "not due before this one") {
            $0.clinical.vaccination.ngayHen = "20250630"
        },
        BrokenVisit("moh.dose-implausible", "SO_MUI", "0", "from 1 to 99") { $0.clinical.vaccination.soMui = "0" },
        BrokenVisit("moh.dose-implausible", "SO_MUI", "100", "from 1 to 99") { $0.clinical.vaccination.soMui = "100" },
        BrokenVisit("moh.dose-implausible", "SO_MUI", "hai", "from 1 to 99") { $0.clinical.vaccination.soMui = "hai" },
        BrokenVisit("moh.dose-implausible", "TONG_MUI", "-3", "from 1 to 99") {
            $0.clinical.vaccination.tongMui = "-3"
        },
        BrokenVisit("moh.dose-implausible", "SO_MUI", "4", "beyond its series (TONG_MUI 3)") {
            $0.clinical.vaccination.soMui = "4"
        },
        BrokenVisit("moh.unreadable", "", "", "no insurance block") { $0.insurance.maTheBhyt = "GD4010123456789" },
        BrokenVisit("moh.unreadable", "", "", "no diagnosis") { $0.clinical.maBenhChinh = "Z24.6" },
    ]

    @Test(arguments: broken) func whatBreaksARuleIsRefusedByIt(sample: BrokenVisit) throws {
        var vaccination = SampleVisit.vaccination()
        sample.change(&vaccination)
        do throws(Refusal) {
            _ = try IntakeRules.check(vaccination.facilityRecord())
            Issue.record("it passed")
        } catch {
            #expect(error.reason.text == sample.code && error.field == sample.field && error.value == sample.value)
            #expect(error.rule.contains(sample.rule), "\(error.rule)")
        }
    }

    /// Rows and tables of a visit do not come with it.
    @Test func nothingOfAVisitStandsBesideIt() throws {
        var details = ClinicalDetails()
        details.drugs = [DrugLine()]
        var withRows = SampleVisit.vaccination().facilityRecord()
        withRows.clinicalDetails = .init(details.encoded)
        var withTables = SampleVisit.vaccination().facilityRecord()
        withTables.tables = SampleTables.tables([.xml8])
        for message in [withRows, withTables] {
            #expect { try IntakeRules.check(message) } throws: { ($0 as? Refusal)?.reason == .mohUnreadable }
        }
    }
}
