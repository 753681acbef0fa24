/// The partition that a keyed record goes to when none is given: the hash that Java clients use, so that all clients
/// of a cluster agree.
///
/// - Parameters:
///   - key: the record's key; an empty one has a partition like any other.
///   - count: partitions of the topic, at least 1.
public func murmur2Partition(key: RawSpan, count: Int32) -> Int32 {
    precondition(count > 0, "a topic has at least one partition")
    return Int32(murmur2(key) & 0x7fff_ffff) % count
}

/// The same with an array.
public func murmur2Partition(key: [UInt8], count: Int32) -> Int32 {
    murmur2Partition(key: unsafe key.span.bytes, count: count)
}

/// MurmurHash2, 32 bit, little-endian, with the seed of Kafka's Java client.
func murmur2(_ bytes: RawSpan) -> UInt32 {
    let multiplier: UInt32 = 0x5bd1_e995
    let count = bytes.byteCount
    var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: count)
    var place = 0
    while place + 4 <= count {
        var word = UInt32(littleEndian: bytes.word(place))
        word &*= multiplier
        word ^= word >> 24
        word &*= multiplier
        hash = (hash &* multiplier) ^ word
        place += 4
    }
    let rest = count - place
    if rest > 0 {
        for index in 0..<rest { hash ^= UInt32(bytes.byte(place + index)) << UInt32(8 * index) }
        hash &*= multiplier
    }
    hash ^= hash >> 13
    hash &*= multiplier
    hash ^= hash >> 15
    return hash
}

extension RawSpan {
    /// Four bytes; the bounds are checked.
    fileprivate func word(_ offset: Int) -> UInt32 {
        unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    }

    /// A byte; the bounds are checked.
    fileprivate func byte(_ offset: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
}
