import ExchangeSchema
import ProvinceWarehouse
import WarehouseStore

/// Compares what hangs on all current visits of a person. The visits themselves were compared before, record by record.
enum PersonComparison {
    /// What a warehouse has of a person.
    static func take(_ person: ScannedPerson, of name: String, _ all: inout ReadModelComparison) {
        let points = person.visits.map(point)
        for (visit, finding) in zip(person.visits, PersonVisits.findings(points)) {
            WarehouseComparison.compare(
                visit,
                [
                    "overlaps": .integer(finding.overlaps ? 1 : 0),
                    "duplicate_of": WarehouseValue(finding.duplicateOf?.description),
                ], "warehouse of \(name): record \(text(visit, "record"))", &all)
        }
        guard let last = person.visits.last else { return }
        let times = points.map(\.discharged).filter { !$0.isEmpty }
        var wanted: WarehouseColumns = [:]
        for column in ["citizen", "name", "birth_date", "sex", "province", "ward"] { wanted[column] = last[column] }
        wanted["visits"] = .integer(Int64(person.visits.count))
        wanted["first_visit"] = .text(times.min() ?? "")
        wanted["last_visit"] = .text(times.max() ?? "")
        WarehouseComparison.compare(
            person.row ?? [:], wanted, "warehouse of \(name): person of record \(text(last, "record"))", &all)
    }

    private static func point(_ visit: WarehouseColumns) -> PersonVisits.Point {
        PersonVisits.Point(
            record: RecordIdentifier(text(visit, "record")) ?? RecordIdentifier(high: 0, low: 0),
            facility: text(visit, "facility"), kind: text(visit, "kind"), disease: text(visit, "what"),
            admitted: text(visit, "admitted"), discharged: text(visit, "discharged"))
    }

    private static func text(_ row: WarehouseColumns, _ column: String) -> String {
        if case .text(let text)? = row[column] { text } else { "" }
    }
}
