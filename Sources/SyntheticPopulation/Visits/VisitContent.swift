/// The tables that visits are written from, encoded once, and the rows drawn for one visit.
struct VisitContent {
    let diagnoses = DiagnosisTable()
    let drugs = DrugTable()
    let services = ServiceTable()
    let vaccines = VaccineTable()

    /// Fields 22 to 26 of table XML2, 23 to 27 of XML3: no other source pays.
    let noOtherSourceDrug = FieldWriter.encode { writer in for field in 22...26 { writer.amount(field, 0) } }
    let noOtherSourceService = FieldWriter.encode { writer in for field in 23...27 { writer.amount(field, 0) } }
}

/// One row of table XML2 or XML3: what, how much, and the money in dong.
struct ItemDraft {
    var entry: Int
    var quantity: UInt64
    var price: UInt64

    /// THANH_TIEN_BV.
    var total: UInt64 { quantity * price }
}

/// What a row or a visit costs, and who pays (domain file, section 2.5), in dong.
struct Money {
    /// T_TONGCHI_BV, T_TONGCHI_BH.
    var total: UInt64 = 0
    var covered: UInt64 = 0
    /// T_BHTT.
    var fund: UInt64 = 0

    /// T_BNCCT: the patient's part of what is covered.
    var patientPart: UInt64 { covered - fund }
    /// T_BNTT: what is not covered at all.
    var patientAlone: UInt64 { total - covered }

    /// Every price is a multiple of 20, so that 95 % is a whole number of dong.
    @inline(__always)
    init(total: UInt64, percent: UInt64) {
        self.total = total
        covered = percent == 0 ? 0 : total
        fund = covered * percent / 100
    }

    init() {}

    @inline(__always)
    mutating func add(_ other: Money) {
        total += other.total
        covered += other.covered
        fund += other.fund
    }
}
