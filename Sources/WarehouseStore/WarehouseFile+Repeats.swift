import ExchangeSchema
import GRDB
import ProvinceWarehouse

extension WarehouseFile {
    /// Repeated tests of a province's residents: goes over the results person by person, so that memory holds those of one.
    /// - Parameters:
    ///   - month: As `2026-11`: only repeats in visits of this month, by discharge; the earlier result may be older. Nil for
    ///     all months.
    ///   - days: At most so many days between two results, 1 or more.
    ///   - limit: At most so many of the repeats themselves.
    /// - Throws: `StoreError`.
    public func repeats(
        ofProvince province: String, month: String?, within days: Int, limit: Int
    ) throws -> WarehouseRepeats {
        try read { database in
            var count = RepeatCount(days: days, month: month, limit: limit)
            // One visit by two roads is one visit.
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT v.citizen, v.record, v.facility, v.month, v.admitted, v.shared_at, r.service, r.code, r.name,
                      r.resulted FROM visit v INDEXED BY visit_citizen CROSS JOIN result r USING (visit_id)
                      WHERE v.standing = 'current' AND v.province = ?1 AND v.duplicate_of IS NULL
                      ORDER BY v.citizen
                    """, arguments: [province])
            var citizen = ""
            while let row = try rows.next() {
                let next: String = row[0]
                if next != citizen {
                    count.finishPerson()
                    citizen = next
                }
                count.add(row)
            }
            count.finishPerson()
            return WarehouseRepeats(
                province: province, provinceName: Province(code: province)?.name ?? "", month: month, days: days,
                total: count.total, tests: RepeatCount.sorted(count.tests),
                facilities: RepeatCount.sorted(count.facilities),
                records: count.latest)
        }
    }
}

/// Counts repeats, one person after the other.
private struct RepeatCount {
    let days: Int
    let month: String?
    let limit: Int
    private(set) var total = RepeatRow(key: "all")
    private(set) var tests: [String: RepeatRow] = [:]
    private(set) var facilities: [String: RepeatRow] = [:]
    private var records: [RepeatRecord] = []
    private var results: [RepeatTests.Result] = []
    private var words: [(month: String, name: String)] = []

    init(days: Int, month: String?, limit: Int) {
        (self.days, self.month, self.limit) = (days, month, limit)
    }

    mutating func add(_ row: Row) {
        guard let record = RecordIdentifier(row[1] as String) else { return }
        results.append(
            RepeatTests.Result(
                record: record, facility: row[2], service: row[6], code: row[7], admitted: row[4], resulted: row[9],
                sharedAt: row[5]))
        words.append((row[3], row[8]))
    }

    mutating func finishPerson() {
        for (place, finding) in RepeatTests.findings(results, within: days).enumerated() {
            let result = results[place]
            guard month.map({ $0 == words[place].month }) ?? true else { continue }
            total.count(finding)
            let test = [result.service, result.code].filter { !$0.isEmpty }.joined(separator: " ")
            tests[test, default: RepeatRow(key: test, title: words[place].name)].count(finding)
            facilities[result.facility, default: RepeatRow(key: result.facility)].count(finding)
            if let finding { keep(result, results[finding.earlier], finding) }
        }
        results.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
    }

    private mutating func keep(
        _ later: RepeatTests.Result, _ earlier: RepeatTests.Result, _ finding: RepeatTests.Finding
    ) {
        records.append(
            RepeatRecord(
                record: later.record.description, facility: later.facility, service: later.service, code: later.code,
                resulted: later.resulted, earlierRecord: earlier.record.description,
                earlierFacility: earlier.facility, earlierResulted: earlier.resulted, days: finding.days,
                wasKnown: finding.wasKnown))
        if records.count >= 2 * limit + 1_000 { records = latest }
    }

    /// The latest repeats, as many as were asked for.
    var latest: [RepeatRecord] {
        Array(records.sorted { ($0.resulted, $0.record, $0.code) > ($1.resulted, $1.record, $1.code) }.prefix(limit))
    }

    static func sorted(_ rows: [String: RepeatRow]) -> [RepeatRow] {
        rows.values.sorted { ($1.repeats, $1.tests, $0.key) < ($0.repeats, $0.tests, $1.key) }
    }
}
