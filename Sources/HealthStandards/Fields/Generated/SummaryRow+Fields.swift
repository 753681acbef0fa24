// swift-format-ignore-file
// Written by scripts/generate-fields from xml130-fields.tsv. Change the TSV, not this file.
import ExchangeSchema

extension SummaryRow: TableRow {
    static let table: VisitTable = .xml1

    static let definitions: [FieldDefinition] = {
        var fields: [FieldDefinition] = []
        fields.reserveCapacity(66)
        fields.append(FieldDefinition("MA_LK", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("STT", .number, 10, .number, 10, false, .ordinal))
        fields.append(FieldDefinition("MA_BN", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("HO_TEN", .text, 255, .text, 255, true, .plain))
        fields.append(FieldDefinition("SO_CCCD", .number, 15, .text, 15, false, .plain))
        fields.append(FieldDefinition("NGAY_SINH", .text, 12, .number, 12, true, .birth))
        fields.append(FieldDefinition("GIOI_TINH", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("NHOM_MAU", .text, 5, .text, 10, false, .plain))
        fields.append(FieldDefinition("MA_QUOCTICH", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("MA_DANTOC", .number, 2, .number, 2, true, .plain))
        fields.append(FieldDefinition("MA_NGHE_NGHIEP", .number, 5, .text, 5, true, .plain))
        fields.append(FieldDefinition("DIA_CHI", .text, 1024, .text, 1024, true, .plain))
        fields.append(FieldDefinition("MATINH_CU_TRU", .text, 3, .text, 3, true, .plain))
        fields.append(FieldDefinition("MAHUYEN_CU_TRU", .text, 3, .text, 3, false, .plain))
        fields.append(FieldDefinition("MAXA_CU_TRU", .text, 5, .text, 5, true, .plain))
        fields.append(FieldDefinition("DIEN_THOAI", .number, 15, .text, 15, false, .plain))
        fields.append(FieldDefinition("MA_THE_BHYT", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("MA_DKBD", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("GT_THE_TU", .text, nil, .text, nil, false, .days))
        fields.append(FieldDefinition("GT_THE_DEN", .text, nil, .text, nil, false, .days))
        fields.append(FieldDefinition("NGAY_MIEN_CCT", .text, 12, .number, 12, false, .dayOrMoment))
        fields.append(FieldDefinition("LY_DO_VV", .text, nil, .text, nil, true, .plain))
        fields.append(FieldDefinition("LY_DO_VNT", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("MA_LY_DO_VNT", .text, 5, .text, 5, false, .plain))
        fields.append(FieldDefinition("CHAN_DOAN_VAO", .text, nil, .text, nil, true, .plain))
        fields.append(FieldDefinition("CHAN_DOAN_RV", .text, nil, .text, nil, true, .plain))
        fields.append(FieldDefinition("MA_BENH_CHINH", .text, 7, .text, 7, true, .plain))
        fields.append(FieldDefinition("MA_BENH_KT", .text, 100, .text, 100, false, .plain))
        fields.append(FieldDefinition("MA_BENH_YHCT", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("MA_PTTT_QT", .text, 125, .text, 125, false, .plain))
        fields.append(FieldDefinition("MA_DOITUONG_KCB", .text, 3, .text, 5, true, .plain))
        fields.append(FieldDefinition("MA_NOI_DI", .text, 5, .text, 5, false, .plain))
        fields.append(FieldDefinition("MA_NOI_DEN", .text, 5, .text, 5, false, .plain))
        fields.append(FieldDefinition("MA_TAI_NAN", .number, 1, .text, 2, false, .plain))
        fields.append(FieldDefinition("NGAY_VAO", .text, 12, .number, 12, true, .moment))
        fields.append(FieldDefinition("NGAY_VAO_NOI_TRU", .text, 12, .number, 12, false, .moment))
        fields.append(FieldDefinition("NGAY_RA", .text, 12, .number, 12, true, .moment))
        fields.append(FieldDefinition("GIAY_CHUYEN_TUYEN", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("SO_NGAY_DTRI", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("PP_DIEU_TRI", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("KET_QUA_DTRI", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("MA_LOAI_RV", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("GHI_CHU", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("NGAY_TTOAN", .text, 12, .number, 12, false, .moment))
        fields.append(FieldDefinition("T_THUOC", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_VTYT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_TONGCHI_BV", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_TONGCHI_BH", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BNTT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BNCCT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BHTT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BHTT_GDV", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("NAM_QT", .number, 4, .number, 4, true, .plain))
        fields.append(FieldDefinition("THANG_QT", .number, 2, .number, 2, true, .plain))
        fields.append(FieldDefinition("MA_LOAI_KCB", .number, 2, .text, 2, true, .plain))
        fields.append(FieldDefinition("MA_KHOA", .text, 50, .text, 50, true, .plain))
        fields.append(FieldDefinition("MA_CSKCB", .text, 5, .text, 5, true, .plain))
        fields.append(FieldDefinition("MA_KHUVUC", .text, 2, .text, 2, false, .plain))
        fields.append(FieldDefinition("CAN_NANG", .text, 6, .text, 6, true, .plain))
        fields.append(FieldDefinition("CAN_NANG_CON", .text, 100, .text, 100, false, .plain))
        fields.append(FieldDefinition("NAM_NAM_LIEN_TUC", .text, 8, .number, 8, false, .day))
        fields.append(FieldDefinition("NGAY_TAI_KHAM", .text, 50, .text, 50, false, .days))
        fields.append(FieldDefinition("MA_HSBA", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("MA_TTDV", .text, 10, .text, 10, false, .plain))
        fields.append(FieldDefinition("DU_PHONG", .text, nil, .text, nil, false, .plain))
        return fields
    }()

    subscript(field index: Int) -> String {
        get {
            switch index {
            case 0: return administrative.maLk
            case 1: return administrative.stt
            case 2: return administrative.maBn
            case 3: return administrative.hoTen
            case 4: return administrative.soCccd
            case 5: return administrative.ngaySinh
            case 6: return administrative.gioiTinh
            case 7: return administrative.nhomMau
            case 8: return administrative.maQuoctich
            case 9: return administrative.maDantoc
            case 10: return administrative.maNgheNghiep
            case 11: return administrative.diaChi
            case 12: return administrative.matinhCuTru
            case 13: return administrative.mahuyenCuTru
            case 14: return administrative.maxaCuTru
            case 15: return administrative.dienThoai
            case 16: return insurance.maTheBhyt
            case 17: return insurance.maDkbd
            case 18: return insurance.gtTheTu
            case 19: return insurance.gtTheDen
            case 20: return insurance.ngayMienCct
            case 21: return clinical.lyDoVv
            case 22: return clinical.lyDoVnt
            case 23: return clinical.maLyDoVnt
            case 24: return clinical.chanDoanVao
            case 25: return clinical.chanDoanRv
            case 26: return clinical.maBenhChinh
            case 27: return clinical.maBenhKt
            case 28: return clinical.maBenhYhct
            case 29: return clinical.maPtttQt
            case 30: return insurance.maDoituongKcb
            case 31: return insurance.maNoiDi
            case 32: return insurance.maNoiDen
            case 33: return clinical.maTaiNan
            case 34: return insurance.ngayVao
            case 35: return insurance.ngayVaoNoiTru
            case 36: return insurance.ngayRa
            case 37: return clinical.giayChuyenTuyen
            case 38: return insurance.soNgayDtri
            case 39: return clinical.ppDieuTri
            case 40: return clinical.ketQuaDtri
            case 41: return clinical.maLoaiRv
            case 42: return clinical.ghiChu
            case 43: return insurance.ngayTtoan
            case 44: return insurance.tThuoc
            case 45: return insurance.tVtyt
            case 46: return insurance.tTongchiBv
            case 47: return insurance.tTongchiBh
            case 48: return insurance.tBntt
            case 49: return insurance.tBncct
            case 50: return insurance.tBhtt
            case 51: return insurance.tNguonkhac
            case 52: return insurance.tBhttGdv
            case 53: return insurance.namQt
            case 54: return insurance.thangQt
            case 55: return insurance.maLoaiKcb
            case 56: return clinical.maKhoa
            case 57: return insurance.maCskcb
            case 58: return insurance.maKhuvuc
            case 59: return clinical.canNang
            case 60: return clinical.canNangCon
            case 61: return insurance.namNamLienTuc
            case 62: return clinical.ngayTaiKham
            case 63: return clinical.maHsba
            case 64: return clinical.maTtdv
            case 65: return clinical.duPhong
            default: return ""
            }
        }
        set {
            switch index {
            case 0: administrative.maLk = newValue
            case 1: administrative.stt = newValue
            case 2: administrative.maBn = newValue
            case 3: administrative.hoTen = newValue
            case 4: administrative.soCccd = newValue
            case 5: administrative.ngaySinh = newValue
            case 6: administrative.gioiTinh = newValue
            case 7: administrative.nhomMau = newValue
            case 8: administrative.maQuoctich = newValue
            case 9: administrative.maDantoc = newValue
            case 10: administrative.maNgheNghiep = newValue
            case 11: administrative.diaChi = newValue
            case 12: administrative.matinhCuTru = newValue
            case 13: administrative.mahuyenCuTru = newValue
            case 14: administrative.maxaCuTru = newValue
            case 15: administrative.dienThoai = newValue
            case 16: insurance.maTheBhyt = newValue
            case 17: insurance.maDkbd = newValue
            case 18: insurance.gtTheTu = newValue
            case 19: insurance.gtTheDen = newValue
            case 20: insurance.ngayMienCct = newValue
            case 21: clinical.lyDoVv = newValue
            case 22: clinical.lyDoVnt = newValue
            case 23: clinical.maLyDoVnt = newValue
            case 24: clinical.chanDoanVao = newValue
            case 25: clinical.chanDoanRv = newValue
            case 26: clinical.maBenhChinh = newValue
            case 27: clinical.maBenhKt = newValue
            case 28: clinical.maBenhYhct = newValue
            case 29: clinical.maPtttQt = newValue
            case 30: insurance.maDoituongKcb = newValue
            case 31: insurance.maNoiDi = newValue
            case 32: insurance.maNoiDen = newValue
            case 33: clinical.maTaiNan = newValue
            case 34: insurance.ngayVao = newValue
            case 35: insurance.ngayVaoNoiTru = newValue
            case 36: insurance.ngayRa = newValue
            case 37: clinical.giayChuyenTuyen = newValue
            case 38: insurance.soNgayDtri = newValue
            case 39: clinical.ppDieuTri = newValue
            case 40: clinical.ketQuaDtri = newValue
            case 41: clinical.maLoaiRv = newValue
            case 42: clinical.ghiChu = newValue
            case 43: insurance.ngayTtoan = newValue
            case 44: insurance.tThuoc = newValue
            case 45: insurance.tVtyt = newValue
            case 46: insurance.tTongchiBv = newValue
            case 47: insurance.tTongchiBh = newValue
            case 48: insurance.tBntt = newValue
            case 49: insurance.tBncct = newValue
            case 50: insurance.tBhtt = newValue
            case 51: insurance.tNguonkhac = newValue
            case 52: insurance.tBhttGdv = newValue
            case 53: insurance.namQt = newValue
            case 54: insurance.thangQt = newValue
            case 55: insurance.maLoaiKcb = newValue
            case 56: clinical.maKhoa = newValue
            case 57: insurance.maCskcb = newValue
            case 58: insurance.maKhuvuc = newValue
            case 59: clinical.canNang = newValue
            case 60: clinical.canNangCon = newValue
            case 61: insurance.namNamLienTuc = newValue
            case 62: clinical.ngayTaiKham = newValue
            case 63: clinical.maHsba = newValue
            case 64: clinical.maTtdv = newValue
            case 65: clinical.duPhong = newValue
            default: break
            }
        }
    }
}
