import ExchangeSchema
import Vocabulary

/// Makes what is sent of the Electronic Health Book, of a submission and the two answers.
struct BookSharing {
    let assessment: MoHRecord.AssessmentAnswer
    /// The number in force, below 10^12.
    let citizen: UInt64
    /// Province of residence, as its two digits.
    let province: UInt8
    /// When it is authenticated; Unix milliseconds.
    let now: Int64

    /// The number in force, 12 digits.
    var citizenText: String { Self.padded(citizen, to: 12) }

    private var cardCheckCode: String { assessment.cardCheckCode.map { Self.padded(UInt64($0), to: 3) } ?? "" }

    /// The entry. Blocks and tables pass unchanged, those that the reader may have.
    func entry(_ submission: KeptSubmission, releasing parts: RecordPartSet) -> BookEntry {
        var entry = BookEntry()
        entry.recordID = submission.recordID
        entry.revision = submission.revision
        entry.facilityCode = submission.facilityCode
        entry.citizenNumber = citizenText
        entry.residentProvince = Self.padded(UInt64(province), to: 2)
        entry.cardCheckCode = cardCheckCode
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

    /// The entry of a submission with blocks alone, from where they lie.
    func writeEntry(
        of submission: EncodedRecord, _ bytes: Span<UInt8>, releasing parts: RecordPartSet,
        to entry: inout MessageWriter
    ) {
        entry.write(1, submission.recordID, of: bytes)
        entry.write(2, UInt64(submission.revision))
        entry.write(3, submission.facilityCode, of: bytes)
        entry.write(4, text: citizenText)
        entry.write(5, text: Self.padded(UInt64(province), to: 2))
        entry.write(6, text: cardCheckCode)
        entry.write(7, UInt64(assessment.benefitPercent))
        entry.write(8, signed: now)
        entry.write(9, submission.administrative, of: bytes)
        if parts.contains(.insurance) { entry.write(10, submission.insurance, of: bytes) }
        entry.write(11, submission.clinical, of: bytes)
        if parts.contains(.clinicalDetails) { entry.write(12, submission.clinicalDetails, of: bytes) }
    }

    /// What the facility is told of such an entry.
    func writeNotice(of submission: EncodedRecord, _ bytes: Span<UInt8>, to notice: inout MessageWriter) {
        notice.write(1, submission.recordID, of: bytes)
        notice.write(2, UInt64(submission.revision))
        notice.write(3, submission.facilityCode, of: bytes)
        notice.write(4, text: cardCheckCode)
        notice.write(5, UInt64(assessment.benefitPercent))
        notice.write(6, signed: now)
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
