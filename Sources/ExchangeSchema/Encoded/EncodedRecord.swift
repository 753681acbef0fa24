/// A record as it lies in a message that carries it: head and blocks, found in place. `FacilityRecord`, `AcceptedRecord`,
/// `AssessedRecord` and `KeptSubmission` have the same numbers for these (`records.proto`, `assessments.proto`).
///
/// Only of messages that have nothing else, each field once and in order, as nearly all have. Of any other the library says
/// what it is: one with tables, one that takes a record back, one with fields that nobody knows, and what is no message.
public struct EncodedRecord: Sendable {
    /// The record, as its text.
    public private(set) var recordID = TextPlace()
    /// The revision, from 1.
    public private(set) var revision: UInt32 = 0
    /// MA_CSKCB of the sender.
    public private(set) var facilityCode = TextPlace()
    /// When it was submitted, in an `AcceptedRecord` when MoH accepted it; Unix milliseconds.
    public private(set) var time: Int64 = 0
    /// Encoded blocks; empty where there is none.
    public private(set) var administrative = 0..<0
    /// Likewise.
    public private(set) var insurance = 0..<0
    /// Likewise; none in an `AcceptedRecord`.
    public private(set) var clinical = 0..<0
    /// Likewise.
    public private(set) var clinicalDetails = 0..<0
    /// The encoded `Assessment` that came with the record; empty where there is none.
    public private(set) var assessment = 0..<0

    /// A message that has blocks, and what it calls them.
    public enum Carrier: Int, Sendable {
        /// `AcceptedRecord`; the raw value is the number of the last field.
        case accepted = 6
        /// `FacilityRecord`.
        case submission = 8
        /// `AssessedRecord`, and `KeptSubmission` as long as nothing else is kept in it.
        case assessed = 9
    }

    /// Nil where the library is to say what it is. The code of the facility is a text, and the record is the one that is
    /// given; the blocks may be anything.
    /// - Parameter record: What the message must be about.
    public init?(_ carrier: Carrier, _ bytes: Span<UInt8>, about record: RecordIdentifier) {
        var fields = EncodedFields(bytes.indices)
        var last = 0
        while fields.next(in: bytes) {
            guard fields.number > last, fields.number <= carrier.rawValue else { return nil }
            last = fields.number
            switch (fields.number, fields.kind) {
            case (1, .bytes): recordID = TextPlace(fields.content)
            case (2, .number): revision = UInt32(truncatingIfNeeded: fields.value)
            case (3, .bytes): facilityCode = TextPlace(fields.content)
            case (4, .number): time = Int64(bitPattern: fields.value)
            case (5, .bytes): administrative = fields.content
            case (6, .bytes): insurance = fields.content
            case (7, .bytes): clinical = fields.content
            case (8, .bytes): clinicalDetails = fields.content
            case (9, .bytes): assessment = fields.content
            default: return nil
            }
        }
        guard !fields.isMalformed, revision > 0,
            RecordIdentifier(utf8: bytes.extracting(recordID.range).bytes) == record,
            EncodedText.isBlank(bytes, facilityCode.range) != nil
        else { return nil }
    }
}
