/// The tables that visits are written from, encoded once, and the rows drawn for one visit.
struct VisitContent {
    let diagnoses = DiagnosisTable()
    let drugs = DrugTable()
    let services = ServiceTable()
    let vaccines = VaccineTable()
}

/// One row of table XML2 or XML3: what, how much, and the money in dong.
struct ItemDraft {
    var entry: Int
    var quantity: UInt64
    var price: UInt64

    /// THANH_TIEN_BV.
    var total: UInt64 { quantity * price }
}

/// The rows of a visit in table XML2 or XML3: three at most, and no memory of their own.
struct ItemDrafts {
    private(set) var count = 0
    private var rows: [3 of ItemDraft] = .init(repeating: ItemDraft(entry: 0, quantity: 0, price: 0))

    subscript(place: Int) -> ItemDraft { rows[place] }

    mutating func append(_ row: ItemDraft) {
        rows[count] = row
        count += 1
    }
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

    /// The shares that the fund pays, in percent; nothing without insurance.
    static let percents: [UInt64] = [0, 80, 95, 100]

    /// Place of a share among ``percents``.
    @inline(__always)
    static func place(ofPercent percent: UInt64) -> Int {
        switch percent {
        case 0: 0
        case 80: 1
        case 95: 2
        default: 3
        }
    }

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
