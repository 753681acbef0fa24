public import ExchangeSchema

/// A vaccination as it stands in a book.
public struct BookVaccination: Sendable, Equatable {
    /// What was given, and when.
    public var vaccination: Vaccination
    /// Who reported it, the first first.
    public var sources: [BookVisit.Source]

    /// Nil for the entry of a visit.
    /// - Throws: `UndecodableMessage` when the block cannot be read.
    init?(_ entry: BookEntry, record: RecordIdentifier, time: Int64) throws {
        // A vaccination has no insurance block, and nearly every visit has one.
        guard entry.insurance.isEmpty else { return nil }
        let clinical = try ClinicalBlock(decoding: entry.clinical)
        guard clinical.hasVaccination else { return nil }
        vaccination = clinical.vaccination
        sources = [
            BookVisit.Source(
                record: record, revision: entry.revision, facilityCode: entry.facilityCode, authenticatedAt: time)
        ]
    }

    /// A vaccination as MoH has released it to another facility.
    init(_ shared: HistoryVaccination) {
        vaccination = shared.vaccination
        sources = shared.sources.map { BookVisit.Source($0) }
    }

    /// Each once, the latest first: one dose of one vaccine, given to a person at one time, that came as two records stands
    /// once with both sources, whoever reports it. Simulator-defined.
    static func merged(_ vaccinations: [BookVaccination]) -> [BookVaccination] {
        var result: [BookVaccination] = []
        var places: [Dose: Int] = [:]
        for vaccination in vaccinations.sorted(by: { $0.sources[0].isBefore($1.sources[0]) }) {
            let dose = Dose(vaccination.vaccination)
            if let place = places[dose] {
                result[place].sources += vaccination.sources
            } else {
                places[dose] = result.count
                result.append(vaccination)
            }
        }
        return result.sorted { one, other in
            one.vaccination.ngayTiem != other.vaccination.ngayTiem
                ? one.vaccination.ngayTiem > other.vaccination.ngayTiem
                : other.sources[0].isBefore(one.sources[0])
        }
    }

    private struct Dose: Hashable {
        var vaccine: String
        var number: String
        var time: String

        init(_ vaccination: Vaccination) {
            (vaccine, number, time) = (vaccination.maVacxin, vaccination.soMui, vaccination.ngayTiem)
        }
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
