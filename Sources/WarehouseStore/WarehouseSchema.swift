import ProvinceWarehouse

/// The tables of `warehouse.sqlite`, as docs/warehouse.md describes them for whoever opens the file with another tool.
enum WarehouseSchema {
    /// Version of the tables, in `PRAGMA user_version`.
    static let version: Int64 = 4

    /// What reports read is in `visit_month`, in the order in which it comes: an index sorted by facility or ward is touched
    /// everywhere by each batch (measured with 1,000,000 visits: 25 µs for a visit, and 39 with the latter).
    static let tables = """
        CREATE TABLE IF NOT EXISTS visit (
          visit_id INTEGER PRIMARY KEY, record TEXT NOT NULL, revision INTEGER NOT NULL, standing TEXT NOT NULL,
          citizen TEXT NOT NULL, province TEXT NOT NULL, ward TEXT NOT NULL, name TEXT NOT NULL,
          birth_date TEXT NOT NULL, sex INTEGER NOT NULL, age INTEGER, facility TEXT NOT NULL, kind TEXT NOT NULL,
          category TEXT NOT NULL, admitted TEXT NOT NULL, discharged TEXT NOT NULL, month TEXT NOT NULL,
          main_disease TEXT NOT NULL, main_category TEXT NOT NULL, outcome TEXT NOT NULL, discharge_kind TEXT NOT NULL,
          card_check TEXT NOT NULL, benefit_percent INTEGER NOT NULL, total REAL, covered REAL, fund REAL, patient REAL,
          shared_at INTEGER NOT NULL, received_at INTEGER NOT NULL, minutes_to_book INTEGER, missing TEXT NOT NULL,
          contradictions TEXT NOT NULL, overlaps INTEGER NOT NULL, duplicate_of TEXT, is_correct INTEGER NOT NULL,
          is_complete INTEGER NOT NULL, is_clean INTEGER NOT NULL, is_live INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS diagnosis (
          visit_id INTEGER NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL,
          PRIMARY KEY (visit_id, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS drug (
          visit_id INTEGER NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, strength TEXT NOT NULL,
          unit TEXT NOT NULL, dose TEXT NOT NULL, quantity REAL, price REAL, amount REAL, covered REAL,
          ordered TEXT NOT NULL, PRIMARY KEY (visit_id, line)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS service (
          visit_id INTEGER NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
          group_code TEXT NOT NULL, quantity REAL, amount REAL, covered REAL, ordered TEXT NOT NULL,
          performed TEXT NOT NULL, resulted TEXT NOT NULL, PRIMARY KEY (visit_id, line)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS result (
          visit_id INTEGER NOT NULL, line INTEGER NOT NULL, service TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL,
          value TEXT NOT NULL, unit TEXT NOT NULL, description TEXT NOT NULL, conclusion TEXT NOT NULL,
          resulted TEXT NOT NULL, PRIMARY KEY (visit_id, line)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS vaccination (
          visit_id INTEGER PRIMARY KEY, vaccine TEXT NOT NULL, name TEXT NOT NULL, diseases TEXT NOT NULL, dose INTEGER,
          doses INTEGER, given TEXT NOT NULL, lot TEXT NOT NULL, route TEXT NOT NULL, site TEXT NOT NULL,
          practitioner TEXT NOT NULL, due TEXT NOT NULL, reaction TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS health_check (
          visit_id INTEGER PRIMARY KEY, visit_kind TEXT NOT NULL, target_groups TEXT NOT NULL, payer TEXT NOT NULL,
          health_class INTEGER, physique_class INTEGER, is_normal INTEGER, tuberculosis_risk INTEGER,
          has_problem INTEGER, next_check INTEGER, problems TEXT NOT NULL, illnesses TEXT NOT NULL, height REAL,
          weight REAL, body_mass_index REAL, pulse REAL, breaths REAL, temperature REAL, blood_pressure TEXT NOT NULL)
          STRICT;
        CREATE TABLE IF NOT EXISTS person (
          citizen TEXT PRIMARY KEY, name TEXT NOT NULL, birth_date TEXT NOT NULL, sex INTEGER NOT NULL,
          province TEXT NOT NULL, ward TEXT NOT NULL, visits INTEGER NOT NULL, first_visit TEXT NOT NULL,
          last_visit TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS facility (
          code TEXT NOT NULL, province TEXT NOT NULL, PRIMARY KEY (province, code)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS withdrawal (
          record TEXT PRIMARY KEY, revision INTEGER NOT NULL, reason TEXT NOT NULL, received_at INTEGER NOT NULL)
          STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS departure (
          record TEXT PRIMARY KEY, revision INTEGER NOT NULL, received_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS coverage (
          province TEXT PRIMARY KEY, residents INTEGER NOT NULL, with_book INTEGER NOT NULL, counted_at INTEGER NOT NULL)
          STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX IF NOT EXISTS visit_record ON visit (record, revision);
        CREATE INDEX IF NOT EXISTS visit_citizen ON visit (citizen) WHERE standing = 'current';
        CREATE INDEX IF NOT EXISTS visit_history ON visit (province, standing, month) WHERE standing <> 'current';
        DROP INDEX IF EXISTS visit_report;
        CREATE INDEX IF NOT EXISTS visit_month ON visit (
          province, month, visit_id, facility, kind, ward, main_category, age, is_correct, is_complete, is_clean, is_live)
          WHERE standing = 'current';
        CREATE VIEW IF NOT EXISTS current_visit AS SELECT * FROM visit WHERE standing = 'current';
        """

    /// Tables of rows beside a visit.
    static let lineTables = ["diagnosis", "drug", "service", "result", "vaccination", "health_check"]

    /// Of a row of `visit`, what it was about, to tell whether two are the same: the main diagnosis; of a vaccination, vaccine
    /// and dose; of a health check, its class (`PersonVisits`).
    static let what = """
        CASE kind WHEN '\(VisitKind.vaccination)' THEN (SELECT vaccine || ' ' || coalesce(dose, '') FROM vaccination
          WHERE vaccination.visit_id = visit.visit_id)
          WHEN '\(VisitKind.healthCheck)' THEN (SELECT coalesce(health_class, '') FROM health_check
          WHERE health_check.visit_id = visit.visit_id) ELSE main_disease END
        """

    /// A view for each table beside the visits, and for each way to group them.
    static var views: String {
        let lines = lineTables.map { table in
            "CREATE VIEW IF NOT EXISTS current_\(table) AS SELECT v.record, v.citizen, v.facility, v.month, l.* "
                + "FROM \(table) l JOIN visit v USING (visit_id) WHERE v.standing = 'current';"
        }
        let groups = WarehouseGrouping.allCases.map { grouping in
            """
            CREATE VIEW IF NOT EXISTS report_by_\(grouping.rawValue) AS
              SELECT province, month, \(grouping.column) AS \(grouping.rawValue), \(WarehouseRow.columns)
              FROM visit WHERE standing = 'current' GROUP BY province, month, \(grouping.column);
            """
        }
        return (lines + groups).joined(separator: "\n")
    }
}
