/// What a facility is tried with. It is the facility that begins, with visits of its own, so that these are no messages but
/// things that must hold of all that it sends, or of what it does when it is answered.
enum FacilityCase: String, CaseIterable {
    case headers
    case content
    case leastData
    case copies
    case shared
    case insurance
    case corrected
    case deceased
    case deadLetters

    /// As other cases are called.
    var name: String {
        switch self {
        case .headers: "facility.headers"
        case .content: "facility.content"
        case .leastData: "facility.least-data"
        case .copies: "facility.copies"
        case .shared: "facility.shared"
        case .insurance: "facility.insurance-notice"
        case .corrected: "facility.corrected"
        case .deceased: "facility.not-corrected"
        case .deadLetters: "facility.no-protobuf"
        }
    }

    var sentence: String {
        switch self {
        case .headers: "every record has its headers, its key and its partition"
        case .content: "every record keeps the rules by which MoH takes records in"
        case .leastData: "every record has the tables that the topology releases to its reader, and no others"
        case .copies: "the same revision of a record is sent once, or again as a copy with the same ce_id"
        case .shared: "word that a record is in the book, and a copy of that word, want no answer"
        case .insurance: "word of what VSS said later wants no answer"
        case .corrected:
            "a record that was returned comes again as the next revision, once, whatever copies of the word follow"
        case .deceased: "a record returned as c06.deceased, which nobody can correct, does not come again"
        case .deadLetters: "an answer that is no message goes to the dead letters as it came, with the reason"
        }
    }

    var source: String {
        switch self {
        case .headers: CaseSource.headers
        case .content: CaseSource.intake
        case .leastData: CaseSource.leastData
        case .copies, .corrected: CaseSource.copies
        case .shared, .deceased: CaseSource.book
        case .insurance: CaseSource.feedback
        case .deadLetters: CaseSource.deadLetters
        }
    }
}
