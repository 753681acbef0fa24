import ExchangeSchema

/// What an entry is in a book.
enum BookContent {
    case visit(BookVisit)
    case vaccination(BookVaccination)
    case healthCheck(BookHealthCheck)

    /// - Throws: `UndecodableMessage` when a block cannot be read.
    init(_ entry: BookEntry, record: RecordIdentifier, time: Int64) throws {
        let source = BookVisit.Source(
            record: record, revision: entry.revision, facilityCode: entry.facilityCode, authenticatedAt: time)
        // Nothing but a visit has an insurance block, and nearly every visit has one.
        guard entry.insurance.isEmpty else {
            self = .visit(try BookVisit(entry, source))
            return
        }
        switch RecordContent(try ClinicalBlock(decoding: entry.clinical)) {
        case .visit: self = .visit(try BookVisit(entry, source))
        case .vaccination(let vaccination):
            self = .vaccination(BookVaccination(vaccination: vaccination, sources: [source]))
        case .healthCheck(let check):
            let results = try ClinicalDetails(decoding: entry.clinicalDetails).results
            self = .healthCheck(BookHealthCheck(check: check, results: results, sources: [source]))
        }
    }
}
