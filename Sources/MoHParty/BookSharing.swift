import ExchangeSchema
import Vocabulary

/// Makes what is sent of the Electronic Health Book.
enum BookSharing {
    /// The entry of a submission and the two answers. Blocks and tables pass unchanged, those that the reader may have.
    static func entry(
        _ submission: KeptSubmission, assessment: MoHRecord.AssessmentAnswer, citizen: UInt64, province: UInt8,
        now: Int64, releasing parts: RecordPartSet
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
        if parts.contains(.insurance) { entry.insurance = submission.insurance }
        entry.clinical = submission.clinical
        if parts.contains(.clinicalDetails) { entry.clinicalDetails = submission.clinicalDetails }
        if !submission.tables.isEmpty { entry.tables = submission.tables.released(to: parts) }
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
        notice.withdrawn = entry.withdrawn
        return notice
    }

    /// The end of an entry, for the province to which it was sent.
    static func withdrawal(
        _ recordID: String, revision: UInt32, facilityCode: String, from place: BookPlace, now: Int64
    ) -> BookEntry {
        var entry = BookEntry()
        entry.recordID = recordID
        entry.revision = revision
        entry.facilityCode = facilityCode
        entry.citizenNumber = padded(place.citizenNumber, to: 12)
        entry.residentProvince = padded(UInt64(place.entryProvince), to: 2)
        entry.authenticatedAt = now
        entry.withdrawn = true
        return entry
    }

    static func padded(_ number: UInt64, to width: Int) -> String { BookPlace.padded(number, to: width) }
}
