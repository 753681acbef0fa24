/// Who has signed a note, as far as one knows them.
public struct VerifiedSignatures: Sendable, Equatable {
    /// Known keys and their signatures, which are right, in the order of the note; each key once.
    public var known: [Known]
    /// Signatures of unknown keys, ignored as the specification demands (signed-note, "Signatures").
    public var unknown: [NoteSignature]

    /// A known key and its signature.
    public struct Known: Sendable, Equatable {
        /// The key.
        public var key: VerifierKey
        /// Its signature, which is right.
        public var signature: NoteSignature
    }
}

extension SignedNote {
    /// Checks every signature of a known key and ignores all others (signed-note, "Signatures").
    ///
    /// One wrong signature of a known key refuses the note, also next to right ones; so does the absence of any.
    public func verified(by keys: [VerifierKey]) throws(NoteError) -> VerifiedSignatures {
        var result = VerifiedSignatures(known: [], unknown: [])
        for signature in signatures {
            let candidates = keys.filter { $0.made(signature) }
            guard let key = candidates.first else {
                result.unknown.append(signature)
                continue
            }
            guard candidates.allSatisfy({ $0 == key }) else { throw .ambiguousKey(key.description) }
            guard key.verifies(signature, over: text) else { throw .badSignature(key: key.description) }
            if !result.known.contains(where: { $0.key == key }) {
                result.known.append(.init(key: key, signature: signature))
            }
        }
        guard !result.known.isEmpty else {
            throw .noKnownKey(signers: result.unknown.map { "\($0.name)+\($0.identifier)" })
        }
        return result
    }
}
