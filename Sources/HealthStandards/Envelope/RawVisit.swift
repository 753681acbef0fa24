import Vocabulary

/// A HOSO as the envelope holds it: its tables decoded from base64, not yet read.
struct RawVisit {
    let ordinal: Int
    var tables: [(table: VisitTable, document: [UInt8])] = []
    /// Tables that travel as they are, each FILEHOSO by itself: the document, or why there is none.
    var carried: [(part: RecordPart, content: Result<[UInt8], Base64Text.Fault>)] = []
    var otherTables: [String] = []
    /// Characters of NOIDUNGFILE collected so far, of all its tables.
    var contentLength = 0
    var problems: VisitProblems
    /// What is told of the visit and keeps it not back.
    var warnings: VisitProblems

    init(ordinal: Int) {
        self.ordinal = ordinal
        problems = VisitProblems(ordinal: ordinal)
        warnings = VisitProblems(ordinal: ordinal)
    }
}
