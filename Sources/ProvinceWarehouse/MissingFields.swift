import ExchangeSchema
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
        if let check = entry.healthCheck { return names(entry, check: check) }
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

    /// Of a health check: what the annex demands in every form of XML1 and XML2 (Decision 2062/QD-BYT, Annex 01); that the
    /// conclusion is there, MoH has seen to.
    private static func names(_ entry: EncodedEntry, check: EncodedTexts) -> [String] {
        ofPerson.filter { entry.administrative.filled >> UInt64($0.number) & 1 == 0 }.map(\.name)
            + ofHealthCheck.filter { check.filled >> UInt64($0.number) & 1 == 0 }.map(\.name)
    }

    private static let ofPerson: [(number: Int, name: String)] = [
        (4, "XML1.HO_TEN"), (6, "XML1.NGAY_SINH"), (5, "XML1.SO_CCCD"), (7, "XML1.GIOI_TINH"), (10, "XML1.MA_DAN_TOC"),
        (12, "XML1.DIA_CHI"), (13, "XML1.MATINH_CU_TRU"), (15, "XML1.MAXA_CU_TRU"),
    ]

    private static let ofHealthCheck: [(number: Int, name: String)] = [
        (1, "XML2.MA_CSKCB"), (3, "XML2.DOI_TUONG"), (4, "XML2.NGUON_CHI_TRA"), (5, "XML2.MA_LOAI_KCB"),
        (6, "XML2.NGAY_VAO"),
    ]

    private static let ofVaccination: [(number: Int, name: String)] = [
        (1, "MA_VACXIN"), (2, "TEN_VACXIN"), (3, "BENH_PHONG"), (4, "SO_MUI"), (6, "NGAY_TIEM"), (7, "SO_LO"),
        (10, "MA_BAC_SI"),
    ]
}
