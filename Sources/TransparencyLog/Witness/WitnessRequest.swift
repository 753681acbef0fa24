/// What a log sends to a witness: a checkpoint and the proof that it continues the last one the witness cosigned
/// (tlog-witness, "add-checkpoint").
public struct WitnessRequest: Sendable, Hashable {
    /// Most hashes of the proof.
    public static let longestProof = 63

    /// Size of the checkpoint that the witness cosigned last; 0 for none.
    public var oldSize: UInt64
    /// Consistency proof from there to the checkpoint.
    public var path: [TreeHash]
    /// The checkpoint as its log signed it.
    public var note: SignedNote

    /// Takes the parts of a request.
    public init(oldSize: UInt64, path: [TreeHash], note: SignedNote) {
        self.oldSize = oldSize
        self.path = path
        self.note = note
    }

    /// Reads a request.
    public init(_ bytes: [UInt8]) throws(WitnessRefusal) {
        guard bytes.count <= SignedNote.greatestLength else { throw .malformedRequest }
        var lines = NoteLines(rest: bytes[...])
        guard let first = lines.next(), first.starts(with: "old ".utf8), let size = Decimal.decode(first.dropFirst(4))
        else {
            throw .malformedRequest
        }
        oldSize = size
        path = []
        while let text = lines.next(), !text.isEmpty {
            guard let hash = Base64.decode(text).flatMap({ TreeHash(bytes: $0) }), path.count < Self.longestProof else {
                throw .malformedRequest
            }
            path.append(hash)
        }
        do { note = try SignedNote(Array(lines.rest)) } catch { throw .policy(.note(error)) }
    }

    /// The request as it is sent.
    public var bytes: [UInt8] {
        Array((["old \(oldSize)"] + path.map(\.base64) + [""]).map { $0 + "\n" }.joined().utf8) + note.bytes
    }
}
