// swift-format-ignore-file
// Written by scripts/generate-fields from xml130-fields.tsv. Change the TSV, not this file.
import ExchangeSchema

extension ServiceLine: TableRow {
    static let table: VisitTable = .xml3

    static let definitions: [FieldDefinition] = {
        var fields: [FieldDefinition] = []
        fields.reserveCapacity(47)
        fields.append(FieldDefinition("MA_LK", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("STT", .number, 10, .number, 10, true, .ordinal))
        fields.append(FieldDefinition("MA_DICH_VU", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("MA_PTTT_QT", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("MA_VAT_TU", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("MA_NHOM", .number, 2, .number, 2, true, .plain))
        fields.append(FieldDefinition("GOI_VTYT", .text, 3, .text, 4, false, .plain))
        fields.append(FieldDefinition("TEN_VAT_TU", .text, 1024, .text, 1024, false, .plain))
        fields.append(FieldDefinition("TEN_DICH_VU", .text, 1024, .text, 1024, false, .plain))
        fields.append(FieldDefinition("MA_XANG_DAU", .text, 20, .text, 20, false, .plain))
        fields.append(FieldDefinition("DON_VI_TINH", .text, 50, .text, 50, true, .plain))
        fields.append(FieldDefinition("PHAM_VI", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("SO_LUONG", .number, 10, .number, 10, true, .plain))
        fields.append(FieldDefinition("DON_GIA_BV", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("DON_GIA_BH", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("TT_THAU", .text, 25, .text, 100, false, .plain))
        fields.append(FieldDefinition("TYLE_TT_DV", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("TYLE_TT_BH", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("THANH_TIEN_BV", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("THANH_TIEN_BH", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_TRANTT", .number, 15, .number, 15, false, .plain))
        fields.append(FieldDefinition("MUC_HUONG", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_NSNN", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_VTNN", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_VTTN", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_CL", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BNTT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BNCCT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BHTT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("MA_KHOA", .text, 20, .text, 20, true, .plain))
        fields.append(FieldDefinition("MA_GIUONG", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("MA_BAC_SI", .text, 255, .text, 255, true, .plain))
        fields.append(FieldDefinition("NGUOI_THUC_HIEN", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("MA_BENH", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("MA_BENH_YHCT", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("NGAY_YL", .text, 12, .number, 12, true, .moment))
        fields.append(FieldDefinition("NGAY_TH_YL", .text, 12, .number, 12, false, .moment))
        fields.append(FieldDefinition("NGAY_KQ", .text, 12, .number, 12, false, .moment))
        fields.append(FieldDefinition("MA_PTTT", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("VET_THUONG_TP", .number, 1, .number, 1, false, .plain))
        fields.append(FieldDefinition("PP_VO_CAM", .number, 1, .number, 1, false, .plain))
        fields.append(FieldDefinition("VI_TRI_TH_DVKT", .number, 3, .number, 3, false, .plain))
        fields.append(FieldDefinition("MA_MAY", .text, 1024, .text, 1024, false, .plain))
        fields.append(FieldDefinition("MA_HIEU_SP", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("TAI_SU_DUNG", .number, 1, .number, 1, false, .plain))
        fields.append(FieldDefinition("DU_PHONG", .text, nil, .text, nil, false, .plain))
        return fields
    }()

    subscript(field index: Int) -> String {
        get {
            switch index {
            case 0: return maLk
            case 1: return stt
            case 2: return maDichVu
            case 3: return maPtttQt
            case 4: return maVatTu
            case 5: return maNhom
            case 6: return goiVtyt
            case 7: return tenVatTu
            case 8: return tenDichVu
            case 9: return maXangDau
            case 10: return donViTinh
            case 11: return phamVi
            case 12: return soLuong
            case 13: return donGiaBv
            case 14: return donGiaBh
            case 15: return ttThau
            case 16: return tyleTtDv
            case 17: return tyleTtBh
            case 18: return thanhTienBv
            case 19: return thanhTienBh
            case 20: return tTrantt
            case 21: return mucHuong
            case 22: return tNguonkhacNsnn
            case 23: return tNguonkhacVtnn
            case 24: return tNguonkhacVttn
            case 25: return tNguonkhacCl
            case 26: return tNguonkhac
            case 27: return tBntt
            case 28: return tBncct
            case 29: return tBhtt
            case 30: return maKhoa
            case 31: return maGiuong
            case 32: return maBacSi
            case 33: return nguoiThucHien
            case 34: return maBenh
            case 35: return maBenhYhct
            case 36: return ngayYl
            case 37: return ngayThYl
            case 38: return ngayKq
            case 39: return maPttt
            case 40: return vetThuongTp
            case 41: return ppVoCam
            case 42: return viTriThDvkt
            case 43: return maMay
            case 44: return maHieuSp
            case 45: return taiSuDung
            case 46: return duPhong
            default: return ""
            }
        }
        set {
            switch index {
            case 0: maLk = newValue
            case 1: stt = newValue
            case 2: maDichVu = newValue
            case 3: maPtttQt = newValue
            case 4: maVatTu = newValue
            case 5: maNhom = newValue
            case 6: goiVtyt = newValue
            case 7: tenVatTu = newValue
            case 8: tenDichVu = newValue
            case 9: maXangDau = newValue
            case 10: donViTinh = newValue
            case 11: phamVi = newValue
            case 12: soLuong = newValue
            case 13: donGiaBv = newValue
            case 14: donGiaBh = newValue
            case 15: ttThau = newValue
            case 16: tyleTtDv = newValue
            case 17: tyleTtBh = newValue
            case 18: thanhTienBv = newValue
            case 19: thanhTienBh = newValue
            case 20: tTrantt = newValue
            case 21: mucHuong = newValue
            case 22: tNguonkhacNsnn = newValue
            case 23: tNguonkhacVtnn = newValue
            case 24: tNguonkhacVttn = newValue
            case 25: tNguonkhacCl = newValue
            case 26: tNguonkhac = newValue
            case 27: tBntt = newValue
            case 28: tBncct = newValue
            case 29: tBhtt = newValue
            case 30: maKhoa = newValue
            case 31: maGiuong = newValue
            case 32: maBacSi = newValue
            case 33: nguoiThucHien = newValue
            case 34: maBenh = newValue
            case 35: maBenhYhct = newValue
            case 36: ngayYl = newValue
            case 37: ngayThYl = newValue
            case 38: ngayKq = newValue
            case 39: maPttt = newValue
            case 40: vetThuongTp = newValue
            case 41: ppVoCam = newValue
            case 42: viTriThDvkt = newValue
            case 43: maMay = newValue
            case 44: maHieuSp = newValue
            case 45: taiSuDung = newValue
            case 46: duPhong = newValue
            default: break
            }
        }
    }
}
