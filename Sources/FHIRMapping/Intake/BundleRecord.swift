public import ExchangeSchema
public import HealthStandards

/// A record that a Bundle brings.
public struct BundleRecord: Sendable {
    /// What it is.
    public enum Content: Sendable, Equatable {
        /// A visit in its tables.
        case visit(VisitRecord)
        /// A health check in its tables.
        case healthCheck(HealthCheckRecord)
        /// Who was vaccinated, with the facility's number (MA_LK), and the dose.
        case vaccination(AdministrativeBlock, Vaccination)
    }

    /// MA_CSKCB of the facility that the Encounter or Immunization names; empty where it names none.
    public var facilityCode: String
    /// What it is.
    public var content: Content
    /// Place of the Encounter or Immunization among the entries.
    public var place: Int
    /// Places of all entries that it is made of.
    public var members: Set<Int>
    var patientPlace: Int
    var rowPlaces: [VisitTable: [Int]] = [:]
    var fieldPlaces: [NamedHealthCheck.Name: Int] = [:]

    /// Where in the Bundle a field stands, of a row of a table of Decision 130, of a table of a health check, or of a vaccination,
    /// which has no table.
    /// - Parameter row: From 1.
    public func expression(table: String?, row: Int?, field: String?) -> String {
        guard let field else { return "Bundle.entry[\(place)].resource" }
        let isPersons = PatientResource.fields.contains(field)
        switch content {
        case .visit:
            guard let table = table.flatMap({ VisitTable(rawValue: $0) }) else {
                return "Bundle.entry[\(place)].resource"
            }
            let entry = table == .xml1 ? (isPersons ? patientPlace : place) : self.place(of: row, in: table)
            return "Bundle.entry[\(entry)].resource.\(FieldPlaces.path(of: field, in: table))"
        case .vaccination:
            return
                "Bundle.entry[\(isPersons ? patientPlace : place)].resource.\(FieldPlaces.path(ofVaccination: field))"
        case .healthCheck:
            let name = NamedHealthCheck.Name(table ?? "", field)
            if table == "XML11" {
                return
                    "Bundle.entry[\(self.place(of: row, in: .xml4))].resource.\(FieldPlaces.path(of: field, in: .xml4))"
            }
            // Decision 2062 writes MA_DAN_TOC, Decision 130 MA_DANTOC.
            if table == "XML1", isPersons || field == "MA_DAN_TOC" {
                let written = field == "MA_DAN_TOC" ? "MA_DANTOC" : field
                return "Bundle.entry[\(patientPlace)].resource.\(FieldPlaces.path(of: written, in: .xml1))"
            }
            if let entry = fieldPlaces[name] { return "Bundle.entry[\(entry)].resource" }
            let path =
                ["MA_LK", "MA_CSKCB", "MA_LOAI_KCB", "NGAY_VAO"].contains(field)
                ? FieldPlaces.path(of: field, in: .xml1)
                : "extension('\(HealthCheckEncounter.extensionPrefix)\(name.text)').value"
            return "Bundle.entry[\(place)].resource.\(path)"
        }
    }

    private func place(of row: Int?, in table: VisitTable) -> Int {
        let places = rowPlaces[table] ?? []
        let index = (row ?? 1) - 1
        return places.indices.contains(index) ? places[index] : place
    }
}
