import ExchangeSchema

/// A diagnosis of a visit: the main one first.
public struct WarehouseDiagnosis: Sendable, Equatable {
    /// 0 for the main diagnosis (MA_BENH_CHINH), from 1 on for those beside it (MA_BENH_KT).
    public var place: Int
    /// ICD-10 code as written.
    public var code: String
}

/// A drug of a visit (XML2). Times are as people write them, `2026-11-28 09:20`; empty where none is written.
public struct WarehouseDrug: Sendable, Equatable {
    /// MA_THUOC, TEN_THUOC, HAM_LUONG, DON_VI_TINH, LIEU_DUNG.
    public var (code, name, strength, unit, dose) = ("", "", "", "", "")
    /// SO_LUONG, DON_GIA, THANH_TIEN_BV, THANH_TIEN_BH; nil for what is no number.
    public var (quantity, price, amount, covered): (Double?, Double?, Double?, Double?)
    /// NGAY_YL.
    public var ordered = ""
}

/// A service, bed or supply of a visit (XML3).
public struct WarehouseService: Sendable, Equatable {
    /// MA_DICH_VU or, of a supply, MA_VAT_TU; its name; MA_NHOM.
    public var (code, name, group) = ("", "", "")
    /// SO_LUONG, THANH_TIEN_BV, THANH_TIEN_BH; nil for what is no number.
    public var (quantity, amount, covered): (Double?, Double?, Double?)
    /// NGAY_YL, NGAY_TH_YL, NGAY_KQ.
    public var (ordered, performed, resulted) = ("", "", "")
}

/// A laboratory or imaging result of a visit (XML4).
public struct WarehouseResult: Sendable, Equatable {
    /// MA_DICH_VU, MA_CHI_SO, TEN_CHI_SO.
    public var (service, index, name) = ("", "", "")
    /// GIA_TRI, DON_VI_DO, MO_TA, KET_LUAN.
    public var (value, unit, description, conclusion) = ("", "", "", "")
    /// NGAY_KQ.
    public var resulted = ""
}

/// What a vaccination is.
public struct WarehouseVaccination: Sendable, Equatable {
    /// MA_VACXIN, TEN_VACXIN, BENH_PHONG, SO_LO.
    public var (vaccine, name, diseases, lot) = ("", "", "", "")
    /// SO_MUI, TONG_MUI; nil for what is no number.
    public var (dose, doses): (Int64?, Int64?)
    /// NGAY_TIEM, NGAY_HEN.
    public var (given, due) = ("", "")
    /// DUONG_TIEM, VI_TRI_TIEM, MA_BAC_SI, PHAN_UNG.
    public var (route, site, practitioner, reaction) = ("", "", "", "")
}

/// What a health check is.
public struct WarehouseHealthCheck: Sendable, Equatable {
    /// MA_LOAI_KCB, DOI_TUONG, NGUON_CHI_TRA.
    public var (visitKind, groups, payer) = ("", "", "")
    /// PHAN_LOAI_SK, KHAM_THE_LUC_PL; nil for what is no number.
    public var (healthClass, physiqueClass): (Int64?, Int64?)
    /// BINH_THUONG, NGUY_CO_MAC_LAO, VAN_DE_SUC_KHOE, HEN_KHAM_LAN_SAU; likewise.
    public var (isNormal, tuberculosisRisk, hasProblem, nextCheck): (Int64?, Int64?, Int64?, Int64?)
    /// CAC_VAN_DE_SUC_KHOE or GHI_RO_VAN_DE_SUC_KHOE; CAC_BENH_TAT_NEU_CO; HUYET_AP.
    public var (problems, illnesses, bloodPressure) = ("", "", "")
    /// Centimetres, kilograms, CHI_SO_BMI; nil for what is no number.
    public var (height, weight, bodyMassIndex): (Double?, Double?, Double?)
    /// Beats and breaths a minute, degrees Celsius; likewise.
    public var (pulse, breaths, temperature): (Double?, Double?, Double?)
}

extension WarehouseHealthCheck {
    init(_ row: HealthCheckRow, in bytes: Span<UInt8>) {
        (visitKind, groups) = (row.visitKind.string(in: bytes), row.groups.string(in: bytes))
        (payer, bloodPressure) = (row.payer.string(in: bytes), row.bloodPressure.string(in: bytes))
        (problems, illnesses) = (row.problems.string(in: bytes), row.illnesses.string(in: bytes))
        (healthClass, physiqueClass) = (row.healthClass, row.physiqueClass)
        (isNormal, tuberculosisRisk) = (row.isNormal, row.tuberculosisRisk)
        (hasProblem, nextCheck) = (row.hasProblem, row.nextCheck)
        (height, weight, bodyMassIndex) = (row.height, row.weight, row.bodyMassIndex)
        (pulse, breaths, temperature) = (row.pulse, row.breaths, row.temperature)
    }
}

extension WarehouseVaccination {
    init(_ row: VaccinationRow, in bytes: Span<UInt8>) {
        (vaccine, name) = (row.vaccine.string(in: bytes), row.name.string(in: bytes))
        (diseases, lot) = (row.diseases.string(in: bytes), row.lot.string(in: bytes))
        (dose, doses) = (row.dose, row.doses)
        (given, due) = (row.given.map(WrittenMoment.text) ?? "", row.due.map(WrittenMoment.text) ?? "")
        (route, site) = (row.route.string(in: bytes), row.site.string(in: bytes))
        (practitioner, reaction) = (row.practitioner.string(in: bytes), row.reaction.string(in: bytes))
    }
}

extension WarehouseDrug {
    init(_ row: DrugRow, in bytes: Span<UInt8>) {
        (code, name) = (row.code.string(in: bytes), row.name.string(in: bytes))
        (strength, unit, dose) = (
            row.strength.string(in: bytes), row.unit.string(in: bytes), row.dose.string(in: bytes)
        )
        (quantity, price, amount, covered) = (row.quantity, row.price, row.amount, row.covered)
        ordered = row.ordered.map(WrittenMoment.text) ?? ""
    }
}

extension WarehouseService {
    init(_ row: ServiceRow, in bytes: Span<UInt8>) {
        (code, name, group) = (row.code.string(in: bytes), row.name.string(in: bytes), row.group.string(in: bytes))
        (quantity, amount, covered) = (row.quantity, row.amount, row.covered)
        (ordered, performed) = (row.ordered.map(WrittenMoment.text) ?? "", row.performed.map(WrittenMoment.text) ?? "")
        resulted = row.resulted.map(WrittenMoment.text) ?? ""
    }
}

extension WarehouseResult {
    init(_ row: ResultRow, in bytes: Span<UInt8>) {
        (service, index, name) = (
            row.service.string(in: bytes), row.index.string(in: bytes), row.name.string(in: bytes)
        )
        (value, unit) = (row.value.string(in: bytes), row.unit.string(in: bytes))
        (description, conclusion) = (row.description.string(in: bytes), row.conclusion.string(in: bytes))
        resulted = row.resulted.map(WrittenMoment.text) ?? ""
    }
}
