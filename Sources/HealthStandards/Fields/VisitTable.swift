import ExchangeSchema

/// The tables that the parties' rules look into: XML1 to XML5 of Decision 4750. All others travel as they are
/// (``TableRows``).
public enum VisitTable: String, Sendable, CaseIterable {
    /// Summary of the visit; one row.
    case xml1 = "XML1"
    /// Drugs.
    case xml2 = "XML2"
    /// Services, beds and supplies.
    case xml3 = "XML3"
    /// Laboratory and imaging results.
    case xml4 = "XML4"
    /// Clinical course.
    case xml5 = "XML5"

    /// The table that LOAIHOSO names, in letters of either case; nil for any other.
    init?(kind: String) { self.init(rawValue: kind.uppercased()) }

    /// The rules of its fields, in the order of the annex.
    public func rules(_ profile: ValidationProfile, _ edition: StandardEdition = .decision4750) -> [FieldRule] {
        FieldRuleBook.shipped.table(self, profile, edition).rules
    }

    /// Its fields as the two published tables have them, in the order of the annex.
    var definitions: [FieldDefinition] {
        switch self {
        case .xml1: SummaryRow.definitions
        case .xml2: DrugLine.definitions
        case .xml3: ServiceLine.definitions
        case .xml4: ResultLine.definitions
        case .xml5: CourseLine.definitions
        }
    }

    /// Element names from the root of the table's document to a row; VSS dispatch 1245/BHXH-CNTT (3 May 2024).
    var path: [String] {
        switch self {
        case .xml1: ["TONG_HOP"]
        case .xml2: ["CHITIEU_CHITIET_THUOC", "DSACH_CHI_TIET_THUOC", "CHI_TIET_THUOC"]
        case .xml3: ["CHITIEU_CHITIET_DVKT_VTYT", "DSACH_CHI_TIET_DVKT", "CHI_TIET_DVKT"]
        case .xml4: ["CHITIEU_CHITIET_DICHVUCANLAMSANG", "DSACH_CHI_TIET_CLS", "CHI_TIET_CLS"]
        case .xml5: ["CHITIEU_CHITIET_DIENBIENLAMSANG", "DSACH_CHI_TIET_DIEN_BIEN_BENH", "CHI_TIET_DIEN_BIEN_BENH"]
        }
    }
}
