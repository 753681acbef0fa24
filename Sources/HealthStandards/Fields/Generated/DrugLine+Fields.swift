// swift-format-ignore-file
// Written by scripts/generate-fields from xml130-fields.tsv. Change the TSV, not this file.
import ExchangeSchema

extension DrugLine: TableRow {
    static let table: VisitTable = .xml2

    static let definitions: [FieldDefinition] = {
        var fields: [FieldDefinition] = []
        fields.reserveCapacity(39)
        fields.append(FieldDefinition("MA_LK", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("STT", .number, 10, .number, 10, true, .ordinal))
        fields.append(FieldDefinition("MA_THUOC", .text, 255, .text, 255, true, .plain))
        fields.append(FieldDefinition("MA_PP_CHEBIEN", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("MA_CSKCB_THUOC", .text, 10, .text, 10, false, .plain))
        fields.append(FieldDefinition("MA_NHOM", .number, 2, .number, 2, true, .plain))
        fields.append(FieldDefinition("TEN_THUOC", .text, 1024, .text, 1024, true, .plain))
        fields.append(FieldDefinition("DON_VI_TINH", .text, 50, .text, 50, true, .plain))
        fields.append(FieldDefinition("HAM_LUONG", .text, 1024, .text, 1024, true, .plain))
        fields.append(FieldDefinition("DUONG_DUNG", .text, 4, .text, 4, true, .plain))
        fields.append(FieldDefinition("DANG_BAO_CHE", .text, 1024, .text, 1024, false, .plain))
        fields.append(FieldDefinition("LIEU_DUNG", .text, 1024, .text, 1024, true, .plain))
        fields.append(FieldDefinition("CACH_DUNG", .text, 1024, .text, 1024, false, .plain))
        fields.append(FieldDefinition("SO_DANG_KY", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("TT_THAU", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("PHAM_VI", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("TYLE_TT_BH", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("SO_LUONG", .number, 10, .number, 10, true, .plain))
        fields.append(FieldDefinition("DON_GIA", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("THANH_TIEN_BV", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("THANH_TIEN_BH", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_NSNN", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_VTNN", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_VTTN", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC_CL", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_NGUONKHAC", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("MUC_HUONG", .number, 3, .number, 3, true, .plain))
        fields.append(FieldDefinition("T_BNTT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BNCCT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("T_BHTT", .number, 15, .number, 15, true, .plain))
        fields.append(FieldDefinition("MA_KHOA", .text, 15, .text, 15, true, .plain))
        fields.append(FieldDefinition("MA_BAC_SI", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("MA_DICH_VU", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("NGAY_YL", .text, 12, .number, 12, true, .moment))
        fields.append(FieldDefinition("NGAY_TH_YL", .text, 12, .number, 12, false, .moment))
        fields.append(FieldDefinition("MA_PTTT", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("NGUON_CTRA", .number, 1, .number, 1, true, .plain))
        fields.append(FieldDefinition("VET_THUONG_TP", .number, 1, .number, 1, false, .plain))
        fields.append(FieldDefinition("DU_PHONG", .text, nil, .text, nil, false, .plain))
        return fields
    }()

    subscript(field index: Int) -> String {
        get {
            switch index {
            case 0: return maLk
            case 1: return stt
            case 2: return maThuoc
            case 3: return maPpChebien
            case 4: return maCskcbThuoc
            case 5: return maNhom
            case 6: return tenThuoc
            case 7: return donViTinh
            case 8: return hamLuong
            case 9: return duongDung
            case 10: return dangBaoChe
            case 11: return lieuDung
            case 12: return cachDung
            case 13: return soDangKy
            case 14: return ttThau
            case 15: return phamVi
            case 16: return tyleTtBh
            case 17: return soLuong
            case 18: return donGia
            case 19: return thanhTienBv
            case 20: return thanhTienBh
            case 21: return tNguonkhacNsnn
            case 22: return tNguonkhacVtnn
            case 23: return tNguonkhacVttn
            case 24: return tNguonkhacCl
            case 25: return tNguonkhac
            case 26: return mucHuong
            case 27: return tBntt
            case 28: return tBncct
            case 29: return tBhtt
            case 30: return maKhoa
            case 31: return maBacSi
            case 32: return maDichVu
            case 33: return ngayYl
            case 34: return ngayThYl
            case 35: return maPttt
            case 36: return nguonCtra
            case 37: return vetThuongTp
            case 38: return duPhong
            default: return ""
            }
        }
        set {
            switch index {
            case 0: maLk = newValue
            case 1: stt = newValue
            case 2: maThuoc = newValue
            case 3: maPpChebien = newValue
            case 4: maCskcbThuoc = newValue
            case 5: maNhom = newValue
            case 6: tenThuoc = newValue
            case 7: donViTinh = newValue
            case 8: hamLuong = newValue
            case 9: duongDung = newValue
            case 10: dangBaoChe = newValue
            case 11: lieuDung = newValue
            case 12: cachDung = newValue
            case 13: soDangKy = newValue
            case 14: ttThau = newValue
            case 15: phamVi = newValue
            case 16: tyleTtBh = newValue
            case 17: soLuong = newValue
            case 18: donGia = newValue
            case 19: thanhTienBv = newValue
            case 20: thanhTienBh = newValue
            case 21: tNguonkhacNsnn = newValue
            case 22: tNguonkhacVtnn = newValue
            case 23: tNguonkhacVttn = newValue
            case 24: tNguonkhacCl = newValue
            case 25: tNguonkhac = newValue
            case 26: mucHuong = newValue
            case 27: tBntt = newValue
            case 28: tBncct = newValue
            case 29: tBhtt = newValue
            case 30: maKhoa = newValue
            case 31: maBacSi = newValue
            case 32: maDichVu = newValue
            case 33: ngayYl = newValue
            case 34: ngayThYl = newValue
            case 35: maPttt = newValue
            case 36: nguonCtra = newValue
            case 37: vetThuongTp = newValue
            case 38: duPhong = newValue
            default: break
            }
        }
    }
}
