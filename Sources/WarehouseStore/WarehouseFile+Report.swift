import ExchangeSchema
import GRDB
import PartyStore
import ProvinceWarehouse

extension WarehouseFile {
    /// The report of a province.
    ///
    /// The visits of the month are gone over once, for all groupings: by itself each would have SQLite sort them again.
    /// - Parameters:
    ///   - month: As `2026-11`; nil for all months.
    ///   - groupings: By what the visits are grouped besides.
    /// - Throws: `StoreError`.
    public func report(
        ofProvince province: String, month: String?, by groupings: [WarehouseGrouping]
    ) throws -> WarehouseReport {
        try read { database in
            func number(_ sql: String, _ arguments: [String?]) throws -> Int64 {
                try Int64.fetchOne(
                    database, sql: sql, arguments: StatementArguments(arguments.compactMap(\.self))) ?? 0
            }
            func history(_ standing: RevisionStanding) throws -> Int64 {
                try number(
                    "SELECT count(*) FROM visit WHERE standing <> 'current' AND standing = ? AND province = ?"
                        + (month == nil ? "" : " AND month = ?"), [standing.rawValue, province, month])
            }
            let connection = try StoreConnection(database.sqliteConnection)
            let counts = try VisitCounts(
                connection, province: province, month: month, by: groupings + (month == nil ? [] : [.facility]))
            var groups: [String: [WarehouseRow]] = [:]
            for grouping in groupings { groups[grouping.rawValue] = counts.rows(by: grouping) }
            var silent: [String] = []
            if month != nil {
                let sending = Set(counts.rows(by: .facility).map(\.key))
                silent = try String.fetchAll(
                    database, sql: "SELECT code FROM facility WHERE province = ? ORDER BY code", arguments: [province]
                ).filter { !sending.contains($0) }
            }
            return WarehouseReport(
                province: province, provinceName: Province(code: province)?.name ?? "", month: month,
                people: try number("SELECT count(*) FROM person WHERE province = ?", [province]),
                total: counts.total,
                before: try month.flatMap(WarehouseMonth.before).map {
                    try VisitCounts(connection, province: province, month: $0, by: []).total
                },
                withdrawn: try history(.withdrawn), superseded: try history(.superseded), groups: groups,
                silentFacilities: silent,
                definitions: Dictionary(
                    uniqueKeysWithValues: WarehouseMeasure.all.map { ($0.name, $0.meaning) }))
        }
    }
}
