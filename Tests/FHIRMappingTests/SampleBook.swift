import ExchangeSchema
import FHIRMapping

/// An extract with one of everything.
enum SampleBook {
    static let naming = ResourceNaming(
        identifier: { "\($0.type.rawValue)-\($0.record.low % 1_000)-\($0.row)" },
        reference: { "\($0.type.rawValue)/\($0.type.rawValue)-\($0.record.low % 1_000)-\($0.row)" })

    static func source(_ number: UInt64, at facility: String = "01999", revision: UInt32 = 1) -> HistorySource {
        var source = HistorySource()
        source.recordID = RecordIdentifier(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0000 + number).description
        source.revision = revision
        source.facilityCode = facility
        source.authenticatedAt = 1_795_000_000_000 + Int64(number)
        return source
    }

    static func extract() -> BookExtract {
        var extract = BookExtract()
        extract.requestID = "5f0c9e51-4b59-4d2f-9d0a-6a3f7f6f0001"
        (extract.citizenNumber, extract.firstNumber) = ("001180000101", "001080000100")
        extract.formerNumbers = ["001080000100"]
        extract.answeredAt = 1_795_100_000_000
        extract.person.maLk = "LK1"
        extract.person.maBn = "BN1"
        extract.person.hoTen = "ĐỖ THỊ MỘT"
        extract.person.ngaySinh = "198003000000"
        extract.person.gioiTinh = "2"
        extract.person.diaChi = "Số 1 phố Huế"
        (extract.person.matinhCuTru, extract.person.maxaCuTru) = ("01", "00001")
        extract.person.dienThoai = "0900000001"
        extract.person.maDantoc = "01"
        extract.visits = [visit()]
        var given = HistoryVaccination()
        given.sources = [source(3)]
        given.vaccination.maVacxin = "VX01"
        given.vaccination.tenVacxin = "Uốn ván"
        given.vaccination.benhPhong = "uốn ván;bạch hầu"
        (given.vaccination.soMui, given.vaccination.tongMui) = ("1", "III")
        given.vaccination.ngayTiem = "202611010900"
        given.vaccination.soLo = "L1"
        given.vaccination.ngayHen = "20261201"
        extract.vaccinations = [given]
        extract.healthChecks = [check()]
        return extract
    }

    static func check() -> HistoryHealthCheck {
        var made = HistoryHealthCheck()
        made.sources = [source(4)]
        made.healthCheck.maLoaiKcb = "15"
        made.healthCheck.ngayVao = "202611020840"
        made.healthCheck.xml10ChieuCao = "168"
        made.healthCheck.xml10CanNang = "62.5"
        made.healthCheck.xml10HuyetAp = "120/80"
        made.healthCheck.xml12PhanLoaiSk = "3"
        made.healthCheck.xml12KetLuanBenh = "I10;E11.9"
        made.healthCheck.xml12CacVanDeSucKhoe = "Khám lại theo hẹn"
        var line = ResultLine()
        (line.stt, line.maDichVu, line.maChiSo, line.giaTri) = ("1", "23.0075.1494", "GLU", "5.60")
        made.results = [line]
        return made
    }

    static func visit() -> HistoryVisit {
        var visit = HistoryVisit()
        visit.sources = [source(1, revision: 2), source(2)]
        visit.stay.ngayVao = "202611160830"
        visit.stay.ngayRa = "20261118"
        visit.stay.maLoaiKcb = "03"
        visit.stay.soNgayDtri = "2"
        visit.stay.maTheBhyt = "GD4010000000103;HT3010000000103"
        visit.stay.gtTheTu = "20260101;20260601"
        visit.stay.gtTheDen = "20260531;20261231"
        visit.stay.maDkbd = "01999;01013"
        visit.clinical.lyDoVv = "Ho, sốt"
        visit.clinical.chanDoanVao = "Viêm phổi?"
        visit.clinical.chanDoanRv = "Viêm phổi"
        visit.clinical.maBenhChinh = "J18.9"
        visit.clinical.maBenhKt = "I10;E11.9"
        visit.clinical.canNang = "52.5"
        visit.clinical.ketQuaDtri = "1"
        visit.clinical.ngayTaiKham = "20261201"
        var drug = DrugLine()
        (drug.stt, drug.maThuoc, drug.tenThuoc) = ("1", "MP.015", "Cefuroxim")
        (drug.hamLuong, drug.duongDung, drug.lieuDung) = ("500mg", "1.01", "Ngày 2 lần, 1 viên")
        (drug.soLuong, drug.donViTinh, drug.ngayYl) = ("10", "Viên", "202611160900")
        visit.drugs = [drug, drug]
        var service = ServiceLine()
        (service.stt, service.maDichVu, service.tenDichVu) = ("1", "18.0119.0028", "Chụp X-quang ngực")
        (service.soLuong, service.donViTinh, service.ngayYl) = ("1", "Lần", "202611160910")
        var supply = ServiceLine()
        (supply.stt, supply.maVatTu, supply.tenVatTu) = ("2", "N03.01", "Bơm tiêm")
        visit.services = [service, supply]
        var result = HistoryResult()
        result.facilityCodes = ["01999", "01013"]
        (result.line.stt, result.line.maDichVu, result.line.maChiSo) = ("1", "22.0121.1369", "WBC")
        (result.line.tenChiSo, result.line.giaTri, result.line.donViDo) = ("Bạch cầu", "12.30", "G/L")
        (result.line.moTa, result.line.ketLuan, result.line.ngayKq) = ("mẫu tốt", "tăng", "202611161000")
        var words = HistoryResult()
        words.facilityCodes = ["01999"]
        (words.line.stt, words.line.maDichVu, words.line.giaTri) = ("2", "18.0119.0028", "mờ đáy phổi phải")
        words.line.tenChiSo = "X-quang"
        visit.results = [result, words]
        var step = CourseLine()
        (step.stt, step.dienBienLs, step.thoiDiemDbls) = ("1", "Đỡ ho, hết sốt", "202611170900")
        (step.giaiDoanBenh, step.hoiChan) = ("hồi phục", "không")
        visit.course = [step]
        visit.recordSummary.fields = [
            ("NGAY_VAO", "202611160830"), ("QT_BENHLY", "Sốt <38,5 & ho\nba ngày"), ("KET_QUA_DTRI", "1"),
            ("NGAY_CT", "20261118"),
        ].map { name, value in
            var field = OtherField()
            (field.name, field.value) = (name, value)
            return field
        }
        return visit
    }
}
