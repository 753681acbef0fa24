public import ExchangeSchema

/// What crossed the broker of an exchange, kept with its payloads: the auditor's vault, or the broker's own log.
public protocol RecordedTraffic {
    /// Hands every record to the body, in the order in which it was recorded.
    /// - Throws: What the body throws, which ends the pass; and what reading throws.
    func forEach(_ body: (TrafficRecord) throws -> Void) throws
    /// One record by its place; nil when it was not recorded. Asked in order of offset within each partition.
    func record(topic: String, partition: Int32, offset: Int64) throws -> TrafficRecord?
}
