import ExchangeSchema

/// Makes the entry of the Electronic Health Book from a submission and the two answers. The blocks pass unchanged.
enum BookSharing {
    static func entry(
        _ submission: KeptSubmission, assessment: MoHRecord.AssessmentAnswer, citizen: UInt64, province: UInt8,
        now: Int64
    ) -> BookEntry {
        var entry = BookEntry()
        entry.recordID = submission.recordID
        entry.revision = submission.revision
        entry.facilityCode = submission.facilityCode
        entry.citizenNumber = padded(citizen, to: 12)
        entry.residentProvince = padded(UInt64(province), to: 2)
        entry.cardCheckCode = assessment.cardCheckCode.map { padded(UInt64($0), to: 3) } ?? ""
        entry.benefitPercent = UInt32(assessment.benefitPercent)
        if let reduction = InsuranceReduction(of: submission.assessment) { entry.reduction = reduction }
        entry.authenticatedAt = now
        entry.administrative = submission.administrative
        entry.insurance = submission.insurance
        entry.clinical = submission.clinical
        entry.clinicalDetails = submission.clinicalDetails
        return entry
    }

    /// What the facility is told of it.
    static func notice(of entry: BookEntry) -> SharingNotice {
        var notice = SharingNotice()
        notice.recordID = entry.recordID
        notice.revision = entry.revision
        notice.facilityCode = entry.facilityCode
        notice.cardCheckCode = entry.cardCheckCode
        notice.benefitPercent = entry.benefitPercent
        notice.sharedAt = entry.authenticatedAt
        return notice
    }

    static func padded(_ number: UInt64, to width: Int) -> String {
        let digits = String(number)
        return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
    }
}
