import PartyStore
import ProvinceWarehouse

/// Writes the rows beside a visit.
final class WarehouseLineWriter {
    private let diagnosis: Statement
    private let drug: Statement
    private let service: Statement
    private let result: Statement

    init(_ connection: StoreConnection) throws {
        func insert(_ table: String, _ columns: Int) throws -> Statement {
            try connection.statement(
                "INSERT INTO \(table) VALUES (" + (1...columns).map { "?\($0)" }.joined(separator: ", ") + ")")
        }
        diagnosis = try insert("diagnosis", 3)
        drug = try insert("drug", 12)
        service = try insert("service", 11)
        result = try insert("result", 10)
    }

    func write(_ visit: WarehouseVisit, _ number: Int64) throws {
        for line in visit.diagnoses {
            var row = RowBinding(diagnosis)
            try row.add(number)
            try row.add(Int64(line.place))
            try row.add(line.code)
            try row.run()
        }
        for (place, line) in visit.drugs.enumerated() {
            var row = RowBinding(drug)
            try row.add(number)
            try row.add(Int64(place + 1))
            for text in [line.code, line.name, line.strength, line.unit, line.dose] { try row.add(text) }
            for amount in [line.quantity, line.price, line.amount, line.covered] { try row.add(amount) }
            try row.add(line.ordered)
            try row.run()
        }
        for (place, line) in visit.services.enumerated() {
            var row = RowBinding(service)
            try row.add(number)
            try row.add(Int64(place + 1))
            for text in [line.code, line.name, line.group] { try row.add(text) }
            for amount in [line.quantity, line.amount, line.covered] { try row.add(amount) }
            for text in [line.ordered, line.performed, line.resulted] { try row.add(text) }
            try row.run()
        }
        for (place, line) in visit.results.enumerated() {
            var row = RowBinding(result)
            try row.add(number)
            try row.add(Int64(place + 1))
            for text in [
                line.service, line.index, line.name, line.value, line.unit, line.description, line.conclusion,
                line.resulted,
            ] { try row.add(text) }
            try row.run()
        }
    }

    func finalize() { for statement in [diagnosis, drug, service, result] { statement.finalize() } }
}
