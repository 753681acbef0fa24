/// A command as it crosses the socket. All numbers are big-endian (simulator-defined):
///
///     bytes 0-3    how many bytes follow
///     byte 4       version of this layout
///     byte 5       kind of the command, or in an answer its ``InboxStatus``
///     bytes 6-21   identity of the command: equal when it is sent again
///     then         the payload; of an answer that refuses, UTF-8 text for a person
///
/// Version and kind stand at the same place in every version, so that another version can be told and answered.
public struct CommandFrame: Sendable, Equatable {
    /// Version of the layout.
    public static let version: UInt8 = 1
    /// Bytes of a frame before its payload, the length not counted.
    static let headBytes = 18
    /// Most bytes of a payload unless told otherwise: eight mebibytes.
    public static let greatestPayload = 8 << 20

    /// Version of the layout it is written in.
    public var version: UInt8 = Self.version
    /// What is asked for, or how it ended.
    public var kind: UInt8
    /// High and low half of the identity.
    public var identity: (high: UInt64, low: UInt64)
    /// What goes with it.
    public var payload: [UInt8]

    /// A frame of this version.
    public init(kind: UInt8, identity: (high: UInt64, low: UInt64), payload: [UInt8]) {
        self.kind = kind
        self.identity = identity
        self.payload = payload
    }

    /// The bytes, the length included.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + Self.headBytes + payload.count)
        withUnsafeBytes(of: UInt32(clamping: Self.headBytes + payload.count).bigEndian) {
            bytes.append(contentsOf: $0)
        }
        bytes += [version, kind]
        for word in [identity.high, identity.low] {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes + payload
    }

    /// Reads what follows the length; nil when it is shorter than a head.
    init?(body: some Collection<UInt8>) {
        guard body.count >= Self.headBytes else { return nil }
        let head = Array(body.prefix(Self.headBytes))
        func word(_ at: Int) -> UInt64 { head[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        version = head[0]
        kind = head[1]
        identity = (word(2), word(10))
        payload = Array(body.dropFirst(Self.headBytes))
    }

    /// Compares all fields.
    public static func == (first: CommandFrame, second: CommandFrame) -> Bool {
        first.version == second.version && first.kind == second.kind && first.identity == second.identity
            && first.payload == second.payload
    }
}

/// How a command ended.
public enum InboxStatus: UInt8, Sendable, CaseIterable {
    /// What was asked for is committed, or had been before; the payload says what came of it.
    case done = 0
    /// Nothing was changed; the payload says why, in words.
    case refused = 1
}
