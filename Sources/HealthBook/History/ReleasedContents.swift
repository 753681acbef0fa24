import ExchangeSchema
import PartyCore
import Vocabulary

/// What is told of a book, whoever asks: the answer to a facility's request, and the one to a reader at a door. So that both
/// are told by the same rules, these stand here.
protocol ReleasedContents {
    var refusalCode: String { get }
    var visits: [HistoryVisit] { get set }
    var vaccinations: [HistoryVaccination] { get set }
    var healthChecks: [HistoryHealthCheck] { get set }
}

extension SharedHistory: ReleasedContents {}

extension BookExtract: ReleasedContents {}

extension ReleasedContents {
    /// Takes in what stands in the book from other facilities than the one that asks.
    mutating func takeIn(_ book: HealthBook, notOf facilityCode: String, _ parts: RecordPartSet) {
        visits = book.visits.filter { !$0.isOf(facilityCode) }
            .map { HistoryTables.released($0, to: facilityCode, parts) }
        takeInEvents(book, parts) { sources in !sources.contains { $0.facilityCode == facilityCode } }
    }

    /// Takes in the vaccinations and health checks whose sources are wanted, where clinical blocks may be told.
    mutating func takeInEvents(_ book: HealthBook, _ parts: RecordPartSet, _ isWanted: ([BookVisit.Source]) -> Bool) {
        guard parts.contains(.clinical) else { return }
        vaccinations = book.vaccinations.filter { isWanted($0.sources) }.map(HistoryTables.released)
        healthChecks = book.healthChecks.filter { isWanted($0.sources) }.map { HistoryTables.released($0, parts) }
    }
}

extension ReadModelAnswer {
    /// Notes in a person's book who asked, why, and what came of it.
    mutating func note(
        _ inquiry: HistoryInquiry, about contents: some ReleasedContents, citizen: UInt64, at time: Int64
    ) {
        var inquiry = inquiry
        inquiry.refusalCode = contents.refusalCode
        inquiry.visits = UInt32(clamping: contents.visits.count)
        inquiry.vaccinations = UInt32(clamping: contents.vaccinations.count)
        inquiry.healthChecks = UInt32(clamping: contents.healthChecks.count)
        changes.append(
            .inquiry, subject: citizen, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: time,
            content: inquiry.encoded)
    }
}
