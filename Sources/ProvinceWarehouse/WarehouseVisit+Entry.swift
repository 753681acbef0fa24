public import ExchangeSchema

extension WarehouseVisit {
    /// The rows that an entry of the book becomes (``EncodedVisit``).
    /// - Parameters:
    ///   - entry: What MoH sent.
    ///   - citizen: The number in force, below 10^12.
    ///   - receivedAt: When the locality took it in; Unix milliseconds.
    public init(_ entry: BookEntry, record: RecordIdentifier, citizen: UInt64, receivedAt: Int64) {
        let bytes = entry.encoded
        var visit = EncodedVisit()
        _ = visit.read(bytes.span, bytes.indices, record: record, citizen: citizen, receivedAt: receivedAt)
        self.init(visit, in: bytes.span)
    }

    /// The same with texts of its own.
    init(_ visit: EncodedVisit, in bytes: Span<UInt8>) {
        self.init(record: visit.record, revision: visit.entry.revision, citizen: visit.citizen)
        func text(_ place: TextPlace) -> String { place.string(in: bytes) }
        (facility, province) = (text(visit.entry.facilityCode), text(visit.entry.residentProvince))
        (ward, name) = (text(visit.ward), text(visit.name))
        (birthDate, sex, age) = (visit.birthDate, visit.sex, visit.age)
        kind = visit.kindName ?? text(visit.kind)
        category = text(visit.category)
        (admitted, discharged, minutesToBook) = (visit.admitted, visit.discharged, visit.minutesToBook)
        (outcome, dischargeKind) = (text(visit.outcome), text(visit.dischargeKind))
        (cardCheck, benefitPercent) = (text(visit.entry.cardCheckCode), Int(visit.entry.benefitPercent))
        (total, covered, fund, patient) = visit.amounts(in: bytes)
        (sharedAt, receivedAt) = (visit.entry.authenticatedAt, visit.receivedAt)
        if !visit.mainDisease.isEmpty { diagnoses.append(WarehouseDiagnosis(place: 0, code: text(visit.mainDisease))) }
        for (place, code) in visit.otherDiseases.enumerated() {
            diagnoses.append(WarehouseDiagnosis(place: place + 1, code: text(code)))
        }
        for line in visit.entry.drugs { drugs.append(WarehouseDrug(DrugRow(line, in: bytes), in: bytes)) }
        for line in visit.entry.services { services.append(WarehouseService(ServiceRow(line, in: bytes), in: bytes)) }
        for line in visit.entry.results { results.append(WarehouseResult(ResultRow(line, in: bytes), in: bytes)) }
        vaccination = visit.entry.vaccination.map { WarehouseVaccination(VaccinationRow($0, in: bytes), in: bytes) }
        healthCheck = visit.entry.healthCheck.map { WarehouseHealthCheck(HealthCheckRow($0, in: bytes), in: bytes) }
        (missing, contradictions) = (visit.missing, visit.contradictions)
    }
}
