import HealthStandards

/// Which required fields of a visit are empty (``HealthStandards/RequiredFields``).
enum MissingFields {
    /// A bit for each required field of a part, by its number.
    private static let required: [UInt64] = RequiredFields.Part.allCases.map { part in
        RequiredFields.all.filter { $0.part == part }.reduce(0) { $0 | 1 << UInt64($1.number) }
    }

    /// Names of the empty ones; of tables with rows each field once, however many rows lack it.
    static func names(_ entry: EncodedEntry) -> [String] {
        func empty(_ part: RequiredFields.Part, _ rows: [EncodedTexts]) -> UInt64 {
            let required = required[part.rawValue]
            return rows.reduce(0) { $0 | required & ~$1.filled }
        }
        func empty(_ part: RequiredFields.Part, _ block: EncodedTexts) -> UInt64 {
            required[part.rawValue] & ~block.filled
        }
        let missing: InlineArray<6, UInt64> = [
            empty(.administrative, entry.administrative), empty(.insurance, entry.insurance),
            empty(.clinical, entry.clinical), empty(.drug, entry.drugs), empty(.service, entry.services),
            empty(.result, entry.results),
        ]
        if missing.indices.allSatisfy({ missing[$0] == 0 }) { return [] }
        return RequiredFields.all.filter { missing[$0.part.rawValue] >> UInt64($0.number) & 1 == 1 }.map(\.name)
    }
}
