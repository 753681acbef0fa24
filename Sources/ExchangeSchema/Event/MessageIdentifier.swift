import Crypto
public import Vocabulary

/// The identity of one message, equal for every copy of it: a UUID of version 8 (RFC 9562, section 5.8) computed from
/// what the message is about. Sending the same thing again gives the same identifier, so a receiver can tell.
public struct MessageIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// The 128 bits in the shape of a UUID.
    public let uuid: RecordIdentifier

    /// Takes an identifier that came with a message.
    public init(_ uuid: RecordIdentifier) { self.uuid = uuid }

    /// The identifier of the message of this type about this revision of a record.
    ///
    /// Simulator-defined: a bijective mix of the record's 128 bits, so that two records never share an identifier
    /// except where the six fixed UUID bits swallow the difference.
    public init(_ type: MessageType, record: RecordIdentifier, revision: UInt32) {
        let salt = UInt64(type.rawValue) << 32 | UInt64(revision)
        let first = Self.mixed(record.high &+ Self.mixed(salt &+ 0x9E37_79B9_7F4A_7C15))
        let second = Self.mixed(record.low ^ first)
        self.init(version8High: first ^ second, low: Self.mixed(second))
    }

    /// The identifier of a message that is about a text, for example a signature under an agreement.
    public init(_ type: MessageType, about text: String) {
        let digest = SHA256.hash(data: Array("\(type.eventType)|\(text)".utf8))
        var words: (UInt64, UInt64) = (0, 0)
        for (index, byte) in digest.prefix(16).enumerated() {
            if index < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
        }
        self.init(version8High: words.0, low: words.1)
    }

    init(version8High high: UInt64, low: UInt64) {
        uuid = RecordIdentifier(
            high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    /// The canonical text form.
    public var description: String { uuid.description }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var word = value
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
