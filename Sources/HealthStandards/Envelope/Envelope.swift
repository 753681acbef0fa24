/// A GIAMDINHHS document as VSS dispatch 1245/BHXH-CNTT (3 May 2024) lays it out, with the visits that are sound.
public struct Envelope: Sendable, Equatable {
    /// MACSKCB of THONGTINDONVI: the facility that sends.
    public var facilityCode: String
    /// NGAYLAP, `yyyymmdd`, as written.
    public var createdOn: String
    /// The visits without a problem, in the order of the file.
    public var visits: [VisitRecord]
    /// The bytes between the tags of CHUKYDONVI as they stand in the file, or nil when there are none. Not verified
    /// here, and not written again: a signature covers the bytes of its own file.
    public var signature: [UInt8]?
    /// Paths of elements that the layout does not know, each once, in the order met, at most 100. They are skipped.
    public var skippedElements: [String]

    /// Makes an envelope of its parts.
    public init(
        facilityCode: String, createdOn: String, visits: [VisitRecord], signature: [UInt8]? = nil,
        skippedElements: [String] = []
    ) {
        self.facilityCode = facilityCode
        self.createdOn = createdOn
        self.visits = visits
        self.signature = signature
        self.skippedElements = skippedElements
    }
}
