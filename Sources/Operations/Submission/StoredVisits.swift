import ExchangeSchema
import FacilityParty
import PartyCore
import PartyStore

/// What a facility's directory says of some visits, read at once so that the directory is free again afterwards.
struct StoredVisits {
    /// Visits submitted so far: the index of the next one.
    let submitted: Int64
    private var visits: [RecordIdentifier: SubmittedVisit] = [:]

    /// Reads a directory; one that does not exist yet knows no visits.
    init(directory: String, records: [RecordIdentifier]) throws {
        guard StoreInspection.isPossible(directory: directory) else {
            submitted = 0
            return
        }
        let store = try StoreInspection(directory: directory)
        submitted = store.progress.figures.submission.nextVisit
        for record in records {
            if let words = try store.words(of: record) { visits[record] = SubmittedVisit(words: words) }
        }
    }

    subscript(_ record: RecordIdentifier) -> SubmittedVisit? { visits[record] }

    /// Whether submitting this visit now leads to an answer that has not come yet: it is new, on its way, or refused
    /// and changed since.
    func awaitsAnswer(_ visit: VisitContent) -> Bool {
        guard let stored = visits[visit.record] else { return true }
        switch stored.phase {
        case .pending, .held: return true
        case .refused: return stored.contentDigest != visit.contentDigest
        case .shared: return false
        }
    }
}
