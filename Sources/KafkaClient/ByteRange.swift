/// A stretch of a batch's bytes, or nothing at all (which differs from an empty stretch).
public struct ByteRange: Hashable, Sendable {
    let start: UInt32
    let rawCount: Int32

    init(start: Int, count: Int) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.rawCount = Int32(truncatingIfNeeded: count)
    }

    private init() {
        start = 0
        rawCount = -1
    }

    /// No bytes were sent: a missing key, a tombstone's value, an absent header.
    public static let absent = ByteRange()
    /// Whether there is nothing.
    public var isAbsent: Bool { rawCount < 0 }
    /// The number of bytes; 0 when absent.
    public var count: Int { Int(max(rawCount, 0)) }
    /// Where the bytes stand in the batch's buffer.
    var bounds: Range<Int> { Int(start)..<Int(start) + count }
}
