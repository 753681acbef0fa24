// swift-format-ignore-file
// Written by scripts/generate-fields from xml130-fields.tsv. Change the TSV, not this file.
import ExchangeSchema

extension CourseLine: TableRow {
    static let table: VisitTable = .xml5

    static let definitions: [FieldDefinition] = {
        var fields: [FieldDefinition] = []
        fields.reserveCapacity(9)
        fields.append(FieldDefinition("MA_LK", .text, 100, .text, 100, true, .plain))
        fields.append(FieldDefinition("STT", .number, 10, .number, 10, true, .ordinal))
        fields.append(FieldDefinition("DIEN_BIEN_LS", .text, nil, .text, nil, true, .plain))
        fields.append(FieldDefinition("GIAI_DOAN_BENH", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("HOI_CHAN", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("PHAU_THUAT", .text, nil, .text, nil, false, .plain))
        fields.append(FieldDefinition("THOI_DIEM_DBLS", .text, 12, .text, 12, true, .moment))
        fields.append(FieldDefinition("NGUOI_THUC_HIEN", .text, 255, .text, 255, true, .plain))
        fields.append(FieldDefinition("DU_PHONG", .text, nil, .text, nil, false, .plain))
        return fields
    }()

    subscript(field index: Int) -> String {
        get {
            switch index {
            case 0: return maLk
            case 1: return stt
            case 2: return dienBienLs
            case 3: return giaiDoanBenh
            case 4: return hoiChan
            case 5: return phauThuat
            case 6: return thoiDiemDbls
            case 7: return nguoiThucHien
            case 8: return duPhong
            default: return ""
            }
        }
        set {
            switch index {
            case 0: maLk = newValue
            case 1: stt = newValue
            case 2: dienBienLs = newValue
            case 3: giaiDoanBenh = newValue
            case 4: hoiChan = newValue
            case 5: phauThuat = newValue
            case 6: thoiDiemDbls = newValue
            case 7: nguoiThucHien = newValue
            case 8: duPhong = newValue
            default: break
            }
        }
    }
}
