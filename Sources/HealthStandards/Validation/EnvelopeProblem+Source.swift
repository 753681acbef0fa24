extension EnvelopeProblem.Rule {
    /// The rule's name for programs; it never changes.
    public var name: String {
        switch self {
        case .required: "required"
        case .tooLong: "too-long"
        case .notANumber: "not-a-number"
        case .notADate: "not-a-date"
        case .notAnOrdinal: "not-an-ordinal"
        case .notRising: "not-rising"
        case .otherEpisode: "other-episode"
        case .repeatedEpisode: "repeated-episode"
        case .repeatedField: "repeated-field"
        case .holdsElements: "holds-elements"
        case .strayText: "stray-text"
        case .unexpectedElement: "unexpected-element"
        case .missingTable: "missing-table"
        case .repeatedTable: "repeated-table"
        case .unknownTable: "unknown-table"
        case .tableKeptBack: "table-kept-back"
        case .falseEncoding: "false-encoding"
        case .visitTooLarge: "visit-too-large"
        case .notBase64: "not-base64"
        case .encodedTwice: "encoded-twice"
        case .notXML: "not-xml"
        case .otherCount: "other-count"
        case .forbiddenCharacter: "forbidden-character"
        case .notAnElementName: "not-an-element-name"
        case .nameOfAField: "name-of-a-field"
        case .unknownBlock: "unknown-block"
        case .notJSON: "not-json"
        case .otherReading: "other-reading"
        case .otherFacility: "other-facility"
        case .furtherProblems: "further-problems"
        }
    }

    /// Where the rule comes from. Amendments of the field tables by date are named in docs/validation.md.
    func source(_ profile: ValidationProfile) -> String {
        switch self {
        case .required, .tooLong, .notANumber, .notADate, .notAnOrdinal: profile.source
        case .notRising, .otherEpisode, .missingTable, .repeatedTable, .unknownTable:
            "Decision 130/QD-BYT as amended by Decision 4750/QD-BYT, annex"
        case .unexpectedElement, .otherCount, .notBase64, .repeatedField:
            "VSS dispatch 1245/BHXH-CNTT of 3 May 2024, layout of GIAMDINHHS"
        case .notXML, .forbiddenCharacter, .notAnElementName, .falseEncoding: "XML 1.0, fifth edition"
        case .repeatedEpisode, .holdsElements, .strayText, .tableKeptBack, .visitTooLarge, .encodedTwice,
            .nameOfAField, .otherReading, .otherFacility, .furtherProblems:
            "simulator-defined"
        case .unknownBlock, .notJSON: "Decision 2062/QD-BYT of 7 July 2026, Annex 02, layout of KHAMSUCKHOE"
        }
    }
}

extension ValidationProfile {
    /// The table of fields that it stands for.
    public var source: String {
        switch self {
        case .annex: "Decision 130/QD-BYT as amended by Decision 4750/QD-BYT, annex, and amendments in force on the day"
        case .portal: "the field table of the VSS portal (dispatch 1245/BHXH-CNTT), and amendments in force on the day"
        }
    }
}
