import ExchangeSchema
import PartyStore
import ProvinceWarehouse

/// Keeps what hangs on all current visits of a person: the row of the table `person`, and what visits say of each other.
final class WarehousePeopleWriter {
    private let visits: Statement
    private let judge: Statement
    private let person: Statement
    private let remove: Statement
    private let first: Statement
    private let connection: StoreConnection

    init(_ connection: StoreConnection) throws {
        self.connection = connection
        visits = try connection.statement(
            """
            SELECT visit_id, record, facility, kind, \(WarehouseSchema.what), admitted, discharged, overlaps, duplicate_of, shared_at
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
        first = try connection.statement(
            "INSERT INTO person VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7) ON CONFLICT DO NOTHING")
    }

    /// A current visit has come, of a record that was not known: of somebody without another one, nothing is compared.
    func add(_ visit: EncodedVisit, _ texts: RowTexts) throws {
        var row = RowBinding(first, texts)
        try row.add(citizen: visit.citizen)
        try row.add(visit.name)
        try row.add(visit.birthDate)
        try row.add(Int64(visit.sex))
        try row.add(visit.entry.residentProvince)
        try row.add(visit.ward)
        try row.add(visit.discharged)
        try row.run()
        // Somebody who is known already.
        if connection.changedRows == 0 { try refresh(CitizenText.of(visit.citizen)) }
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
            try judge.bind(row.visit, at: 1)
            try judge.bind(Int64(finding.overlaps ? 1 : 0), at: 2)
            if let duplicateOf { try judge.bind(text: duplicateOf, at: 3) } else { try judge.bindNull(at: 3) }
            try judge.run()
        }
        let times = points.map(\.discharged).filter { !$0.isEmpty }
        try person.bind(last.visit, at: 1)
        try person.bind(Int64(rows.count), at: 2)
        try person.bind(text: times.min() ?? "", at: 3)
        try person.bind(text: times.max() ?? "", at: 4)
        try person.run()
    }

    func finalize() { for statement in [visits, judge, person, remove, first] { statement.finalize() } }
}
