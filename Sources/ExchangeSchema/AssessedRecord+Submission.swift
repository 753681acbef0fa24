public import Vocabulary

extension AssessedRecord {
    /// What VSS passes on: the record as the facility submitted it, the blocks byte for byte, and the assessment; of the
    /// tables those that MoH may have.
    public init(
        _ submission: FacilityRecord, assessment: Assessment, releasing parts: RecordPartSet = .tables
    ) {
        self.init()
        recordID = submission.recordID
        revision = submission.revision
        facilityCode = submission.facilityCode
        submittedAt = submission.submittedAt
        administrative = submission.administrative
        insurance = submission.insurance
        clinical = submission.clinical
        clinicalDetails = submission.clinicalDetails
        if !submission.tables.isEmpty { tables = submission.tables.released(to: parts) }
        self.assessment = assessment
    }

    /// The record as the facility submitted it.
    public var submission: FacilityRecord {
        var record = FacilityRecord()
        record.recordID = recordID
        record.revision = revision
        record.facilityCode = facilityCode
        record.submittedAt = submittedAt
        record.administrative = administrative
        record.insurance = insurance
        record.clinical = clinical
        record.clinicalDetails = clinicalDetails
        record.tables = tables
        return record
    }
}
