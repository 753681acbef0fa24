import ExchangeSchema

/// The tables of an envelope KHAMSUCKHOE, by number (Decision 2062/QD-BYT of 7 July 2026, Annex 02, section 6).
public enum HealthCheckBlock: Int, Sendable, CaseIterable {
    case person = 1
    case check, vitalSigns, nutrition, development, vaccinations, examination, advice, history, physique, results,
        conclusion

    /// `XML1` to `XML12`, as LOAIHOSO has it.
    public var name: String { "XML\(rawValue)" }

    /// The element that the table is.
    public var root: String {
        switch self {
        case .person: "THONG_TIN_HANH_CHINH"
        case .check: "THONG_TIN_CHUNG_VE_LAN_KHAM"
        case .vitalSigns: "DANH_GIA_DAU_HIEU_SINH_TON"
        case .nutrition: "DANH_GIA_DINH_DUONG"
        case .development: "DANH_GIA_PHAT_TRIEN_TINH_THAN_VAN_DONG"
        case .vaccinations: "DANH_GIA_TIEM_CHUNG"
        case .examination: "KHAM_LAM_SANG"
        case .advice: "KET_LUAN_VA_TU_VAN"
        case .history: "TIEN_SU_BENH_TAT"
        case .physique: "KHAM_THE_LUC"
        case .results: "KHAM_CAN_LAM_SANG"
        case .conclusion: "KET_LUAN"
        }
    }

    /// The table of a root and the fields in it; nil where the annex has no such root. Implementers also write the conclusion of
    /// XML12 under the root of XML8: its class of health tells the two apart.
    init?(root: String, kind: String, rows: [[OtherField]]) {
        guard let found = Self.allCases.first(where: { $0.root == root }) else { return nil }
        let isConclusion =
            found == .advice
            && (kind == Self.conclusion.name || rows.contains { $0.contains { $0.name == "PHAN_LOAI_SK" } })
        self = isConclusion ? .conclusion : found
    }
}
