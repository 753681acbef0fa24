public import ExchangeSchema
import Vocabulary

/// A visit as it stands in a book.
public struct BookVisit: Sendable, Equatable {
    /// Who reported it.
    public struct Source: Sendable, Equatable {
        /// The record by which it was reported.
        public var record: RecordIdentifier
        /// The revision that stands.
        public var revision: UInt32
        /// MA_CSKCB of the facility.
        public var facilityCode: String
        /// When MoH authenticated it; Unix milliseconds.
        public var authenticatedAt: Int64
    }

    /// A result of a check, with everybody who reports it.
    public struct CheckResult: Sendable, Equatable {
        /// The row of XML4.
        public var line: ResultLine
        /// MA_CSKCB of the facilities, in the order in which the book was told.
        public var facilityCodes: [String]
    }

    /// Dates of the stay, and what kind it was.
    public var stay: InsuranceBlock
    /// Diagnoses, treatment, outcome.
    public var clinical: ClinicalBlock
    /// Rows of XML2, XML3 and XML5.
    public var details: ClinicalDetails
    /// Rows of XML4: each check once in the book.
    public var results: [CheckResult]
    /// The first row of table XML8, the summary of the medical record; nil where the book does not keep one.
    public var recordSummary: CarriedRow?
    /// Who reported it, the first first.
    public var sources: [Source]

    /// - Throws: `UnreadablePayload` when a block cannot be read.
    init(_ entry: BookEntry, _ source: Source) throws {
        stay = try InsuranceBlock(decoding: entry.insurance)
        clinical = try ClinicalBlock(decoding: entry.clinical)
        details = try ClinicalDetails(decoding: entry.clinicalDetails)
        results = details.results.map { CheckResult(line: $0, facilityCodes: [entry.facilityCode]) }
        details.results = []
        if let table = entry.tables.first(where: { $0.part == .xml8 }) {
            recordSummary = try CarriedRows(decoding: table.rows).rows.first
        }
        sources = [source]
    }

    /// A visit as MoH has released it to a reader.
    init(_ visit: HistoryVisit) {
        stay = visit.stay
        clinical = visit.clinical
        details = ClinicalDetails()
        details.drugs = visit.drugs
        details.services = visit.services
        details.courses = visit.course
        results = visit.results.map { CheckResult(line: $0.line, facilityCodes: $0.facilityCodes) }
        if visit.hasRecordSummary { recordSummary = visit.recordSummary }
        sources = visit.sources.map { Source($0) }
    }
}

extension BookVisit.Source {
    init(_ source: HistorySource) {
        self.init(
            record: RecordIdentifier(source.recordID) ?? RecordIdentifier(high: 0, low: 0), revision: source.revision,
            facilityCode: source.facilityCode, authenticatedAt: source.authenticatedAt)
    }

    /// Whether it was authenticated before another one; of two at a time the lower record is the first.
    func isBefore(_ other: BookVisit.Source) -> Bool {
        (authenticatedAt, record) < (other.authenticatedAt, other.record)
    }
}
