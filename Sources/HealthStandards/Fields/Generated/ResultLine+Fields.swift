// swift-format-ignore-file
// Written by scripts/generate-fields from xml130-fields.tsv. Change the TSV, not this file.
import ExchangeSchema

extension ResultLine: TableRow {
    static let table: VisitTable = .xml4

    static let definitions: [FieldDefinition] = {
        var fields: [FieldDefinition] = []
        fields.reserveCapacity(12)
        fields.append(FieldDefinition("MA_LK", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("STT", .number, 10, .number, 10, true, .ordinal))
        fields.append(FieldDefinition("MA_DICH_VU", .text, 15, .text, 50, false, .plain))
        fields.append(FieldDefinition("MA_CHI_SO", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("TEN_CHI_SO", .text, 255, .text, 255, true, .plain))
        fields.append(FieldDefinition("GIA_TRI", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("DON_VI_DO", .text, 50, .text, 50, false, .plain))
        fields.append(FieldDefinition("MO_TA", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("KET_LUAN", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("NGAY_KQ", .text, 12, .number, 12, false, .moment))
        fields.append(FieldDefinition("MA_BS_DOC_KQ", .text, 255, .text, 255, false, .plain))
        fields.append(FieldDefinition("DU_PHONG", .text, nil, .text, nil, false, .plain))
        return fields
    }()

    subscript(field index: Int) -> String {
        get {
            switch index {
            case 0: return maLk
            case 1: return stt
            case 2: return maDichVu
            case 3: return maChiSo
            case 4: return tenChiSo
            case 5: return giaTri
            case 6: return donViDo
            case 7: return moTa
            case 8: return ketLuan
            case 9: return ngayKq
            case 10: return maBsDocKq
            case 11: return duPhong
            default: return ""
            }
        }
        set {
            switch index {
            case 0: maLk = newValue
            case 1: stt = newValue
            case 2: maDichVu = newValue
            case 3: maChiSo = newValue
            case 4: tenChiSo = newValue
            case 5: giaTri = newValue
            case 6: donViDo = newValue
            case 7: moTa = newValue
            case 8: ketLuan = newValue
            case 9: ngayKq = newValue
            case 10: maBsDocKq = newValue
            case 11: duPhong = newValue
            default: break
            }
        }
    }
}
