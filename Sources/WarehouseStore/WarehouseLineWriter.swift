import ExchangeSchema
import PartyStore
import ProvinceWarehouse

/// Writes the rows beside a visit.
final class WarehouseLineWriter {
    private let diagnosis: Statement
    private let drug: Statement
    private let service: Statement
    private let result: Statement
    private let vaccination: Statement
    private let healthCheck: Statement

    init(_ connection: StoreConnection) throws {
        func insert(_ table: String, _ columns: Int) throws -> Statement {
            try connection.statement(
                "INSERT INTO \(table) VALUES (" + (1...columns).map { "?\($0)" }.joined(separator: ", ") + ")")
        }
        diagnosis = try insert("diagnosis", 3)
        drug = try insert("drug", 12)
        service = try insert("service", 11)
        result = try insert("result", 10)
        vaccination = try insert("vaccination", 13)
        healthCheck = try insert("health_check", 19)
    }

    func write(_ visit: EncodedVisit, _ number: Int64, _ bytes: Span<UInt8>, _ texts: RowTexts) throws {
        if let given = visit.entry.vaccination { try write(VaccinationRow(given, in: bytes), number, texts) }
        if let check = visit.entry.healthCheck { try write(HealthCheckRow(check, in: bytes), number, texts) }
        if !visit.mainDisease.isEmpty { try write(visit.mainDisease, 0, number, texts) }
        var place: Int64 = 0
        for code in visit.otherDiseases {
            place += 1
            try write(code, place, number, texts)
        }
        for index in visit.entry.drugs.indices {
            let line = DrugRow(visit.entry.drugs[index], in: bytes)
            var row = RowBinding(drug, texts)
            try row.add(number)
            try row.add(Int64(index + 1))
            try row.add(line.code)
            try row.add(line.name)
            try row.add(line.strength)
            try row.add(line.unit)
            try row.add(line.dose)
            try row.add(line.quantity)
            try row.add(line.price)
            try row.add(line.amount)
            try row.add(line.covered)
            try row.add(line.ordered)
            try row.run()
        }
        for index in visit.entry.services.indices {
            let line = ServiceRow(visit.entry.services[index], in: bytes)
            var row = RowBinding(service, texts)
            try row.add(number)
            try row.add(Int64(index + 1))
            try row.add(line.code)
            try row.add(line.name)
            try row.add(line.group)
            try row.add(line.quantity)
            try row.add(line.amount)
            try row.add(line.covered)
            try row.add(line.ordered)
            try row.add(line.performed)
            try row.add(line.resulted)
            try row.run()
        }
        for index in visit.entry.results.indices {
            let line = ResultRow(visit.entry.results[index], in: bytes)
            var row = RowBinding(result, texts)
            try row.add(number)
            try row.add(Int64(index + 1))
            try row.add(line.service)
            try row.add(line.index)
            try row.add(line.name)
            try row.add(line.value)
            try row.add(line.unit)
            try row.add(line.description)
            try row.add(line.conclusion)
            try row.add(line.resulted)
            try row.run()
        }
    }

    private func write(_ line: VaccinationRow, _ number: Int64, _ texts: RowTexts) throws {
        var row = RowBinding(vaccination, texts)
        try row.add(number)
        try row.add(line.vaccine)
        try row.add(line.name)
        try row.add(line.diseases)
        try row.add(line.dose)
        try row.add(line.doses)
        try row.add(line.given)
        try row.add(line.lot)
        try row.add(line.route)
        try row.add(line.site)
        try row.add(line.practitioner)
        try row.add(line.due)
        try row.add(line.reaction)
        try row.run()
    }

    private func write(_ line: HealthCheckRow, _ number: Int64, _ texts: RowTexts) throws {
        var row = RowBinding(healthCheck, texts)
        try row.add(number)
        for place in [line.visitKind, line.groups, line.payer] { try row.add(place) }
        try row.add(line.healthClass)
        try row.add(line.physiqueClass)
        for word in [line.isNormal, line.tuberculosisRisk, line.hasProblem, line.nextCheck] { try row.add(word) }
        try row.add(line.problems)
        try row.add(line.illnesses)
        for measure in [line.height, line.weight, line.bodyMassIndex] { try row.add(measure) }
        for sign in [line.pulse, line.breaths, line.temperature] { try row.add(sign) }
        try row.add(line.bloodPressure)
        try row.run()
    }

    private func write(_ code: TextPlace, _ place: Int64, _ number: Int64, _ texts: RowTexts) throws {
        var row = RowBinding(diagnosis, texts)
        try row.add(number)
        try row.add(place)
        try row.add(code)
        try row.run()
    }

    func finalize() {
        for statement in [diagnosis, drug, service, result, vaccination, healthCheck] { statement.finalize() }
    }
}
