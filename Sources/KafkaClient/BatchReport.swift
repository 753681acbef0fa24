/// What became of records of one batch since the last report.
///
/// A batch is done when the records reported for it, delivered and failed, are as many as were enqueued for it.
public struct BatchReport: Sendable, Equatable {
    /// The number given to `enqueue`.
    public let batch: UInt
    /// Records the broker has confirmed.
    public internal(set) var delivered = 0
    /// Records that will not be delivered; send them again.
    public internal(set) var failed = 0
    /// The error of the first that failed.
    public internal(set) var error: KafkaError?
}
