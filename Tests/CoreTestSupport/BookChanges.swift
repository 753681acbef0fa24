public import ExchangeSchema
import FoundationEssentials
public import PartyCore

/// A batch of changes of the book, as MoH says them.
public struct BookChanges: Sendable {
    /// The changes so far.
    public var changes = ReadModelChanges()

    /// None yet.
    public init() {}

    /// A visit is authenticated.
    public mutating func share(
        _ visit: SampleVisit, revision: UInt32 = 1, details: ClinicalDetails? = nil, of citizen: UInt64,
        at time: Int64
    ) {
        var entry = BookEntry()
        entry.recordID = visit.record.description
        entry.revision = revision
        entry.facilityCode = visit.facilityCode
        entry.citizenNumber = CitizenNumber(number: citizen)?.description ?? ""
        entry.residentProvince = "01"
        entry.authenticatedAt = time
        entry.administrative = .init(visit.administrative.encoded)
        entry.insurance = .init(visit.insurance.encoded)
        entry.clinical = .init(visit.clinical.encoded)
        entry.clinicalDetails = .init((details ?? visit.details).encoded)
        changes.append(
            .entry, subject: citizen, record: visit.record, revision: revision, time: time, content: entry.encoded)
    }

    /// A visit is withdrawn.
    public mutating func withdraw(
        _ record: RecordIdentifier, revision: UInt32, of citizen: UInt64, at time: Int64, because reason: String
    ) {
        changes.append(
            .withdrawal, subject: citizen, record: record, revision: revision, time: time, content: Array(reason.utf8))
    }

    /// A citizen's book is opened before any visit.
    public mutating func enrol(_ citizen: UInt64, name: String = "NGUYỄN VĂN AN", at time: Int64) {
        var person = BookEnrolment()
        person.citizenNumber = CitizenNumber(number: citizen)?.description ?? ""
        person.fullName = name
        person.birthDate = "19850317"
        person.residentProvince = "01"
        person.socialInsuranceNumber = "0123456789"
        person.registeredFacility = "01013"
        changes.append(
            .enrolment, subject: citizen, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: time,
            content: person.encoded)
    }

    /// A later revision of a visit, this one, is another person's.
    public mutating func depart(_ record: RecordIdentifier, revision: UInt32, of citizen: UInt64, at time: Int64) {
        changes.append(.departure, subject: citizen, record: record, revision: revision, time: time, content: [])
    }

    /// A citizen gets another number.
    public mutating func renumber(_ former: UInt64, to number: UInt64, at time: Int64) {
        let text = CitizenNumber(number: number)?.description ?? ""
        changes.append(
            .renumbering, subject: former, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: time,
            content: Array(text.utf8))
    }

    /// A citizen is erased.
    public mutating func erase(_ citizen: UInt64, at time: Int64) {
        changes.append(
            .erasure, subject: citizen, record: RecordIdentifier(high: 0, low: 0), revision: 0, time: time, content: [])
    }

    /// The same changes in another order.
    public func reordered(using generator: inout SeededGenerator, copies: Int) -> BookChanges {
        var other = BookChanges()
        other.changes = changes
        for _ in 0..<copies {
            if let one = changes.changes.randomElement(using: &generator) { other.changes.changes.append(one) }
        }
        other.changes.changes.shuffle(using: &generator)
        return other
    }
}
