/// A text and who signed it (signed-note).
///
/// Nothing in it may be believed before ``verified(by:)``.
public struct SignedNote: Sendable, Hashable {
    /// Greatest length that is read, in bytes; the specification asks for a limit.
    public static let greatestLength = 1 << 20
    /// Most signatures that are read; the specification asks for at least 16.
    public static let mostSignatures = 100

    /// The text with its last line break.
    public let text: ExactText
    /// The signatures as they stand.
    public private(set) var signatures: [NoteSignature]

    /// Takes a text, which ends with a line break and has no other control character, and its signatures.
    public init(text: ExactText, signatures: [NoteSignature]) throws(NoteError) {
        let bytes = text.bytes
        if let place = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x0A }) { throw .controlCharacter(at: place) }
        guard bytes.last == 0x0A, !signatures.isEmpty else { throw .noSignatures }
        guard signatures.count <= Self.mostSignatures else { throw .tooManySignatures(signatures.count) }
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note.
    public init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.greatestLength else { throw .tooLong(bytes.count) }
        guard ExactText(utf8: bytes) != nil else { throw .notUTF8 }
        guard bytes.last == 0x0A, let end = Self.endOfText(in: bytes),
            let text = ExactText(utf8: bytes[...end])
        else { throw .noSignatures }
        let lines = bytes[(end + 2)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= Self.mostSignatures else { throw .tooManySignatures(lines.count) }
        var signatures: [NoteSignature] = []
        for (number, line) in lines.enumerated() {
            guard let signature = NoteSignature(line: line) else { throw .malformedSignature(line: number + 1) }
            signatures.append(signature)
        }
        try self.init(text: text, signatures: signatures)
    }

    /// The note as it is stored and sent.
    public var bytes: [UInt8] { text.bytes + [0x0A] + signatures.flatMap { Array($0.line.utf8) } }

    /// Adds a signature, unless it stands there already.
    public mutating func add(_ signature: NoteSignature) throws(NoteError) {
        guard !signatures.contains(signature) else { return }
        guard signatures.count < Self.mostSignatures else { throw .tooManySignatures(signatures.count + 1) }
        signatures.append(signature)
    }

    /// Where the text ends: at the line break before the last blank line that something follows.
    private static func endOfText(in bytes: [UInt8]) -> Int? {
        stride(from: bytes.count - 3, through: 0, by: -1).first { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
    }
}
