import ExchangeSchema

extension EnvelopeProblem {
    /// The rules of layout and fields. Rules of business (names, citizen numbers, cards) belong to MoH.
    public enum Rule: Sendable, Equatable, CustomStringConvertible {
        /// The field must have a value.
        case required
        /// The field has more characters than its table allows.
        case tooLong(length: Int, maximum: Int)
        /// The field must be a number.
        case notANumber
        /// The field must be a date of the shape.
        case notADate(FieldShape)
        /// STT must be a whole number from 1.
        case notAnOrdinal
        /// STT must rise from row to row.
        case notRising(previous: String)
        /// MA_LK must be that of XML1.
        case otherEpisode(expected: String)
        /// MA_LK must be unlike that of every visit before it in the file.
        case repeatedEpisode(firstOrdinal: Int)
        /// An element of the annex stands twice in a row.
        case repeatedField
        /// A field holds elements; only text can be kept.
        case holdsElements(first: String)
        /// Text outside any field would be lost.
        case strayText
        /// The document of the table has another layout.
        case unexpectedElement(expected: String)
        /// A visit needs this table.
        case missingTable
        /// A visit has the table twice.
        case repeatedTable
        /// LOAIHOSO names no table of the decision; the table is not carried and keeps no visit back.
        case unknownTable
        /// A table that travels as it is has a fault: it is left out, and its visit goes without it.
        case tableKeptBack
        /// The declaration of the table names another encoding than its bytes have; they are read all the same.
        case falseEncoding(String)
        /// The tables of a visit are larger than the reader takes.
        case visitTooLarge(limit: Int)
        /// NOIDUNGFILE must be base64.
        case notBase64
        /// NOIDUNGFILE was encoded twice.
        case encodedTwice
        /// The document of the table cannot be read.
        case notXML(XMLFault)
        /// SOLUONGHOSO must be the number of HOSO elements.
        case otherCount(found: Int)
        /// Writing: XML 1.0 has no way to carry this character (section 2.2).
        case forbiddenCharacter(codePoint: UInt32)
        /// Writing: the name of an element outside the annex is none that XML allows.
        case notAnElementName
        /// Writing: an element outside the annex has the name of a field of the table.
        case nameOfAField
        /// Health checks: the element in NOIDUNGFILE is no table of KHAMSUCKHOE.
        case unknownBlock
        /// Health checks: the content is not JSON.
        case notJSON
        /// Health checks: the record is written by a reading that is not accepted.
        case otherReading(subject: String, found: String, accepted: String)
        /// Health checks: the record names another facility than the one that sends.
        case otherFacility(expected: String)
        /// The visit has more problems than are listed.
        case furtherProblems(listed: Int)

        /// The rule as the end of a sentence that starts with the value.
        public var description: String {
            switch self {
            case .required: "a value is required"
            case .tooLong(let length, let maximum): "has \(length) characters, at most \(maximum) are allowed"
            case .notANumber: "is not a number"
            case .notADate(let shape): "is not a date of the form \(shape.form)"
            case .notAnOrdinal: "is not a whole number from 1"
            case .notRising(let previous):
                "does not follow \"\(EnvelopeProblem.shortened(previous))\" of the row before"
            case .otherEpisode(let expected): "is not the MA_LK of XML1, \"\(EnvelopeProblem.shortened(expected))\""
            case .repeatedEpisode(let first): "is already the MA_LK of record \(first)"
            case .repeatedField: "stands here a second time"
            case .holdsElements(let first):
                "the element \(EnvelopeProblem.shortened(first)) is inside it; only text can be kept"
            case .strayText: "is text outside any field"
            case .unexpectedElement(let expected): "is an element where \(expected) is expected"
            case .missingTable: "the table is missing"
            case .repeatedTable: "the table is given a second time"
            case .unknownTable: "is no table of Decision 4750 (XML0 to XML15); it is not carried"
            case .tableKeptBack: "the table is left out; the visit goes without it"
            case .falseEncoding(let name):
                "the declaration says \(PrintableText.escaped(name)), the text is in another encoding; it was read as it is"
            case .visitTooLarge(let limit): "the tables of the visit have more than \(limit) characters"
            case .notBase64: "the content is not base64"
            case .encodedTwice: "the content is base64 inside base64; encode the table once"
            case .notXML(let fault): fault.description
            case .otherCount(let found): "is not the number of records in the file, \(found)"
            case .forbiddenCharacter(let codePoint):
                "has the character \(Self.name(codePoint)), which XML cannot carry"
            case .notAnElementName: "is not a name that an element can have"
            case .nameOfAField: "is the name of a field of the table, not of an element outside the annex"
            case .unknownBlock: "is no table of KHAMSUCKHOE"
            case .notJSON: "the content is not JSON"
            case .otherReading(let subject, let found, let accepted):
                "the \(subject) is written as \(found); accepted is \(accepted)"
            case .otherFacility(let expected): "is not the facility that sends, \(expected)"
            case .furtherProblems(let listed): "more problems follow; the first \(listed) are listed"
            }
        }

        private static func name(_ codePoint: UInt32) -> String {
            Unicode.Scalar(codePoint).map(PrintableText.codePoint) ?? "?"
        }
    }
}
