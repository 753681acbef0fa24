import HealthStandards

/// Which required fields of a visit are empty (``HealthStandards/RequiredFields``).
enum MissingFields {
    /// A bit for each required field of a part, by its number.
    private static let required: [UInt64] = RequiredFields.Part.allCases.map { part in
        RequiredFields.all.filter { $0.part == part }.reduce(0) { $0 | 1 << UInt64($1.number) }
    }

    /// Names of the empty ones; of tables with rows each field once, however many rows lack it.
    static func names(_ entry: EncodedEntry) -> [String] {
        if let vaccination = entry.vaccination { return names(entry, vaccination) }
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

    /// Of a vaccination: what the portal demands of the person, and what says which vaccine was given by whom.
    /// Simulator-defined.
    private static func names(_ entry: EncodedEntry, _ vaccination: EncodedTexts) -> [String] {
        RequiredFields.all.filter {
            $0.part == .administrative && entry.administrative.filled >> UInt64($0.number) & 1 == 0
        }.map(\.name)
            + ofVaccination.filter { vaccination.filled >> UInt64($0.number) & 1 == 0 }.map(\.name)
    }

    private static let ofVaccination: [(number: Int, name: String)] = [
        (1, "MA_VACXIN"), (2, "TEN_VACXIN"), (3, "BENH_PHONG"), (4, "SO_MUI"), (6, "NGAY_TIEM"), (7, "SO_LO"),
        (10, "MA_BAC_SI"),
    ]
}
