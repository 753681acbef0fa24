public import ExchangeSchema
import PartyCore

/// One citizen's book: what stands now, and what stood before.
///
/// It may be opened before any visit, of what C06 and VSS know of the person.
///
/// It is made of what was told, in whatever order and however often. Of each visit, each vaccination and each health check
/// the newest revision stands; older ones and those that were withdrawn are history. One visit that came as two records, and one check that two facilities
/// report, stand once, with both sources (``VisitRecognition``).
public struct HealthBook: Sendable, Equatable {
    /// The citizen's numbers: the one in force first, then former ones.
    public let numbers: [UInt64]
    /// What stands, the latest stay first.
    public let visits: [BookVisit]
    /// Vaccinations that stand, the latest first.
    public let vaccinations: [BookVaccination]
    /// Health checks that stand, the latest first.
    public let healthChecks: [BookHealthCheck]
    /// What does not stand any more, latest first.
    public let past: [PastEntry]
    /// The entry that was authenticated last among those that stand: it says who the person is.
    public let latest: BookEntry?
    /// How the book was opened before any visit; nil where nobody enrolled the person.
    public let enrolment: Enrolment?
    /// Facilities that asked for the person's shared history, the first first.
    public let inquiries: [Inquiry]

    /// That a facility asked for the person's shared history.
    public struct Inquiry: Sendable, Equatable {
        /// Who, why, and what came of it.
        public var inquiry: HistoryInquiry
        /// When MoH answered; Unix milliseconds.
        public var time: Int64
    }

    /// That a book was opened before any visit.
    public struct Enrolment: Sendable, Equatable {
        /// Who the person is, by C06 and VSS.
        public var person: BookEnrolment
        /// When MoH opened it; Unix milliseconds.
        public var time: Int64
    }

    /// A revision that does not stand.
    public struct PastEntry: Sendable, Equatable {
        /// Why it does not stand.
        public enum State: Sendable, Equatable {
            /// A newer revision stands in its place, here or in the book of another person.
            case superseded(by: UInt32)
            /// The visit was withdrawn, for this reason.
            case withdrawn(String)
        }

        /// The entry as it was authenticated.
        public var entry: BookEntry
        /// Why it does not stand.
        public var state: State
        /// When it was authenticated; Unix milliseconds.
        public var time: Int64
        /// Since when it does not stand; Unix milliseconds.
        public var until: Int64
    }

    /// The book of these items.
    /// - Parameter numbers: The number in force, then former ones.
    /// - Throws: `UnreadablePayload` when an entry cannot be read.
    public init(numbers: [UInt64], items: [BookItem]) throws {
        self.numbers = numbers
        var current: [BookVisit] = []
        var given: [BookVaccination] = []
        var checks: [BookHealthCheck] = []
        var past: [PastEntry] = []
        var latest: (time: Int64, record: RecordIdentifier, entry: BookEntry)?
        for (record, items) in Dictionary(grouping: items, by: \.record) {
            let entries = try Self.entries(items)
            guard let newest = entries.last else { continue }
            let withdrawal = items.filter { $0.kind == .withdrawal && $0.revision >= newest.item.revision }
                .min { ($0.time, $0.revision) < ($1.time, $1.revision) }
            for (place, older) in entries.dropLast().enumerated() {
                let next = entries[place + 1].item
                past.append(
                    PastEntry(
                        entry: older.entry, state: .superseded(by: newest.item.revision), time: older.item.time,
                        until: next.time))
            }
            if let withdrawal {
                past.append(
                    PastEntry(
                        entry: newest.entry, state: .withdrawn(String(decoding: withdrawal.content, as: UTF8.self)),
                        time: newest.item.time, until: withdrawal.time))
                continue
            }
            // Of a person who has had two numbers both are here: then the newer revision is too.
            if let departure = items.filter({ $0.kind == .departure && $0.revision > newest.item.revision })
                .min(by: { ($0.revision, $0.time) < ($1.revision, $1.time) })
            {
                past.append(
                    PastEntry(
                        entry: newest.entry, state: .superseded(by: departure.revision), time: newest.item.time,
                        until: departure.time))
                continue
            }
            switch try BookContent(newest.entry, record: record, time: newest.item.time) {
            case .visit(let visit): current.append(visit)
            case .vaccination(let vaccination): given.append(vaccination)
            case .healthCheck(let check): checks.append(check)
            }
            if latest.map({ (newest.item.time, record) > ($0.time, $0.record) }) ?? true {
                latest = (newest.item.time, record, newest.entry)
            }
        }
        visits = VisitRecognition.merged(current)
        vaccinations = BookVaccination.merged(given)
        healthChecks = BookHealthCheck.merged(checks)
        self.past = past.sorted {
            ($0.until, $0.entry.recordID, $0.entry.revision) > ($1.until, $1.entry.recordID, $1.entry.revision)
        }
        self.latest = latest?.entry
        enrolment = try Self.enrolment(items)
        inquiries = try Self.inquiries(items)
    }

    /// Each request once, however often the book was told of it.
    private static func inquiries(_ items: [BookItem]) throws -> [Inquiry] {
        var known: Set<String> = []
        return try items.filter { $0.kind == .inquiry }
            .map { Inquiry(inquiry: try HistoryInquiry(decoding: $0.content), time: $0.time) }
            .sorted { ($0.time, $0.inquiry.requestID) < ($1.time, $1.inquiry.requestID) }
            .filter { known.insert($0.inquiry.requestID).inserted }
    }

    /// The first enrolment, however often the person was enrolled.
    private static func enrolment(_ items: [BookItem]) throws -> Enrolment? {
        let first = items.filter { $0.kind == .enrolment }.min {
            $0.time != $1.time ? $0.time < $1.time : $0.content.lexicographicallyPrecedes($1.content)
        }
        return try first.map { Enrolment(person: try BookEnrolment(decoding: $0.content), time: $0.time) }
    }

    /// Who reported what stands, of whatever kind.
    public var sources: [BookVisit.Source] {
        visits.flatMap(\.sources) + vaccinations.flatMap(\.sources) + healthChecks.flatMap(\.sources)
    }

    /// All records that it was ever told of, whether they stand or not.
    public var records: [RecordIdentifier] {
        let names = sources.map(\.record) + past.compactMap { RecordIdentifier($0.entry.recordID) }
        return Set(names).sorted()
    }

    /// The revisions of one visit, oldest first, each once, however often it was told.
    private static func entries(_ items: [BookItem]) throws -> [(item: BookItem, entry: BookEntry)] {
        var first: [UInt32: BookItem] = [:]
        for item in items where item.kind == .entry {
            if let known = first[item.revision], known.time <= item.time { continue }
            first[item.revision] = item
        }
        return try first.values.sorted { $0.revision < $1.revision }.map { ($0, try BookEntry(decoding: $0.content)) }
    }
}
