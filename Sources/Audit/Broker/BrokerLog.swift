public import ExchangeSchema

/// What the files of one partition have, as somebody who reads them says it.
public struct BrokerPartition: Sendable, Equatable {
    /// Records that the files should have and do not.
    public struct Gap: Sendable, Equatable {
        /// The first offset that cannot be read.
        public var first: Int64
        /// The first offset behind that can; nil where nothing sound stands behind.
        public var next: Int64?
        /// Which file, and what is wrong.
        public var text: String

        /// Takes all fields.
        public init(first: Int64, next: Int64?, text: String) {
            (self.first, self.next, self.text) = (first, next, text)
        }
    }

    /// The first offset that is given out: what lay before was deleted by rule.
    public var start: Int64
    /// The offset behind the last sound record.
    public var end: Int64
    /// In the order of their offsets.
    public var gaps: [Gap]

    /// Takes all fields.
    public init(start: Int64, end: Int64, gaps: [Gap]) { (self.start, self.end, self.gaps) = (start, end, gaps) }
}

/// The broker's own log, to be held against the leaves.
public enum BrokerLog {
    /// Nobody asks for it.
    case unasked
    /// The broker is not one of the exchange's own: its files are not here.
    case elsewhere
    /// Hands over the sound records of a partition in the order of their offsets; nil where there are no files of it. Asked once
    /// the stores are open, so that what they have read is there.
    case here((_ topic: String, _ partition: Int32, _ body: (TrafficRecord) -> Void) throws -> BrokerPartition?)
}

/// What came of holding the broker's log against the leaves.
public struct BrokerLogEvidence: Sendable, Codable, Equatable {
    /// Whether it was looked at: only the files of an exchange's own broker are.
    public var isHere: Bool
    /// Partitions that were gone over.
    public var partitions = 0
    /// Records in them that somebody has read.
    public var records: Int64 = 0
    /// Records that were read and are not there any more, but for those deleted by rule.
    public var gone: Int64 = 0
    /// Records that are not what was read.
    public var changed: Int64 = 0

    /// For people.
    var line: String {
        guard isHere else {
            return "broker: it is not one of the exchange's own, so its log was not held against the leaves"
        }
        var line = "broker: \(records) records in \(partitions) partitions were held against the leaves"
        if gone > 0 { line += ", \(gone) are gone" }
        if changed > 0 { line += ", \(changed) are not what was read" }
        return line
    }
}
