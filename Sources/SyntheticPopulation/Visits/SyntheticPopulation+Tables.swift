public import ExchangeSchema
import Vocabulary

/// Tables of Decision 130 beside XML1 to XML5, for a scenario that asks for them. Their fields are those of the annex, in its
/// order; of XML13 the structure since January 2025. Made up like all else, and how often each comes is simulator-defined.
extension SyntheticPopulation {
    /// The tables that a visit has, in the order of their numbers; none where the configuration does not ask for them, and of
    /// what is no visit. They are the same in every revision.
    public func tables(ofVisit index: UInt64) -> [CarriedTable] {
        guard configuration.writesTables, kind(index) == .visit else { return [] }
        var draws = Draws(seed: configuration.seed, .tables, index)
        let visit = visit(index, revision: 2)
        let writer = TableDraft(visit, number: index)
        let isStay = visit.insurance.maLoaiKcb == "03"
        // One draw for each kind, whether the visit can have it or not: so each is independent of the others.
        func happens(_ partsPerMillion: UInt64) -> Bool { draws.happens(partsPerMillion: partsPerMillion) }
        let (isReferred, isOnLeave, isAskedBack) = (happens(25_000), happens(120_000), happens(250_000))
        let (hasHIV, hasTuberculosis) = (happens(5_000), happens(4_000))
        var tables = [writer.checkIn]
        if hasHIV { tables.append(writer.hivCare) }
        if isStay { tables += [writer.dischargePaper, writer.summary] }
        if isOnLeave, !isStay, visit.isInsured { tables.append(writer.sickLeave) }
        if isReferred { tables.append(writer.referral) }
        if isAskedBack { tables.append(writer.appointment) }
        if hasTuberculosis { tables.append(writer.tuberculosis) }
        return tables
    }
}

/// Writes the tables of one visit.
private struct TableDraft {
    private let visit: SyntheticVisit
    private let number: String
    private let day: String

    init(_ visit: SyntheticVisit, number: UInt64) {
        self.visit = visit
        self.number = String(number + 1)
        day = String(visit.insurance.ngayRa.prefix(8))
    }

    private var person: AdministrativeBlock { visit.administrative }
    private var stay: InsuranceBlock { visit.insurance }
    private var clinical: ClinicalBlock { visit.clinical }
    /// The first doctor of the facility, and its head.
    private var doctor: String { String(clinical.maTtdv.dropLast()) + "1" }

    private func table(_ part: RecordPart, _ fields: KeyValuePairs<String, String>) -> CarriedTable {
        var row = CarriedRow()
        let all = [("MA_LK", person.maLk)] + fields.map { ($0.key, $0.value) }
        for (name, value) in all where !value.isEmpty {
            var field = OtherField()
            (field.name, field.value) = (name, value)
            row.fields.append(field)
        }
        return CarriedTable(part, rows: [row])
    }

    /// XML0. Of several cards the first.
    var checkIn: CarriedTable {
        table(
            .xml0,
            [
                "STT": "1", "MA_BN": person.maBn, "HO_TEN": person.hoTen, "SO_CCCD": person.soCccd,
                "NGAY_SINH": person.ngaySinh, "GIOI_TINH": person.gioiTinh, "MA_THE_BHYT": first(stay.maTheBhyt),
                "MA_DKBD": first(stay.maDkbd), "GT_THE_TU": first(stay.gtTheTu), "GT_THE_DEN": first(stay.gtTheDen),
                "MA_DOITUONG_KCB": stay.maDoituongKcb, "NGAY_VAO": stay.ngayVao, "NGAY_VAO_NOI_TRU": stay.ngayVaoNoiTru,
                "MA_LOAI_KCB": stay.maLoaiKcb, "MA_CSKCB": stay.maCskcb, "NGAY_YL": stay.ngayVao,
            ])
    }

    var hivCare: CarriedTable {
        table(
            .xml6,
            [
                "SO_CCCD": person.soCccd, "GIOI_TINH": person.gioiTinh, "NGAYKD_HIV": "20200301",
                "NOI_LAY_MAU_XN": stay.maCskcb, "NOI_XN_KD": stay.maCskcb, "NOI_BDDT_ARV": stay.maCskcb,
                "BDDT_ARV": "20200315", "MA_LYDO_DTRI": "1", "LOAI_DTRI_LAO": "0", "SANG_LOC_LAO": "0",
                "KQ_DTRI_LAO": "0",
                "MA_LOAI_BN": "1", "GIAI_DOAN_LAM_SANG": "1", "NHOM_DOI_TUONG": "1", "MA_TINH_TRANG_DK": "9",
                "MA_XU_TRI": "1", "MA_PHAC_DO_DIEU_TRI": "1a", "NGAY_CHUYEN_PHAC_DO": "20200315",
                "LY_DO_CHUYEN_PHAC_DO": "1", "MA_CSKCB": stay.maCskcb,
            ])
    }

