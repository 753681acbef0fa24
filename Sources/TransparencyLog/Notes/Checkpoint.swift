/// The head of a log: how many leaves, and their root (tlog-checkpoint, "Note text").
public struct Checkpoint: Sendable, Hashable {
    /// The log, for all its life.
    public let origin: ExactText
    /// Number of leaves.
    public let size: UInt64
    /// Root of the RFC 6962 tree.
    public let root: TreeHash
    /// Further lines; the specification advises against them.
    public let extensions: [ExactText]

    /// Takes the parts of a checkpoint.
    public init(
        origin: ExactText, size: UInt64, root: TreeHash, extensions: [ExactText] = []
    ) throws(CheckpointError) {
        guard origin.isLine else { throw .badOrigin }
        if let place = extensions.firstIndex(where: { !$0.isLine }) { throw .badExtension(line: place + 1) }
        guard size > 0 || root == .emptyTree else { throw .badEmptyRoot }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Reads the text of a note, strictly.
    public init(text: ExactText) throws(CheckpointError) {
        let bytes = text.bytes
        let lines = bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard bytes.last == 0x0A, lines.count >= 3 else { throw .tooFewLines }
        guard let origin = ExactText(utf8: lines[0]) else { throw .badOrigin }
        guard let size = Decimal.decode(lines[1]) else { throw .badSize }
        guard let root = Base64.decode(lines[2]).flatMap({ TreeHash(bytes: $0) }) else { throw .badRoot }
        var extensions: [ExactText] = []
        for line in lines.dropFirst(3) {
            guard let line = ExactText(utf8: line) else { throw .badExtension(line: extensions.count + 1) }
            extensions.append(line)
        }
        try self.init(origin: origin, size: size, root: root, extensions: extensions)
    }

    /// The note text.
    public var text: ExactText {
        ExactText(([origin.string, "\(size)", root.base64] + extensions.map(\.string)).map { $0 + "\n" }.joined())
    }

    /// The note, signed by the keys of the log.
    ///
    /// A log signs no checkpoint that does not continue what it signed before (tlog-checkpoint, "Signatures"): the
    /// caller sees to that.
    public func signed(by keys: [SignerKey]) throws -> SignedNote {
        try SignedNote(text: text, signatures: keys.map { key in try key.signature(over: text) })
    }
}
