import ProvinceWarehouse

/// By what a report groups visits. The raw value is what people write.
public enum WarehouseGrouping: String, Sendable, CaseIterable {
    /// Facility that sent the visit.
    case facility
    /// Ward of residence.
    case ward
    /// Category of the main diagnosis, three characters of ICD-10.
    case disease
    /// Age at admission, in classes.
    case age
    /// MA_LOAI_KCB, `vaccination` or `health-check`.
    case kind

    /// The expression of the table `visit`.
    var column: String {
        switch self {
        case .facility: "facility"
        case .ward: "ward"
        case .disease: "main_category"
        case .kind: "kind"
        case .age:
            "CASE WHEN age IS NULL THEN 'unknown' "
                + Self.ages.map { "WHEN age <= \($0.last) THEN '\($0.name)' " }.joined() + "ELSE '80+' END"
        }
    }

    /// A key in words; empty where there are none.
    func title(_ key: String) -> String { self == .kind ? VisitKind.title(key) ?? "" : "" }

    /// The classes of age as ``column`` names them; the last but one has no last year, the last is of no known age.
    static let ageClasses = ages.map(\.name) + ["80+", "unknown"]

    /// Place in ``ageClasses`` of an age in full years.
    static func ageClass(_ age: Int64?) -> Int {
        guard let age else { return ages.count + 1 }
        return ages.firstIndex { age <= $0.last } ?? ages.count
    }

    /// Classes of age up to 79, by their last year.
    static let ages: [(name: String, last: Int)] = [
        ("0", 0), ("1-4", 4), ("5-14", 14), ("15-24", 24), ("25-44", 44), ("45-59", 59), ("60-79", 79),
    ]
}
