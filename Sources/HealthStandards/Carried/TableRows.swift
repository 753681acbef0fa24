public import ExchangeSchema
public import Vocabulary

/// The rows of a table that travels as it is.
public struct TableRows: Sendable, Equatable {
    /// Which table.
    public var part: RecordPart
    /// Its rows, in the order of the file. A row has the fields of the annex in their order and then those outside it; empty
    /// ones are left out.
    public var rows: [CarriedRow]

    /// Takes both.
    public init(_ part: RecordPart, _ rows: [CarriedRow]) {
        self.part = part
        self.rows = rows
    }

    /// The rows of a table as it came in a message; nil when it is none that is carried, or its bytes are no rows.
    public init?(_ table: CarriedTable) {
        guard let part = table.part, let all = try? CarriedRows(decoding: table.rows) else { return nil }
        self.init(part, all.rows)
    }

    /// The table as it travels.
    public var carried: CarriedTable { CarriedTable(part, rows: rows) }

    /// The value of a field in the first row; nil where it has none.
    public func value(_ field: String) -> String? {
        rows.first?.fields.first { $0.name == field }?.value
    }
}

extension RecordPart {
    /// Element names from the root of the table's document to a row; empty for a block. VSS dispatch 1245/BHXH-CNTT (3 May
    /// 2024); of XML12, which the dispatch does not have, the sample of Decision 2062/QD-BYT, annex 03. Readers take
    /// whatever root and list they find: that sample has other ones for XML13.
    var path: [String] {
        switch self {
        case .administrative, .insurance, .clinical, .clinicalDetails: []
        case .xml0: ["CHI_TIEU_TRANG_THAI_KCB", "DSACH_TRANG_THAI_KCB", "TRANG_THAI_KCB"]
        case .xml6:
            ["CHI_TIEU_", "DSACH_", ""].map { $0 + "HO_SO_BENH_AN_CHAM_SOC_VA_DIEU_TRI_HIV_AIDS" }
        case .xml7: ["CHI_TIEU_DU_LIEU_GIAY_RA_VIEN"]
        case .xml8: ["CHI_TIEU_DU_LIEU_TOM_TAT_HO_SO_BENH_AN"]
        case .xml9: ["CHI_TIEU_DU_LIEU_GIAY_CHUNG_SINH", "DSACH_GIAYCHUNGSINH", "DU_LIEU_GIAY_CHUNG_SINH"]
        case .xml10: ["CHI_TIEU_DU_LIEU_GIAY_NGHI_DUONG_THAI"]
        case .xml11: ["CHI_TIEU_DU_LIEU_GIAY_CHUNG_NHAN_NGHI_VIEC_HUONG_BAO_HIEM_XA_HOI"]
        case .xml12: ["CHI_TIEU_DU_LIEU_GIAM_DINH_YKHOA"]
        case .xml13: ["CHI_TIEU_GIAYCHUYENTUYEN"]
        case .xml14: ["CHI_TIEU_GIAYHEN_KHAMLAI"]
        case .xml15: ["CHI_TIEU_DIEUTRI_BENHLAO", "DSACH_CHITIET_DIEUTRI_BENHLAO", "CHITIET_DIEUTRI_BENHLAO"]
        }
    }

    /// The table that LOAIHOSO names, in letters of either case; nil for one that is not carried as it is.
    init?(kind: String) {
        guard let part = RecordPart(name: kind.uppercased()), part.isTable else { return nil }
        self = part
    }
}
