import ExchangeSchema

/// An answer that waits for an agreement: the message that asked, and the encoded IdentityResult.
struct KeptAnswer: Equatable {
    var cause: MessageIdentifier
    var result: [UInt8]

    init(cause: MessageIdentifier, result: [UInt8]) {
        self.cause = cause
        self.result = result
    }

    /// Sixteen bytes of the cause, big-endian, then the result.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16 + result.count)
        cause.uuid.appendBytes(to: &bytes)
        bytes.append(contentsOf: result)
        return bytes
    }

    init?(bytes: [UInt8]) {
        guard bytes.count >= 16 else { return nil }
        let high = bytes[0..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = bytes[8..<16].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        cause = MessageIdentifier(RecordIdentifier(high: high, low: low))
        result = Array(bytes[16...])
    }
}

/// A held answer cannot be read: the data directory was altered.
public struct DamagedAnswer: Error, Equatable, CustomStringConvertible {
    /// Where it is kept.
    public var position: Int64

    /// For people.
    public var description: String {
        "the answer kept at position \(position) is damaged; the data directory was altered, restore it from a copy"
    }
}
