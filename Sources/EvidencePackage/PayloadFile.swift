import Foundation

/// One part of a payload in a package: shown, or by its digest only.
struct PackagedPart: Sendable, Codable, Equatable {
    /// Which part: `rest`, or a block or table by its name.
    var label: String
    /// The bytes as they crossed the broker; nil when they are not shown. Base 64 in the file.
    var bytes: Data?
    /// The part's own salt, 16 bytes, with which its digest was made; only beside ``bytes``. Base 64 in the file.
    var salt: Data?
    /// The part's digest, 64 hexadecimal digits; nil where ``bytes`` are, from which it is computed.
    var digest: String?

    /// A part that is shown.
    init(label: String, bytes: [UInt8], salt: [UInt8]?) {
        self.label = label
        self.bytes = Data(bytes)
        self.salt = salt.map { Data($0) }
    }

    /// A part that is not shown.
    init(label: String, digest: String) {
        self.label = label
        self.digest = digest
    }
}

/// `payloads/N.json`: one message's payload, in parts.
struct PayloadFile: Codable, Equatable {
    /// The message whose payload it is.
    var message: String
    /// Its event type.
    var type: String
    /// Where it lay in the broker.
    var topic: String
    var partition: Int32
    var offset: Int64
    /// Whether the person's key was erased, so that nothing can be shown.
    var isErased: Bool
    /// The parts; empty for an erased payload.
    var parts: [PackagedPart]
}
