import BookStore
import Composition
import ExchangeSchema
import HealthBook
import PartyCore
import SyntheticPopulation

extension ReadModelComparison {
    /// What the book was told of a record.
    mutating func takeBook(_ record: RecordIdentifier, _ told: [BookScan.Told]) {
        guard let visit = truth.visit(of: record) else {
            return addToBook("book: record \(record) is no visit of the scenario")
        }
        let expected = truth.expectation(ofVisit: visit)
        var standing = BookStanding()
        for entry in told where entry.item.kind == .entry {
            takeEntry(entry, expected, &standing)
        }
        let withdrawals = told.filter { $0.item.kind == .withdrawal }
        if let revision = expected.withdrawnIn {
            if withdrawals.count != 1 || withdrawals.contains(where: { $0.item.revision != revision }) {
                addToBook(
                    "book: record \(record) was withdrawn in revision \(revision), and the book says so of "
                        + "\(withdrawals.map { "\($0.item.revision)" })")
            }
        } else if !withdrawals.isEmpty {
            addToBook("book: record \(record) is withdrawn, and nobody has withdrawn it")
        }
        for other in told where ![.entry, .withdrawal].contains(other.item.kind) {
            addToBook("book: record \(record), revision \(other.item.revision), is said to be another person's")
        }
        note(standing, ofVisit: visit)
    }

    private mutating func takeEntry(
        _ told: BookScan.Told, _ expected: VisitExpectation, _ standing: inout BookStanding
    ) {
        let name = "book: record \(expected.record), revision \(told.item.revision)"
        guard !standing.revisions.contains(told.item.revision) else { return addToBook("\(name): is there twice") }
        guard let revision = expected.revisions.first(where: { $0.entry.revision == told.item.revision }) else {
            return addToBook(
                "\(name): is there, and must not be: "
                    + (expected.refusal.map { "refused with \($0)" } ?? "never shared"))
        }
        standing.revisions.insert(told.item.revision)
        guard let entry = try? BookEntry(decoding: told.item.content) else {
            return addToBook("\(name): cannot be read")
        }
        func check(_ field: String, _ isRight: Bool, _ words: @autoclosure () -> String = "is another") {
            if !isRight { addToBook("\(name), \(field): \(words())") }
        }
        let wanted = revision.entry
        check("citizen_number", expected.citizens.contains(told.citizen), "is another person's")
        check("citizen_number", entry.citizenNumber == Self.digits(told.citizen, 12), "is not whose book it is in")
        check(
            "resident_province", expected.provinces.contains(entry.residentProvince),
            "expected \(expected.provinces.joined(separator: " or ")), found \(entry.residentProvince)")
        check("authenticated_at", entry.authenticatedAt == told.item.time, "is not when it was decided")
        func equal<Value: Equatable>(_ field: String, _ path: KeyPath<BookEntry, Value>) {
            let (right, found) = (wanted[keyPath: path], entry[keyPath: path])
            check(field, right == found, "expected \(right), found \(found)")
        }
        equal("record_id", \.recordID)
        equal("revision", \.revision)
        equal("facility_code", \.facilityCode)
        equal("card_check_code", \.cardCheckCode)
        equal("benefit_percent", \.benefitPercent)
        equal("withdrawn", \.withdrawn)
        check("administrative", entry.administrative == wanted.administrative)
        check("insurance", entry.insurance == wanted.insurance)
        check("clinical", entry.clinical == wanted.clinical)
        check("clinical_details", entry.clinicalDetails == wanted.clinicalDetails)
        check("reduction", entry.hasReduction == revision.isReduced, revision.isReduced ? "is missing" : "is there")
        (standing.citizen, standing.time) = (told.citizen, entry.authenticatedAt)
        standing.province = UInt8(entry.residentProvince) ?? 0
    }

    /// Everything was told: what is still missing, and what numbers came after others.
    mutating func finishBook(successors: [UInt64: UInt64], expecting renumbered: [UInt64: UInt64]) {
        for visit in 0..<truth.records { finishBook(ofVisit: visit) }
        let wrong = Set(renumbered.keys).union(successors.keys).count { renumbered[$0] != successors[$0] }
        if wrong > 0 { addToBook("book: \(wrong) numbers have another successor than C06 has reported, or none") }
    }

    private mutating func finishBook(ofVisit visit: Int64) {
        let there = standing(ofVisit: visit).revisions
        // Nearly every visit is shared in its first revision.
        if there.contains(1), truth.population.fault(ofVisit: UInt64(visit)) == nil { return }
        let expected = truth.expectation(ofVisit: visit)
        for revision in expected.revisions where revision.isRequired && !there.contains(revision.entry.revision) {
            addToBook("book: record \(expected.record), revision \(revision.entry.revision): is not there")
        }
    }

    static func digits(_ number: UInt64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
