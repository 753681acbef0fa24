/// One signature line of a note (signed-note, "Format").
public struct NoteSignature: Sendable, Hashable {
    /// Name of the key.
    public var name: ExactText
    /// Identifier of the key.
    public var identifier: KeyIdentifier
    /// What follows the identifier: for Ed25519 64 bytes, for a cosignature 8 of time before them.
    public var bytes: [UInt8]

    /// Em dash and space.
    private static let mark = Array("\u{2014} ".utf8)

    /// Takes the parts of a signature.
    public init(name: ExactText, identifier: KeyIdentifier, bytes: [UInt8]) {
        self.name = name
        self.identifier = identifier
        self.bytes = bytes
    }

    /// Reads a line without its line break; nil when it is not of the form.
    public init?(line: some Collection<UInt8>) {
        guard line.starts(with: Self.mark) else { return nil }
        let parts = line.dropFirst(Self.mark.count)
            .split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = ExactText(utf8: parts[0]), name.isKeyName,
            let content = Base64.decode(parts[1]), content.count > 4
        else { return nil }
        self.name = name
        identifier = KeyIdentifier(content.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        bytes = Array(content.dropFirst(4))
    }

    /// The line with its line break.
    public var line: String { "\u{2014} \(name) \(Base64.encode(identifier.bytes + bytes))\n" }
}
