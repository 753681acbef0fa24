import ExchangeSchema
import PartyStore
import ProvinceWarehouse

/// Keeps what hangs on all current visits of a person: the row of the table `person`, and what visits say of each other.
final class WarehousePeopleWriter {
    private let visits: Statement
    private let judge: Statement
    private let person: Statement
    private let remove: Statement

    init(_ connection: StoreConnection) throws {
        visits = try connection.statement(
            """
            SELECT visit_id, record, facility, kind, main_disease, admitted, discharged, overlaps, duplicate_of, shared_at
              FROM visit WHERE citizen = ?1 AND standing = 'current' ORDER BY shared_at, record
            """)
        judge = try connection.statement(
            """
            UPDATE visit SET overlaps = ?2, duplicate_of = ?3, is_clean = (contradictions = '' AND ?2 = 0 AND ?3 IS NULL)
              WHERE visit_id = ?1
            """)
        person = try connection.statement(
            """
            INSERT OR REPLACE INTO person SELECT citizen, name, birth_date, sex, province, ward, ?2, ?3, ?4
              FROM visit WHERE visit_id = ?1
            """)
        remove = try connection.statement("DELETE FROM person WHERE citizen = ?1")
    }

    /// Looks at a person's current visits again.
    func refresh(_ citizen: String) throws {
        try visits.bind(text: citizen, at: 1)
        var points: [PersonVisits.Point] = []
        var rows: [(visit: Int64, overlaps: Bool, duplicateOf: String?)] = []
        while try visits.step() {
            let zero = RecordIdentifier(high: 0, low: 0)
            points.append(
                PersonVisits.Point(
                    record: RecordIdentifier(visits.text(1)) ?? zero, facility: visits.text(2), kind: visits.text(3),
                    disease: visits.text(4), admitted: visits.text(5), discharged: visits.text(6)))
            rows.append((visits.integer(0), visits.integer(7) != 0, visits.isNull(8) ? nil : visits.text(8)))
        }
        visits.reset()
        guard let last = rows.last else {
            try remove.bind(text: citizen, at: 1)
            return try remove.run()
        }
        for (row, finding) in zip(rows, PersonVisits.findings(points)) {
            let duplicateOf = finding.duplicateOf?.description
            guard row.overlaps != finding.overlaps || row.duplicateOf != duplicateOf else { continue }
            var values = RowBinding(judge)
            try values.add(row.visit)
            try values.add(Int64(finding.overlaps ? 1 : 0))
            try values.add(duplicateOf)
            try values.run()
        }
        let times = points.map(\.discharged).filter { !$0.isEmpty }
        var values = RowBinding(person)
        try values.add(last.visit)
        try values.add(Int64(rows.count))
        try values.add(times.min() ?? "")
        try values.add(times.max() ?? "")
        try values.run()
    }

    func finalize() { for statement in [visits, judge, person, remove] { statement.finalize() } }
}
