public import ExchangeSchema
import TransparencyLog

/// A message of the topic on which parties publish and cosign their checkpoints.
public struct CheckpointMessage: Sendable, Hashable {
    /// What it is; the raw value crosses the wire as `ce_type`.
    public enum Kind: String, Sendable, CaseIterable {
        /// A checkpoint and the proof that it continues the one published before: the body of an "add-checkpoint"
        /// request (tlog-witness).
        case checkpoint = "exchange.v1.Checkpoint"
        /// A cosignature line, as an "add-checkpoint" request is answered; `ce_subject` has the size of the checkpoint.
        case cosignature = "exchange.v1.Cosignature"
        /// Both histories of a log (`SplitView.bytes`).
        case splitView = "exchange.v1.SplitView"
        /// The keys of a log (`KeyList`).
        case keys = "exchange.v1.CheckpointKeys"
    }

    /// What it is.
    public var kind: Kind
    /// The party that sends it, as `ce_source` says it.
    public var sender: String
    /// The log that it is about; the key of the record.
    public var origin: String
    /// Number of leaves, in a cosignature.
    public var size: UInt64?
    /// The value of the record.
    public var body: [UInt8]

    /// Takes all parts.
    public init(_ kind: Kind, from sender: String, origin: String, size: UInt64? = nil, body: [UInt8]) {
        self.kind = kind
        self.sender = sender
        self.origin = origin
        self.size = size
        self.body = body
    }

    /// Reads a record of the topic by its parts; nil when it is no such message.
    /// - Parameters:
    ///   - type: `ce_type`.
    ///   - source: `ce_source`.
    ///   - subject: `ce_subject`.
    public init?(type: String?, source: String?, subject: String?, key: ArraySlice<UInt8>?, value: ArraySlice<UInt8>?) {
        guard let kind = type.flatMap({ Kind(rawValue: $0) }), let source, source.hasPrefix("/"),
            let key = key.flatMap({ String(validating: $0, as: UTF8.self) }), let value,
            value.count <= SignedNote.greatestLength
        else { return nil }
        self.init(
            kind, from: String(source.dropFirst()), origin: key, size: subject.flatMap { UInt64($0) },
            body: Array(value))
    }

    /// `ce_id`: the same for the same message, so that one sent again can be told.
    public var identifier: RecordIdentifier {
        let parts = [kind.rawValue, sender, origin, size.map(String.init) ?? ""]
        let hash = TreeHash.leaf(Array(parts.joined(separator: "\n").utf8) + [0x0A] + body).bytes
        func word(_ at: Int) -> UInt64 { hash[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        // Version 8, variant 1 (RFC 9562, section 5.8).
        return RecordIdentifier(high: word(0) & ~0xF000 | 0x8000, low: word(8) & ~(3 << 62) | 2 << 62)
    }
}
