public import ExchangeSchema

/// One HOSO of an envelope: a visit with its tables XML1 to XML5, and those that travel as they are.
///
/// An element that is missing and one that is empty are both read as "", and written as an empty element.
public struct VisitRecord: Sendable, Equatable {
    /// Who the patient is (part of XML1).
    public var administrative: AdministrativeBlock
    /// Card, dates and money (part of XML1).
    public var insurance: InsuranceBlock
    /// Diagnoses, treatment and outcome (the rest of XML1, and its elements outside the annex).
    public var clinical: ClinicalBlock
    /// The rows of XML2 to XML5, in the order of the file.
    public var details: ClinicalDetails
    /// XML0 and XML6 to XML15, in the order of their numbers.
    public var tables: [TableRows]
    /// Names of tables that came with the visit and are not carried: newer than Decision 4750, without rows, or with a
    /// fault. Nothing of their contents is kept.
    public var otherTables: [String]

    /// The episode code MA_LK, which joins the tables of the visit.
    public var episodeCode: String { administrative.maLk }

    /// Makes a visit of its blocks.
    public init(
        administrative: AdministrativeBlock = AdministrativeBlock(), insurance: InsuranceBlock = InsuranceBlock(),
        clinical: ClinicalBlock = ClinicalBlock(), details: ClinicalDetails = ClinicalDetails(),
        tables: [TableRows] = [], otherTables: [String] = []
    ) {
        self.administrative = administrative
        self.insurance = insurance
        self.clinical = clinical
        self.details = details
        self.tables = tables
        self.otherTables = otherTables
    }

    var summary: SummaryRow {
        SummaryRow(administrative: administrative, insurance: insurance, clinical: clinical)
    }
}
