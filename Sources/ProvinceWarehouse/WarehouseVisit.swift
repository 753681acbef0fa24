public import ExchangeSchema

/// One revision of a visit as a warehouse keeps it: a row of the table `visit`, with the rows of the tables beside it.
public struct WarehouseVisit: Sendable, Equatable {
    /// The record.
    public var record: RecordIdentifier
    /// Which revision of the record this is.
    public var revision: UInt32
    /// Whose visit it is: the authenticated number, below 10^12.
    public var citizen: UInt64
    /// Province of residence, two digits.
    public var province = ""
    /// Ward as the facility wrote it (MAXA_CU_TRU).
    public var ward = ""
    /// HO_TEN.
    public var name = ""
    /// NGAY_SINH; nil where it is no date.
    public var birthDate: CivilDate?
    /// GIOI_TINH; 0 where it is no digit of the annex.
    public var sex: UInt8 = 0
    /// Full years at admission; nil where birth or admission is not known.
    public var age: Int?
    /// MA_CSKCB.
    public var facility = ""
    /// MA_LOAI_KCB, ``VisitKind/vaccination`` or ``VisitKind/healthCheck``.
    public var kind = ""
    /// MA_DOITUONG_KCB.
    public var category = ""
    /// NGAY_VAO, also of a health check, of a vaccination NGAY_TIEM; nil where it is no time.
    public var admitted: VisitTime?
    /// NGAY_RA, of a vaccination NGAY_TIEM, of a health check NGAY_VAO; nil where it is no time.
    public var discharged: VisitTime?
    /// KET_QUA_DTRI.
    public var outcome = ""
    /// MA_LOAI_RV.
    public var dischargeKind = ""
    /// Card-check code of VSS; empty when not insured.
    public var cardCheck = ""
    /// Share that the fund pays, 0 to 100.
    public var benefitPercent = 0
    /// T_TONGCHI_BV in dong; nil for what is no number.
    public var total: Double?
    /// T_TONGCHI_BH in dong; nil for what is no number.
    public var covered: Double?
    /// T_BHTT in dong; nil for what is no number.
    public var fund: Double?
    /// T_BNCCT in dong; nil for what is no number.
    public var patient: Double?
    /// When MoH authenticated it; Unix milliseconds.
    public var sharedAt: Int64 = 0
    /// When this locality took it in; Unix milliseconds.
    public var receivedAt: Int64 = 0
    /// Minutes from discharge to authentication; nil where the discharge is not known.
    public var minutesToBook: Int64?
    /// Required fields that are empty (``HealthStandards/RequiredFields``), as `XML1.DIA_CHI`.
    public var missing: [String] = []
    /// What contradicts itself in it.
    public var contradictions: [Contradiction] = []
    /// Its diagnoses, the main one first.
    public var diagnoses: [WarehouseDiagnosis] = []
    /// Its drugs, in the order of XML2.
    public var drugs: [WarehouseDrug] = []
    /// Its services, in the order of XML3.
    public var services: [WarehouseService] = []
    /// Its results, in the order of XML4.
    public var results: [WarehouseResult] = []
    /// The vaccination that it is; nil of a visit.
    public var vaccination: WarehouseVaccination?
    /// The health check that it is; nil of a visit.
    public var healthCheck: WarehouseHealthCheck?

    /// An empty revision.
    init(record: RecordIdentifier, revision: UInt32, citizen: UInt64) {
        self.record = record
        self.revision = revision
        self.citizen = citizen
    }

    /// The month in which it counts, `2026-11`: that of the discharge; empty where that is not known.
    public var month: String { discharged.map { String(WrittenMoment.text($0.date).prefix(7)) } ?? "" }

    /// Time of admission as the tables have it.
    public var admittedText: String { admitted.map(WrittenMoment.text) ?? "" }
    /// Time of discharge as the tables have it.
    public var dischargedText: String { discharged.map(WrittenMoment.text) ?? "" }
    /// Birth date as the tables have it.
    public var birthDateText: String { birthDate.map(WrittenMoment.text) ?? "" }

    /// The main diagnosis.
    public var mainDisease: String { diagnoses.first { $0.place == 0 }?.code ?? "" }
    /// What it was about, to tell whether two are the same: the main diagnosis; of a vaccination, vaccine and dose; of a
    /// health check, its class.
    var what: String {
        if let healthCheck { return healthCheck.healthClass.map { "\($0)" } ?? "" }
        guard let vaccination else { return mainDisease }
        return vaccination.vaccine + " " + (vaccination.dose.map { "\($0)" } ?? "")
    }

    /// Category of the main diagnosis, three characters.
    public var mainCategory: String { String(mainDisease.prefix(3)) }
}
