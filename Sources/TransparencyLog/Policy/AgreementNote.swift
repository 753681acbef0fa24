/// That a party signs an agreement: a signed note with the text (simulator-defined)
///
///     closed-cycle/agreement
///     AGREEMENT
///     ORIGIN
///     TIME
///
/// ORIGIN is the name of the party's log, whose key signs; TIME is in Unix milliseconds. The first line keeps the note from
/// passing for a checkpoint or a list of keys of the same log, and those from passing for it.
public struct AgreementNote: Sendable, Hashable {
    private static let head: ExactText = "closed-cycle/agreement"

    /// The agreement.
    public let agreement: ExactText
    /// The log of the party that signs.
    public let origin: ExactText
    /// When it signed; Unix milliseconds.
    public let time: UInt64
    /// The text and its signature.
    public let note: SignedNote

    /// Signs.
    /// - Parameters:
    ///   - agreement: One line, not empty.
    ///   - time: Unix milliseconds.
    ///   - key: The key of the party's log.
    /// - Throws: ``AgreementNoteError`` for a name that is no line; ``KeyError`` when the key cannot sign.
    public init(agreement: ExactText, time: UInt64, signedBy key: SignerKey) throws {
        guard agreement.isLine else { throw AgreementNoteError.malformed }
        self.agreement = agreement
        origin = key.verifier.name
        self.time = time
        let text = Self.text(agreement, origin, time)
        note = try SignedNote(text: text, signatures: [try key.signature(over: text)])
    }

    /// Reads a note, strictly. Nothing in it may be believed before ``signer(under:)``.
    public init(_ bytes: [UInt8]) throws(AgreementNoteError) {
        do { note = try SignedNote(bytes) } catch { throw .note(error) }
        let lines = note.text.bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count == 4, ExactText(utf8: lines[0]) == Self.head, let agreement = ExactText(utf8: lines[1]),
            let origin = ExactText(utf8: lines[2]), let time = Decimal.decode(lines[3]), agreement.isLine
        else { throw .malformed }
        self.agreement = agreement
        self.origin = origin
        self.time = time
    }

    /// The key that signed, by what the log's list of keys says of the time.
    /// - Throws: ``AgreementNoteError`` when none of these keys signed, or only one that was not in use at that time.
    public func signer(under list: KeyList) throws(AgreementNoteError) -> VerifierKey {
        guard list.origin == origin else { throw .otherLog(origin.string, expected: list.origin.string) }
        let known: [VerifiedSignatures.Known]
        do { known = try note.verified(by: list.entries.map(\.key)).known } catch { throw .note(error) }
        for (place, entry) in list.entries.enumerated() where known.contains(where: { $0.key == entry.key }) {
            let retiredAt = list.entries.dropFirst(place + 1).first?.firstTime ?? .max
            if (entry.firstTime...max(entry.firstTime, retiredAt)).contains(time / 1_000) { return entry.key }
        }
        throw .retiredKey(known.first?.key.description ?? "")
    }

    /// The note as it is sent.
    public var bytes: [UInt8] { note.bytes }

    private static func text(_ agreement: ExactText, _ origin: ExactText, _ time: UInt64) -> ExactText {
        ExactText("\(head)\n\(agreement)\n\(origin)\n\(time)\n")
    }
}

/// Why a signature under an agreement is not believed.
public enum AgreementNoteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no signed note, or the signature is wrong.
    case note(NoteError)
    /// Its text is no signature under an agreement.
    case malformed
    /// It is of another log than the party's.
    case otherLog(String, expected: String)
    /// Only a key signed that was not in use at the time.
    case retiredKey(String)

    /// What is wrong, for a person.
    public var description: String {
        switch self {
        case .note(let error): error.description
        case .malformed: "the note is no signature under an agreement"
        case .otherLog(let origin, let expected): "the note is of the log \(origin), not of \(expected)"
        case .retiredKey(let key): "the key \(key) was not in use at the time of the signature"
        }
    }
}
