import ExchangeSchema
import Vocabulary

/// Which tables and fields of a visit another facility is told: what the book's profile QD1332-46 shows of XML1 to XML4,
/// with the codes beside the names. No card, no money, no course (XML5), no practitioner and nothing that no annex knows.
/// Readers who are no facility are told the card besides, the course, and the summary of the medical record (XML8), whose text
/// the profile shows.
///
/// Of these, only what the release rules of the topology let the reader have. What is not named here is not released: the
/// other tables that travel as they are (XML6, which is HIV care, among them) stay behind.
enum HistoryTables {
    static func released(_ visit: BookVisit, to facilityCode: String, _ parts: RecordPartSet) -> HistoryVisit {
        var released = HistoryVisit()
        released.sources = visit.sources.map(source)
        if parts.contains(.insurance) { released.stay = stay(visit.stay) }
        if parts.contains(.clinical) { released.clinical = clinical(visit.clinical) }
        guard parts.contains(.clinicalDetails) else { return released }
        released.drugs = visit.details.drugs.map(drug)
        released.services = visit.details.services.map(service)
        // A check that the facility reports as well is no news to it, whichever of the two came first.
        released.results = visit.results.filter { !$0.facilityCodes.contains(facilityCode) }.map { result in
            var copy = HistoryResult()
            copy.line = line(result.line)
            copy.facilityCodes = result.facilityCodes
            return copy
        }
        return released
    }

    /// What a reader is told who is no facility: the same tables of every visit, the course, the summary of the medical record,
    /// and with the insurance the card.
    static func released(_ visit: BookVisit, _ parts: RecordPartSet) -> HistoryVisit {
        var whole = released(visit, to: "", parts)
        if parts.contains(.clinicalDetails) { whole.course = visit.details.courses.map(step) }
        if parts.contains(.xml8), let row = visit.recordSummary { whole.recordSummary = summary(row) }
        guard parts.contains(.insurance) else { return whole }
        whole.stay.maTheBhyt = visit.stay.maTheBhyt
        whole.stay.maDkbd = visit.stay.maDkbd
        whole.stay.gtTheTu = visit.stay.gtTheTu
        whole.stay.gtTheDen = visit.stay.gtTheDen
        return whole
    }

    /// A vaccination, without who gave it.
    static func released(_ given: BookVaccination) -> HistoryVaccination {
        var released = HistoryVaccination()
        released.sources = given.sources.map(source)
        released.vaccination = given.vaccination
        released.vaccination.maBacSi = ""
        return released
    }

    /// A health check: what the book's profile shows of it, and results where their rows are released. No signature of an
    /// examiner, no history of the family, and none of the findings of XML5 to XML7 and XML9.
    static func released(_ made: BookHealthCheck, _ parts: RecordPartSet) -> HistoryHealthCheck {
        var released = HistoryHealthCheck()
        released.sources = made.sources.map(source)
        released.healthCheck = made.check
        released.healthCheck.maCskcb = ""
        released.healthCheck.maGtinCskcb = ""
        released.healthCheck.doiTuong = ""
        released.healthCheck.nguonChiTra = ""
        released.healthCheck.tables = []
        if parts.contains(.clinicalDetails) { released.results = made.results.map(line) }
        return released
    }

    private static func source(_ source: BookVisit.Source) -> HistorySource {
        var copy = HistorySource()
        copy.recordID = source.record.description
        copy.revision = source.revision
        copy.facilityCode = source.facilityCode
        copy.authenticatedAt = source.authenticatedAt
        return copy
    }

    /// XML1: dates and kind.
    private static func stay(_ block: InsuranceBlock) -> InsuranceBlock {
        var copy = InsuranceBlock()
        copy.ngayVao = block.ngayVao
        copy.ngayVaoNoiTru = block.ngayVaoNoiTru
        copy.ngayRa = block.ngayRa
        copy.maLoaiKcb = block.maLoaiKcb
        copy.soNgayDtri = block.soNgayDtri
        return copy
    }

    /// XML1: reasons, diagnoses, treatment, outcome.
    private static func clinical(_ block: ClinicalBlock) -> ClinicalBlock {
        var copy = ClinicalBlock()
        copy.lyDoVv = block.lyDoVv
        copy.chanDoanVao = block.chanDoanVao
        copy.canNang = block.canNang
        copy.chanDoanRv = block.chanDoanRv
        copy.maBenhChinh = block.maBenhChinh
        copy.maBenhKt = block.maBenhKt
        copy.ppDieuTri = block.ppDieuTri
        copy.ketQuaDtri = block.ketQuaDtri
        copy.ngayTaiKham = block.ngayTaiKham
        copy.ghiChu = block.ghiChu
        return copy
    }

    /// XML2.
    private static func drug(_ row: DrugLine) -> DrugLine {
        var copy = DrugLine()
        copy.stt = row.stt
        copy.maThuoc = row.maThuoc
        copy.tenThuoc = row.tenThuoc
        copy.hamLuong = row.hamLuong
        copy.duongDung = row.duongDung
        copy.dangBaoChe = row.dangBaoChe
        copy.lieuDung = row.lieuDung
        copy.cachDung = row.cachDung
        copy.soLuong = row.soLuong
        copy.donViTinh = row.donViTinh
        copy.ngayYl = row.ngayYl
        return copy
    }

    /// XML3.
    private static func service(_ row: ServiceLine) -> ServiceLine {
        var copy = ServiceLine()
        copy.stt = row.stt
        copy.maDichVu = row.maDichVu
        copy.tenDichVu = row.tenDichVu
        copy.maVatTu = row.maVatTu
        copy.tenVatTu = row.tenVatTu
        copy.soLuong = row.soLuong
        copy.donViTinh = row.donViTinh
        copy.ngayYl = row.ngayYl
        return copy
    }

    /// XML4.
    private static func line(_ row: ResultLine) -> ResultLine {
        var copy = ResultLine()
        copy.stt = row.stt
        copy.maDichVu = row.maDichVu
        copy.maChiSo = row.maChiSo
        copy.tenChiSo = row.tenChiSo
        copy.giaTri = row.giaTri
        copy.donViDo = row.donViDo
        copy.moTa = row.moTa
        copy.ketLuan = row.ketLuan
        copy.ngayKq = row.ngayKq
        return copy
    }

    /// XML5, without who acted.
    private static func step(_ row: CourseLine) -> CourseLine {
        var copy = CourseLine()
        copy.stt = row.stt
        copy.dienBienLs = row.dienBienLs
        copy.giaiDoanBenh = row.giaiDoanBenh
        copy.hoiChan = row.hoiChan
        copy.phauThuat = row.phauThuat
        copy.thoiDiemDbls = row.thoiDiemDbls
        return copy
    }

    /// XML8: dates, diagnoses, course, results, treatment and outcome. No relative, no guardian, no card, and not who signed.
    private static func summary(_ row: CarriedRow) -> CarriedRow {
        var copy = CarriedRow()
        copy.fields = row.fields.filter { summaryFields.contains($0.name) }
        return copy
    }

    private static let summaryFields: Set<String> = [
        "MA_LOAI_KCB", "NGAY_VAO", "NGAY_RA", "CHAN_DOAN_VAO", "CHAN_DOAN_RV", "QT_BENHLY", "TOMTAT_KQ", "PP_DIEUTRI",
        "KET_QUA_DTRI", "GHI_CHU", "NGAY_CT",
    ]
}
