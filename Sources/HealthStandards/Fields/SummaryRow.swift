import ExchangeSchema

/// The one row of table XML1, which the exchange schema keeps in three blocks.
struct SummaryRow: Sendable, Equatable {
    var administrative = AdministrativeBlock()
    var insurance = InsuranceBlock()
    var clinical = ClinicalBlock()

    /// Elements outside the annex go to the clinical block, which travels least: nobody can tell what an unknown
    /// element says about the patient, so it must not ride along to VSS in one of the other two. Elements that a
    /// caller put into those are written all the same.
    var otherFields: [OtherField] {
        get { administrative.otherFields + insurance.otherFields + clinical.otherFields }
        set { clinical.otherFields = newValue }
    }
}
