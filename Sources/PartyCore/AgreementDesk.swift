import ExchangeSchema
import FoundationEssentials
import TransparencyLog
import Vocabulary

/// What a party does about agreements: checks the signatures of others, notes them, and signs when it is told to. What
/// is held back until then the party's core decides, by ``isInForce(_:_:)``.
///
/// | signature                                   | what happens                                                  |
/// |---------------------------------------------|---------------------------------------------------------------|
/// | under no agreement here, or of no signatory | no effect                                                     |
/// | without a signed note                       | dead letter, `agreement.unsigned`                             |
/// | wrong, or not by a key of that party        | dead letter, `agreement.forged`                               |
/// | right, of a party that has signed           | no effect                                                     |
/// | by a log whose keys are not known yet       | waits for them (``PartyEngine/settleSignatures(state:now:)``) |
/// | right                                       | noted, with its note                                          |
public struct AgreementDesk: Sendable {
    /// Signatures that wait for keys at once; more are refused.
    static let mostWaiting = 32

    /// Name of the party in the topology.
    public let party: String
    /// All agreements of the exchange.
    public let agreements: [AgreementGate]

    /// A party's desk.
    public init(party: String, agreements: [AgreementGate]) {
        self.party = party
        self.agreements = agreements
    }

    /// For a party that no agreement concerns.
    public static let none = AgreementDesk(party: "", agreements: [])

    /// Takes in a message of the topic of signatures.
    /// - Returns: ``Decision/held`` for one that waits for keys: whoever runs the core hands it in again.
    /// - Throws: ``UnreadablePayload`` for a signature that is not believed.
    public func receive<State: PartyState>(_ payload: RawSpan, in turn: inout Turn<State>) throws -> Verdict {
        let signature = try AgreementSignature(reading: payload)
        guard let gate = gate(signature) else { return Verdict(.notAddressed) }
        let isKnown = try isBelieved(signature, turn.keys)
        if gate.hasSigned(signature.party, turn.figures) { return Verdict(.duplicate) }
        guard isKnown else {
            guard turn.figures.signing.waiting.count < Self.mostWaiting else {
                throw Self.refusal(
                    "the keys of \(UnreadablePayload.quoted(signature.party)) are not known, and "
                        + "\(Self.mostWaiting) signatures wait already", .agreementForged)
            }
            return Verdict(.held)
        }
        note(signature, in: &turn.figures)
        return Verdict(.accepted)
    }

    /// Signs an agreement, and tells all.
    public func sign<State: PartyState>(_ command: PartyCommand, in turn: inout Turn<State>) -> CommandAnswer {
        guard let request = try? SignAgreement(decoding: command.payload),
            let gate = agreements.first(where: { $0.agreement == request.agreement })
        else {
            let names = agreements.map(\.agreement).joined(separator: ", ")
            return Self.refuse("there is no such agreement; there is \(names.isEmpty ? "none" : names)")
        }
        guard gate.signatories.contains(party) else {
            let names = gate.signatories.sorted().joined(separator: ", ")
            return Self.refuse("\(party) is no signatory of \(gate.agreement); signatories are \(names)")
        }
        if let former = turn.figures.signing.notes[gate.agreement]?[party] {
            return answer(former, gate, stoodBefore: true)
        }
        // It stands since before the exchange began: nobody has a note of it.
        if gate.signedAtStart.contains(party) { return answer("", gate, stoodBefore: true) }
        guard let key = turn.keys.signer,
            let note = try? AgreementNote(
                agreement: ExactText(gate.agreement), time: UInt64(max(0, turn.now)), signedBy: key)
        else { return Self.refuse("\(party) has no key to sign with; nothing was changed") }
        var signature = AgreementSignature()
        signature.agreement = gate.agreement
        signature.party = party
        signature.signedAt = turn.now
        signature.note = .init(note.bytes)
        self.note(signature, in: &turn.figures)
        turn.effects.send(signature)
        return answer(String(decoding: note.bytes, as: UTF8.self), gate, stoodBefore: false)
    }

    /// Whether all have signed.
    public func isInForce(_ agreement: String, _ figures: OwnFigures) -> Bool {
        agreements.first { $0.agreement == agreement }?.isInForce(figures) ?? true
    }

    private func gate(_ signature: AgreementSignature) -> AgreementGate? {
        agreements.first { $0.agreement == signature.agreement && $0.signatories.contains(signature.party) }
    }

    /// - Returns: False while the keys of its log are not known.
    private func isBelieved(
        _ signature: AgreementSignature, _ keys: SignatoryKeys
    ) throws(UnreadablePayload) -> Bool {
        guard !signature.note.isEmpty else {
            throw Self.refusal(
                "it has no signed note, and is in the name of \(UnreadablePayload.quoted(signature.party)); only the party "
                    + "itself can sign", .agreementUnsigned)
        }
        do throws(AgreementNoteError) {
            let note = try AgreementNote(Array(signature.note))
            guard note.agreement == ExactText(signature.agreement), Int64(exactly: note.time) == signature.signedAt
            else {
                throw .malformed
            }
            switch keys.keys(ofLog: note.origin, of: signature.party) {
            case .notOfParty:
                throw .otherLog(note.origin.string, expected: "the log of \(signature.party)")
            case .unknownYet: return false
            case .known(let list):
                _ = try note.signer(under: list)
                return true
            }
        } catch {
            throw Self.refusal(
                "the signature of \(UnreadablePayload.quoted(signature.party)) is not believed: \(error)",
                .agreementForged)
        }
    }

    private func note(_ signature: AgreementSignature, in figures: inout OwnFigures) {
        figures.signatures[signature.agreement, default: []].insert(signature.party)
        figures.signing.notes[signature.agreement, default: [:]][signature.party] = String(
            decoding: signature.note, as: UTF8.self)
    }

    private func answer(_ note: String, _ gate: AgreementGate, stoodBefore: Bool) -> CommandAnswer {
        var signed = AgreementSigned()
        signed.agreement = gate.agreement
        signed.party = party
        signed.stoodBefore = stoodBefore
        if let note = try? AgreementNote(Array(note.utf8)) {
            signed.signedAt = Int64(clamping: note.time)
            signed.key = note.note.signatures.first.map { "\($0.name)+\($0.identifier)" } ?? ""
        }
        return CommandAnswer(Verdict(stoodBefore ? .duplicate : .obeyed), bytes: signed.encoded)
    }

    private static func refuse(_ reason: String) -> CommandAnswer {
        CommandAnswer(Verdict(.notAddressed), bytes: Array(reason.utf8))
    }

    private static func refusal(_ rule: String, _ reason: ReasonCode) -> UnreadablePayload {
        UnreadablePayload(.agreementSignature, "\(rule) (\(reason.text))", reason: reason)
    }
}
