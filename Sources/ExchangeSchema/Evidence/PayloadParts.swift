public import Vocabulary

/// A payload cut into its parts, each with salt and digest: what is needed to show one part and keep the others closed.
public struct PayloadParts: Sendable, Equatable {
    /// One part.
    public struct Part: Sendable, Equatable {
        /// Which part.
        public var part: PayloadPart
        /// Its bytes; nil while it is closed.
        public var bytes: [UInt8]?
        /// Its salt; nil while it is closed.
        public var salt: PayloadSalt?
        /// SHA-256 over salt and bytes.
        public var digest: PayloadDigest

        /// A part that is shown.
        public init(_ part: PayloadPart, bytes: [UInt8], salt: PayloadSalt) {
            self.part = part
            self.bytes = bytes
            self.salt = salt
            digest = PayloadDigest(of: bytes.span.bytes, salt: salt)
        }

        /// A part that is closed.
        public init(_ part: PayloadPart, digest: PayloadDigest) {
            self.part = part
            self.digest = digest
        }
    }

    /// The rest first, then the blocks that the type has, in their order; then all tables, where the message has any.
    public var parts: [Part]

    /// Cuts a payload.
    /// - Parameter type: What it is; nil when that could not be told, and then it is one part.
    public init(of payload: [UInt8], type: MessageType?, salt: PayloadSalt) {
        guard let fields = type?.blockFields else {
            parts = [Part(.rest, bytes: payload, salt: salt)]
            return
        }
        let found = payload.withUnsafeBytes { BlockRanges($0, fields: fields) }
        let ranges = found.ranges
        var rest: [UInt8] = []
        var at = 0
        for range in (0..<4).map({ ranges[$0] }).sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            rest += payload[at..<range.lowerBound]
            at = range.upperBound
        }
        if !found.tables.isEmpty {
            rest += payload[at..<found.tables.run.lowerBound]
            at = found.tables.run.upperBound
        }
        rest += payload[at...]
        let salts = PartSalts(salt, areSeveral: true)
        parts = [Part(.rest, bytes: rest, salt: salts[.rest])]
        for (place, part) in PayloadPart.blocks.prefix(fields.count).enumerated() {
            parts.append(Part(part, bytes: Array(payload[ranges[place]]), salt: salts[part]))
        }
        guard !found.tables.isEmpty else { return }
        let tableSalts = TableSalts(salt)
        for (place, part) in PayloadPart.tables.enumerated() {
            parts.append(Part(part, bytes: Array(payload[found.tables.fields[place]]), salt: tableSalts[part]))
        }
    }

    /// Takes parts, open or closed.
    public init(parts: [Part]) { self.parts = parts }

    /// What the journal's leaf has: the digest of the only part, or SHA-256 over the digests of all parts in order.
    public var commitment: PayloadDigest {
        if parts.count == 1 { return parts[0].digest }
        var bytes: [UInt8] = []
        for part in parts { part.digest.appendBytes(to: &bytes) }
        return PayloadDigest(of: bytes)
    }

    /// Whether these are the parts of a message of this type, each once and in order.
    public func areComplete(for type: MessageType?) -> Bool {
        let blocks = [.rest] + PayloadPart.blocks.prefix(type?.blockFields?.count ?? 0)
        let found = parts.map(\.part)
        return found == blocks || type?.blockFields != nil && found == blocks + PayloadPart.tables
    }

    /// The same with all parts closed but these.
    public func showing(only open: Set<PayloadPart>) -> PayloadParts {
        PayloadParts(parts: parts.map { open.contains($0.part) ? $0 : Part($0.part, digest: $0.digest) })
    }
}
