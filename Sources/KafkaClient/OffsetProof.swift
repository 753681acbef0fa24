/// Tells a delivery report that a broker has confirmed from one that the client library only infers.
///
/// An idempotent producer counts a batch as delivered when the broker calls it a duplicate, or when a later batch was
/// taken. Where the partition had just got its leader, the batch may be nowhere (librdkafka issue 4134). Such a report
/// has no error and no offset. It is known by its first record only: the library writes "no offset" (a negative number)
/// to the first and counts up from there, so that a large batch seems to have offsets from its second or 1,002nd record
/// on. Offsets of one report follow each other; a run that began below zero proves nothing.
struct OffsetProof {
    private var partition: Int32 = -1
    private var next: Int64 = 0
    private var isProven = false

    /// To be called before each report of the library: runs never reach beyond one.
    mutating func begin() { partition = -1 }

    /// Whether the offset of the next record of the report is the broker's word.
    mutating func holds(partition: Int32, offset: Int64) -> Bool {
        if partition != self.partition || offset != next {
            self.partition = partition
            isProven = offset >= 0
        }
        next = offset &+ 1
        return isProven
    }
}
