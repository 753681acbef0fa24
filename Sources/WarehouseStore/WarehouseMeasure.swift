import ProvinceWarehouse

/// A number of a report, with the visits behind it: each defined once, by a condition on the table `visit`.
public struct WarehouseMeasure: Sendable, Equatable {
    /// What people write, `clean`.
    public let name: String
    /// What it counts, for people.
    public let meaning: String
    let condition: String

    /// All of them: visits, the four words and what is not so, each contradiction, and what is history.
    public static let all: [WarehouseMeasure] =
        [WarehouseMeasure(name: "visits", meaning: "current revisions of visits", condition: current)]
        + QualityWord.allCases.flatMap { word in
            [
                WarehouseMeasure(
                    name: word.rawValue, meaning: "\(word.word): \(word.meaning)",
                    condition: "\(current) AND is_\(word.rawValue) = 1"),
                WarehouseMeasure(
                    name: word == .live ? "late" : "not-\(word.rawValue)", meaning: "not \(word.word)",
                    condition: "\(current) AND is_\(word.rawValue) = 0"),
            ]
        }
        + Contradiction.allCases.map { contradiction in
            let condition =
                switch contradiction {
                case .overlap: "overlaps = 1"
                case .duplicate: "duplicate_of IS NOT NULL"
                default: "instr(',' || contradictions || ',', ',\(contradiction.rawValue),') > 0"
                }
            return WarehouseMeasure(
                name: contradiction.rawValue, meaning: contradiction.meaning, condition: "\(current) AND \(condition)")
        }
        + [
            WarehouseMeasure(
                name: "withdrawn", meaning: "visits that their facility has withdrawn",
                condition: "standing <> 'current' AND standing = 'withdrawn'"),
            WarehouseMeasure(
                name: "superseded", meaning: "earlier revisions, kept as history",
                condition: "standing <> 'current' AND standing = 'superseded'"),
        ]

    private static let current = "standing = 'current'"

    /// The measure of this name; nil when there is none.
    public static func named(_ name: String) -> WarehouseMeasure? { all.first { $0.name == name } }
}
