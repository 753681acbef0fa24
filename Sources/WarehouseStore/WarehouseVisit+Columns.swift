import ExchangeSchema
public import ProvinceWarehouse

extension ProvinceWarehouse.StoredVisit {
    /// The row of the table `visit` that holds this, without its number. It says by name what `WarehouseWriter` binds by
    /// place, so that the one is compared with the other.
    public var columns: WarehouseColumns {
        var columns = visit.columns
        columns["standing"] = .text(standing.rawValue)
        columns["overlaps"] = .integer(finding.overlaps ? 1 : 0)
        columns["duplicate_of"] = WarehouseValue(finding.duplicateOf?.description)
        for word in QualityWord.allCases {
            columns["is_" + word.rawValue] = .integer(word.holds(of: judged) ? 1 : 0)
        }
        return columns
    }
}

extension WarehouseVisit {
    fileprivate var columns: WarehouseColumns {
        var columns: WarehouseColumns = [
            "record": .text(record.description), "revision": .integer(Int64(revision)),
            "citizen": .text(CitizenText.of(citizen)), "province": .text(province), "ward": .text(ward),
            "name": .text(name), "birth_date": .text(birthDateText), "sex": .integer(Int64(sex)),
            "age": WarehouseValue(age.map { Int64($0) }), "facility": .text(facility), "kind": .text(kind),
            "category": .text(category), "admitted": .text(admittedText), "discharged": .text(dischargedText),
            "month": .text(month), "main_disease": .text(mainDisease), "main_category": .text(mainCategory),
            "outcome": .text(outcome), "discharge_kind": .text(dischargeKind), "card_check": .text(cardCheck),
            "benefit_percent": .integer(Int64(benefitPercent)),
        ]
        for (name, amount) in [("total", total), ("covered", covered), ("fund", fund), ("patient", patient)] {
            columns[name] = WarehouseValue(amount)
        }
        columns["shared_at"] = .integer(sharedAt)
        columns["received_at"] = .integer(receivedAt)
        columns["minutes_to_book"] = WarehouseValue(minutesToBook)
        columns["missing"] = .text(missing.joined(separator: ","))
        columns["contradictions"] = .text(contradictions.map(\.rawValue).joined(separator: ","))
        return columns
    }

    /// The rows beside it, by table, in the order of their places and without the number of the visit.
    public var lineColumns: [String: [WarehouseColumns]] {
        func numbered(_ rows: [WarehouseColumns]) -> [WarehouseColumns] {
            rows.enumerated().map { place, row in
                row.merging(["line": .integer(Int64(place + 1))]) { first, _ in first }
            }
        }
        return [
            "diagnosis": diagnoses.map { ["place": .integer(Int64($0.place)), "code": .text($0.code)] },
            "drug": numbered(drugs.map(\.columns)), "service": numbered(services.map(\.columns)),
            "result": numbered(results.map(\.columns)), "vaccination": vaccination.map { [$0.columns] } ?? [],
            "health_check": healthCheck.map { [$0.columns] } ?? [],
        ]
    }
}

extension WarehouseVaccination {
    fileprivate var columns: WarehouseColumns {
        [
            "vaccine": .text(vaccine), "name": .text(name), "diseases": .text(diseases), "dose": WarehouseValue(dose),
            "doses": WarehouseValue(doses), "given": .text(given), "lot": .text(lot), "route": .text(route),
            "site": .text(site), "practitioner": .text(practitioner), "due": .text(due), "reaction": .text(reaction),
        ]
    }
}

extension WarehouseHealthCheck {
    fileprivate var columns: WarehouseColumns {
        [
            "visit_kind": .text(visitKind), "target_groups": .text(groups), "payer": .text(payer),
            "health_class": WarehouseValue(healthClass), "physique_class": WarehouseValue(physiqueClass),
            "is_normal": WarehouseValue(isNormal), "tuberculosis_risk": WarehouseValue(tuberculosisRisk),
            "has_problem": WarehouseValue(hasProblem), "next_check": WarehouseValue(nextCheck),
            "problems": .text(problems), "illnesses": .text(illnesses), "height": WarehouseValue(height),
            "weight": WarehouseValue(weight), "body_mass_index": WarehouseValue(bodyMassIndex),
            "pulse": WarehouseValue(pulse), "breaths": WarehouseValue(breaths),
            "temperature": WarehouseValue(temperature), "blood_pressure": .text(bloodPressure),
        ]
    }
}

extension WarehouseDrug {
    fileprivate var columns: WarehouseColumns {
        [
            "code": .text(code), "name": .text(name), "strength": .text(strength), "unit": .text(unit),
            "dose": .text(dose), "quantity": WarehouseValue(quantity), "price": WarehouseValue(price),
            "amount": WarehouseValue(amount), "covered": WarehouseValue(covered), "ordered": .text(ordered),
        ]
    }
}

extension WarehouseService {
    fileprivate var columns: WarehouseColumns {
        [
            "code": .text(code), "name": .text(name), "group_code": .text(group), "quantity": WarehouseValue(quantity),
            "amount": WarehouseValue(amount), "covered": WarehouseValue(covered), "ordered": .text(ordered),
            "performed": .text(performed), "resulted": .text(resulted),
        ]
    }
}

extension WarehouseResult {
    fileprivate var columns: WarehouseColumns {
        [
            "service": .text(service), "code": .text(index), "name": .text(name), "value": .text(value),
            "unit": .text(unit), "description": .text(description), "conclusion": .text(conclusion),
            "resulted": .text(resulted),
        ]
    }
}
