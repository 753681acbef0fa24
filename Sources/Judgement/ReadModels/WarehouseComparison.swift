import Composition
import ExchangeSchema
import ProvinceWarehouse
import SyntheticPopulation
import WarehouseStore

/// Compares the warehouses that have every province once between them: those of the provinces' own localities, or that of
/// the one that has all.
struct WarehouseComparison {
    /// Of each visit, the revisions that any of them has.
    private var there: [RevisionSet]
    /// Columns that say who somebody is: what they hold is not repeated.
    private static let personal: Set<String> = ["citizen", "name", "birth_date"]

    init(records: Int64) { there = Array(repeating: RevisionSet(), count: Int(records)) }

    /// What one of them has of a record.
    /// - Parameters:
    ///   - name: Of its locality.
    ///   - provinces: That it serves; nil for all.
    mutating func take(
        _ found: ScannedRecord, of name: String, serving provinces: Set<String>?, _ all: inout ReadModelComparison
    ) {
        let place = "warehouse of \(name): record \(found.record)"
        guard let record = RecordIdentifier(found.record), let visit = all.truth.visit(of: record) else {
            return all.addToWarehouse("\(place) is no visit of the scenario")
        }
        let expected = all.truth.expectation(ofVisit: visit)
        let book = all.standing(ofVisit: visit)
        for revision in found.revisions {
            let number = revision.columns["revision"]
            let place = "\(place), revision \(number ?? .null)"
            guard let wanted = expected.revisions.first(where: { .integer(Int64($0.entry.revision)) == number }) else {
                all.addToWarehouse(
                    "\(place): is there, and must not be: "
                        + (expected.refusal.map { "refused with \($0)" } ?? "never shared"))
                continue
            }
            if there[Int(visit)].contains(wanted.entry.revision) { all.addToWarehouse("\(place): is there twice") }
            there[Int(visit)].insert(wanted.entry.revision)
            let isNewest = wanted.entry.revision == expected.revisions.last?.entry.revision
            let entry = Self.entry(wanted.entry, expected, revision.columns, isNewest ? book : nil)
            if provinces?.contains(entry.residentProvince) == false {
                all.addToWarehouse("\(place), province: \(entry.residentProvince) is not served here")
            }
            let standing: RevisionStanding =
                !isNewest ? .superseded : expected.withdrawnIn != nil ? .withdrawn : .current
            compare(revision, entry, standing, isCorrected: found.revisions.count > 1, place, &all)
        }
        let withdrawn = expected.withdrawnIn.map(Int64.init)
        if found.withdrawnIn != withdrawn {
            all.addToWarehouse(
                "\(place), withdrawal: expected \(WarehouseValue(withdrawn)), found "
                    + "\(WarehouseValue(found.withdrawnIn))")
        }
    }

    /// The entry with what hangs on the moment: as the book has it, and where that was not read, as the row says it where
    /// it may be so.
    private static func entry(
        _ wanted: BookEntry, _ expected: VisitExpectation, _ row: WarehouseColumns,
        _ book: ReadModelComparison.BookStanding?
    ) -> BookEntry {
        var entry = wanted
        if let book, book.citizen != 0 {
            entry.citizenNumber = ReadModelComparison.digits(book.citizen, 12)
            entry.residentProvince = ReadModelComparison.digits(UInt64(book.province), 2)
            entry.authenticatedAt = book.time
            return entry
        }
        let citizens = expected.citizens.map { ReadModelComparison.digits($0, 12) }
        entry.citizenNumber = citizens.first { .text($0) == row["citizen"] } ?? citizens.first ?? ""
        entry.residentProvince =
            expected.provinces.first { .text($0) == row["province"] } ?? expected.provinces.first ?? ""
        if case .integer(let time)? = row["shared_at"] { entry.authenticatedAt = time }
        return entry
    }

    private func compare(
        _ found: ScannedRecord.Revision, _ entry: BookEntry, _ standing: RevisionStanding, isCorrected: Bool,
        _ place: String, _ all: inout ReadModelComparison
    ) {
        guard let record = RecordIdentifier(entry.recordID), let citizen = UInt64(entry.citizenNumber) else { return }
        var received: Int64 = 0
        if case .integer(let time)? = found.columns["received_at"] { received = time }
        let visit = WarehouseVisit(entry, record: record, citizen: citizen, receivedAt: received)
        // What visits of a person say of each other is looked at person by person.
        var finding = PersonVisits.Finding()
        if standing == .current {
            finding.overlaps = found.columns["overlaps"] == .integer(1)
            if case .text(let other)? = found.columns["duplicate_of"] {
                finding.duplicateOf = RecordIdentifier(other)
            }
        }
        let wanted = ProvinceWarehouse.StoredVisit(
            visit: visit, standing: standing, finding: finding,
            judged: JudgedVisit(visit, isCorrected: isCorrected, among: finding))
        Self.compare(found.columns, wanted.columns, place, &all)
        let lines = visit.lineColumns
        for table in lines.keys.sorted() {
            let (rows, right) = (found.lines[table] ?? [], lines[table] ?? [])
            if rows.count != right.count {
                all.addToWarehouse("\(place), \(table): expected \(right.count) rows, found \(rows.count)")
                continue
            }
            for (number, (row, right)) in zip(rows, right).enumerated() {
                Self.compare(row, right, "\(place), \(table) \(number + 1)", &all)
            }
        }
    }

    static func compare(
        _ found: WarehouseColumns, _ wanted: WarehouseColumns, _ place: String, _ all: inout ReadModelComparison
    ) {
        for (column, right) in wanted where found[column] != right {
            all.addToWarehouse(
                "\(place), \(column): "
                    + (personal.contains(column)
                        ? "is another" : "expected \(right), found \(found[column] ?? .null)"))
        }
    }

    /// All of them were gone over: what is still missing.
    /// - Parameters:
    ///   - name: Of them together.
    ///   - provinces: That they serve together; nil for all.
    ///   - hasBook: Whether the book was read.
    func finish(
        of name: String, serving provinces: Set<String>?, hasBook: Bool, _ all: inout ReadModelComparison
    ) {
        for visit in 0..<all.truth.records {
            let (there, book) = (there[Int(visit)], all.standing(ofVisit: visit))
            if there.contains(1), !hasBook || book.revisions == there,
                all.truth.population.fault(ofVisit: UInt64(visit)) == nil
            {
                continue
            }
            let expected = all.truth.expectation(ofVisit: visit)
            let isServed = provinces.map { provinces in
                hasBook && book.citizen != 0
                    ? provinces.contains(ReadModelComparison.digits(UInt64(book.province), 2))
                    : expected.provinces.allSatisfy(provinces.contains)
            }
            guard isServed ?? true else { continue }
            for revision in expected.revisions.map(\.entry.revision) where !there.contains(revision) {
                let isRequired = expected.revisions.contains { $0.entry.revision == revision && $0.isRequired }
                if isRequired || hasBook && book.revisions.contains(revision) {
                    all.addToWarehouse(
                        "warehouse of \(name): record \(expected.record), revision \(revision): is not there")
                }
            }
            for revision in expected.revisions.map(\.entry.revision)
            where hasBook && there.contains(revision) && !book.revisions.contains(revision) {
                all.addToWarehouse(
                    "warehouse of \(name): record \(expected.record), revision \(revision): is there, and not in the "
                        + "book")
            }
        }
    }
}
