/// A HOSO as the envelope holds it: its tables decoded from base64, not yet read.
struct RawVisit {
    let ordinal: Int
    var tables: [(table: VisitTable, document: [UInt8])] = []
    var otherTables: [String] = []
    var problems: VisitProblems

    init(ordinal: Int) {
        self.ordinal = ordinal
        problems = VisitProblems(ordinal: ordinal)
    }
}
