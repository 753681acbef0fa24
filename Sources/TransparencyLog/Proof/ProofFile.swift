/// Proof, in one file, that an entry is in a log: place, path, and the checkpoint with all its signatures
/// (tlog-proof, "Format"). Files of it end in `.tlog-proof`.
public struct ProofFile: Sendable, Hashable {
    /// First line.
    static let header = "c2sp.org/tlog-proof@v1"
    /// Longest path: that of a tree of 2^64 - 1 leaves.
    static let longestPath = 64

    /// Data for the application, which nothing authenticates; empty for none.
    public var extra: [UInt8]
    /// Place of the entry, from 0.
    public var index: UInt64
    /// Hashes from the leaf's sibling to the child of the root.
    public var path: [TreeHash]
    /// The checkpoint.
    public var note: SignedNote

    /// Takes the parts of a proof.
    public init(index: UInt64, path: [TreeHash], note: SignedNote, extra: [UInt8] = []) {
        self.extra = extra
        self.index = index
        self.path = path
        self.note = note
    }

    /// Reads a file.
    public init(_ bytes: [UInt8]) throws(ProofFileError) {
        guard bytes.count <= 2 * SignedNote.greatestLength else { throw .tooLong(bytes.count) }
        var lines = NoteLines(rest: bytes[...])
        guard lines.next()?.elementsEqual(Self.header.utf8) == true else { throw .badHeader }
        var line = lines.next()
        extra = []
        if let text = line, text.starts(with: "extra ".utf8) {
            guard let data = Base64.decode(text.dropFirst(6)), !data.isEmpty else { throw .badExtra }
            extra = data
            line = lines.next()
        }
        guard let text = line, text.starts(with: "index ".utf8), let index = Decimal.decode(text.dropFirst(6)) else {
            throw .badIndex
        }
        self.index = index
        path = []
        while let text = lines.next() {
            if text.isEmpty {
                do { note = try SignedNote(Array(lines.rest)) } catch { throw .note(error) }
                return
            }
            guard path.count < Self.longestPath else { throw .pathTooLong }
            guard let hash = Base64.decode(text).flatMap({ TreeHash(bytes: $0) }) else {
                throw .badHash(line: path.count + 1)
            }
            path.append(hash)
        }
        throw .noCheckpoint
    }

    /// The file.
    public var bytes: [UInt8] {
        var lines = [Self.header]
        if !extra.isEmpty { lines.append("extra " + Base64.encode(extra)) }
        lines += ["index \(index)"] + path.map(\.base64) + [""]
        return Array(lines.map { $0 + "\n" }.joined().utf8) + note.bytes
    }

    /// Checks, with nothing but public keys, that an entry of this hash is in the log at ``index``.
    ///
    /// - Parameters:
    ///   - leaf: The hash of the entry one has (``TreeHash/leaf(_:)-(RawSpan)``).
    ///   - policy: The keys one believes, and how many witnesses one wants.
    ///   - origin: The log; nil for any that the policy knows.
    public func verify(
        leaf: TreeHash, policy: KeyPolicy, origin: ExactText? = nil
    ) throws(ProofFileError) -> VerifiedCheckpoint {
        let verified: VerifiedCheckpoint
        do { verified = try policy.verify(note, origin: origin) } catch { throw .policy(error) }
        let proof = InclusionProof(index: index, size: verified.checkpoint.size, path: path)
        do { try proof.verify(leaf: leaf, root: verified.checkpoint.root) } catch { throw .proof(error) }
        return verified
    }
}