    var dischargePaper: CarriedTable {
        table(
            .xml7,
            [
                "SO_LUU_TRU": "LT" + number, "MA_YTE": stay.maCskcb + "/" + number, "MA_KHOA_RV": "K03",
                "NGAY_VAO": stay.ngayVao, "NGAY_RA": stay.ngayRa, "CHAN_DOAN_RV": clinical.chanDoanRv,
                "PP_DIEUTRI": clinical.ppDieuTri, "MA_TTDV": clinical.maTtdv, "MA_BS": doctor,
                "TEN_BS": "BS Thử Nghiệm",
                "NGAY_CT": day,
            ])
    }

    var summary: CarriedTable {
        table(
            .xml8,
            [
                "MA_LOAI_KCB": stay.maLoaiKcb, "NGAY_VAO": stay.ngayVao, "NGAY_RA": stay.ngayRa,
                "CHAN_DOAN_VAO": clinical.chanDoanVao, "CHAN_DOAN_RV": clinical.chanDoanRv,
                "QT_BENHLY": "Vào viện vì " + clinical.lyDoVv.lowercased(), "TOMTAT_KQ": "Xét nghiệm theo bảng XML4",
                "PP_DIEUTRI": clinical.ppDieuTri, "KET_QUA_DTRI": clinical.ketQuaDtri, "MA_TTDV": clinical.maTtdv,
                "NGAY_CT": day,
            ])
    }

    var sickLeave: CarriedTable {
        table(
            .xml11,
            [
                "SO_CT": "CT" + number, "SO_SERI": "S" + number, "SO_KCB": "K" + number, "DON_VI": "Công ty Thử Nghiệm",
                "MA_BHXH": String(first(stay.maTheBhyt).suffix(10)), "MA_THE_BHYT": stay.maTheBhyt,
                "CHAN_DOAN_RV": clinical.chanDoanRv, "PP_DIEUTRI": clinical.ppDieuTri, "SO_NGAY_NGHI": "3",
                "TU_NGAY": day,
                "DEN_NGAY": day, "MA_TTDV": clinical.maTtdv, "MA_BS": doctor, "NGAY_CT": day, "MAU_SO": "CT07",
            ])
    }

    var referral: CarriedTable {
        table(
            .xml13,
            [
                "SO_HOSO": "HS" + number, "SO_CHUYENTUYEN": "CT" + number, "GIAY_CHUYEN_TUYEN": "GCT" + number,
                "MA_CSKCB_DI": stay.maCskcb, "HO_TEN": person.hoTen, "NGAY_SINH": person.ngaySinh,
                "GIOI_TINH": person.gioiTinh, "DIA_CHI": person.diaChi, "MA_THE_BHYT": stay.maTheBhyt,
                "NGAY_VAO": stay.ngayVao, "NGAY_RA": stay.ngayRa, "DAU_HIEU_LS": clinical.lyDoVv,
                "CHAN_DOAN_RV": clinical.chanDoanRv, "QT_BENHLY": clinical.lyDoVv, "TOMTAT_KQ": clinical.chanDoanRv,
                "PP_DIEUTRI": clinical.ppDieuTri, "MA_BENH_CHINH": clinical.maBenhChinh, "MA_LYDO_CT": "1",
                "HUONG_DIEU_TRI": "Điều trị chuyên khoa", "PHUONGTIEN_VC": "Xe cứu thương", "MA_BAC_SI": doctor,
                "MA_TTDV": clinical.maTtdv,
            ])
    }

    var appointment: CarriedTable {
        table(
            .xml14,
            [
                "SO_GIAYHEN_KL": "HK" + number, "MA_CSKCB": stay.maCskcb, "HO_TEN": person.hoTen,
                "NGAY_SINH": person.ngaySinh, "GIOI_TINH": person.gioiTinh, "NGAY_RA": stay.ngayRa,
                "NGAY_HEN_KL": stay.ngayRa, "CHAN_DOAN_RV": clinical.chanDoanRv, "MA_BENH_CHINH": clinical.maBenhChinh,
                "MA_BAC_SI": doctor, "MA_TTDV": clinical.maTtdv, "NGAY_CT": day,
            ])
    }

    var tuberculosis: CarriedTable {
        table(
            .xml15,
            [
                "STT": "1", "MA_BN": person.maBn, "HO_TEN": person.hoTen, "PHANLOAI_LAO_VITRI": "1",
                "PHANLOAI_LAO_TS": "1", "PHANLOAI_LAO_HIV": "2", "PHANLOAI_LAO_VK": "1", "PHANLOAI_LAO_KT": "1",
                "LOAI_DTRI_LAO": "2", "NGAYBD_DTRI_LAO": day, "PHACDO_DTRI_LAO": "1", "KET_QUA_DTRI_LAO": "1",
                "MA_CSKCB": stay.maCskcb, "BDDT_ARV": day, "NGAY_BAT_DAU_DT_CTX": day,
            ])
    }

    private func first(_ list: String) -> String { list.split(separator: ";").first.map(String.init) ?? "" }
}
