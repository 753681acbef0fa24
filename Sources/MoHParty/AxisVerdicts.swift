import ExchangeSchema
import PartyCore

/// MoH's axis tells what it found of the signatures of messages, before it answers any of their senders. Each verdict is a leaf
/// of the journal, kept with what it says, and noted under the records that it is about.
///
/// | verdict                  | what happens                                                         |
/// |--------------------------|----------------------------------------------------------------------|
/// | one breaks a rule of form| none is written down                                                 |
/// | new                      | a leaf, with a reason where the signature failed; kept and noted     |
/// | written down before      | no leaf; the number of the first one is told                         |
extension MoHCore {
    func noteVerdicts<State: PartyState>(
        _ command: PartyCommand, in turn: inout Turn<State>
    ) throws -> CommandAnswer where State.Record == MoHRecord {
        guard let request = try? NoteVerdicts(decoding: command.payload), !request.verdicts.isEmpty,
            request.verdicts.allSatisfy(\.isWhole)
        else {
            return CommandAnswer(
                Verdict(.notAddressed),
                bytes: Array("the verdicts cannot be read; use programs of one version; none was written down".utf8))
        }
        var noted = VerdictsNoted()
        var statements: [CommandStatement] = []
        for verdict in request.verdicts {
            let identity = MessageIdentifier(of: verdict)
            if let words = try turn.state.note(identity.uuid) {
                noted.leaves.append(VerdictNote(words).leaf)
                continue
            }
            let bytes = verdict.encoded
            let note = VerdictNote(
                leaf: turn.nextLeaf + Int64(statements.count),
                position: turn.state.keep(bytes, for: identity.uuid, since: .max))
            turn.state.setNote(note.words, for: identity.uuid)
            for record in Set(verdict.recordIds.compactMap { RecordIdentifier($0) }) {
                try Self.add(note, to: record, in: &turn.state)
            }
            noted.leaves.append(note.leaf)
            statements.append(CommandStatement(identity, bytes: bytes, reason: verdict.reason))
        }
        return CommandAnswer(
            Verdict(statements.isEmpty ? .duplicate : .obeyed), bytes: noted.encoded, statements: statements)
    }

    private static func add<State: PartyState>(
        _ note: VerdictNote, to record: RecordIdentifier, in state: inout State
    ) throws where State.Record == MoHRecord {
        let head = VerdictNote.subject(record, 0)
        let count = (try state.note(head)?.first ?? 0) + 1
        state.setNote(note.words, for: VerdictNote.subject(record, count))
        state.setNote(RecordWords(count, 0, 0, 0, 0), for: head)
    }
}

extension AxisVerdict {
    /// Most records of one message that are taken; a message may not have more.
    private static let recordLimit = 100_000

    /// Whether it says what a verdict says.
    fileprivate var isWhole: Bool {
        let isKnown =
            [.messageSignature, .organisationSignature].contains(check) && [.held, .failed, .none].contains(outcome)
        let isShort =
            (1...100).contains(senderID.utf8.count) && resultCode.utf8.count <= 100 && reading.utf8.count <= 500
        return isKnown && isShort && messageIDDigest.count == 32 && messageDigest.count == 32
            && recordIds.count <= Self.recordLimit && recordIds.allSatisfy { RecordIdentifier($0) != nil }
    }

    /// Why the message is refused; nil where it is not.
    fileprivate var reason: ReasonCode? {
        guard outcome == .failed else { return nil }
        let isMissing = resultCode.hasSuffix("_MISSING")
        return check == .messageSignature
            ? isMissing ? .mohMessageUnsigned : .mohMessageSignatureInvalid
            : isMissing ? .mohOrganisationUnsigned : .mohOrganisationSignatureInvalid
    }
}
