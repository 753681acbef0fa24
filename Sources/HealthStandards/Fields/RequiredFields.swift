public import ExchangeSchema

/// Which required fields of a visit are empty: those that the portal of Vietnam Social Security demands of XML1 to XML4
/// (``FieldRule/isRequired``). The profile is called `QD130-XML1-4`.
public enum RequiredFields {
    /// Names of the empty ones, as `XML1.DIA_CHI`; of tables with rows each field once, however many rows lack it.
    public static func missing(
        _ administrative: AdministrativeBlock, _ insurance: InsuranceBlock, _ clinical: ClinicalBlock,
        _ details: ClinicalDetails
    ) -> [String] {
        let summary = SummaryRow(administrative: administrative, insurance: insurance, clinical: clinical)
        return missing(in: [summary]) + missing(in: details.drugs) + missing(in: details.services)
            + missing(in: details.results)
    }

    private static func missing<Row: TableRow>(in rows: [Row]) -> [String] {
        guard !rows.isEmpty else { return [] }
        var found: [String] = []
        for index in required(Row.self) where rows.contains(where: { $0[field: index].isBlank }) {
            found.append("\(Row.table.rawValue).\(Row.definitions[index].name)")
        }
        return found
    }

    /// Places of the required fields, worked out once for each table.
    private static func required<Row: TableRow>(_ row: Row.Type) -> [Int] {
        switch Row.table {
        case .xml1: xml1
        case .xml2: xml2
        case .xml3: xml3
        case .xml4: xml4
        case .xml5: []
        }
    }

    private static let xml1 = places(SummaryRow.self)
    private static let xml2 = places(DrugLine.self)
    private static let xml3 = places(ServiceLine.self)
    private static let xml4 = places(ResultLine.self)

    private static func places<Row: TableRow>(_ row: Row.Type) -> [Int] {
        Row.definitions.indices.filter { Row.definitions[$0].portal.isRequired }
    }
}
