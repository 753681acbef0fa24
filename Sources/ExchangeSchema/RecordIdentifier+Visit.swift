import Vocabulary

extension RecordIdentifier {
    /// The record of a visit that comes by hand: a UUID of version 8 from SHA-256 of MA_CSKCB and MA_LK (RFC 9562,
    /// section 5.8). The same visit of the same facility always becomes the same record.
    public init(facilityCode: String, episodeCode: String) {
        self = MessageIdentifier(.facilityRecord, about: "\(facilityCode)|\(episodeCode)").uuid
    }
}
