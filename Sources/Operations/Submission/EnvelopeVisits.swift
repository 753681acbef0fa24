public import ExchangeSchema
public import HealthStandards
public import PartyCore
import Vocabulary

/// The visits of an envelope as a facility's source. The same visit of the same facility always becomes the same
/// record, so that a file sent twice has no second effect.
public struct EnvelopeVisits: VisitSource {
    /// What is submitted, in the order of the file.
    public let contents: [VisitContent]
    /// Index of the first visit: how many the facility has submitted from earlier files.
    public var firstIndex: Int64 = 0

    /// The index after the last visit's.
    public var count: Int64 { firstIndex + Int64(contents.count) }

    /// A file may come twice.
    public var mayRepeat: Bool { true }

    /// The sound visits of an envelope.
    public init(_ envelope: Envelope) {
        contents = envelope.visits.map { visit in
            VisitContent(
                record: Self.record(facilityCode: envelope.facilityCode, episodeCode: visit.episodeCode),
                facilityCode: envelope.facilityCode, administrative: visit.administrative.encoded,
                insurance: visit.insurance.encoded, clinical: visit.clinical.encoded, details: visit.details.encoded)
        }
    }

    /// The record of a visit: a UUID of version 8 from SHA-256 of MACSKCB and MA_LK (RFC 9562, section 5.8).
    public static func record(facilityCode: String, episodeCode: String) -> RecordIdentifier {
        MessageIdentifier(.facilityRecord, about: "\(facilityCode)|\(episodeCode)").uuid
    }

    /// The visit with this index; a file has only one revision of it.
    public func visit(_ index: Int64, revision: UInt32) -> VisitContent {
        contents[Int(min(max(index - firstIndex, 0), Int64(contents.count) - 1))]
    }

    /// Never: the hospital corrects in its own system and sends a new file.
    public func isCorrected(_ index: Int64, afterRevision: UInt32) -> Bool { false }

    /// Not known of real visits.
    public func isWrongMatch(_ index: Int64, revision: UInt32) -> Bool { false }
}
