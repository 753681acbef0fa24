import ExchangeSchema
import PartyCore
import PartyStore
import Topology
import TransparencyLog

/// A signature under an agreement, as parties have kept it.
public struct SignatureEvidence: Sendable, Codable, Equatable {
    /// The agreement.
    public var agreement: String
    /// Who signed.
    public var party: String
    /// When, by its own clock; Unix milliseconds.
    public var signedAt: Int64
    /// Name and identifier of the key.
    public var key: String
    /// Whose stores have it, the signatory's among them.
    public var keptBy: [String]

    /// For people.
    var line: String {
        var time: [UInt8] = []
        EventHeaders.appendTime(signedAt, to: &time)
        return "\(agreement): signed by \(party) at \(String(decoding: time, as: UTF8.self)) with \(key), kept by "
            + keptBy.joined(separator: ", ")
    }

    /// Checks the notes that all parties keep against the keys of the logs that signed.
    static func gather(_ parties: [PartyEvidence], _ findings: inout FindingList) -> [SignatureEvidence] {
        let logs = parties.map { ($0.origin, Log(party: $0.subject.shard.party, keys: $0.keyList)) }
        let lists = Dictionary(logs) { first, _ in first }
        var found: [String: SignatureEvidence] = [:]
        for party in parties {
            for (agreement, notes) in party.store.progress.books.figures.signing.notes {
                for (signatory, text) in notes {
                    do {
                        let evidence = try read(text, agreement, signatory, lists)
                        found[text, default: evidence].keptBy.append(party.subject.party)
                    } catch {
                        findings.add(
                            .signature, party.subject.party,
                            "keeps a signature of \(signatory) under \(agreement) that does not hold: \(error)")
                    }
                }
            }
        }
        return found.values.sorted { ($0.agreement, $0.signedAt, $0.party) < ($1.agreement, $1.signedAt, $1.party) }
            .map { evidence in
                var evidence = evidence
                evidence.keptBy.sort()
                return evidence
            }
    }

    /// A log of the exchange.
    private struct Log {
        var party: String
        /// Nil where they are gone, which is a finding of its own.
        var keys: KeyList?
    }

    private static func read(
        _ text: String, _ agreement: String, _ signatory: String, _ logs: [ExactText: Log]
    ) throws -> SignatureEvidence {
        let note = try AgreementNote(Array(text.utf8))
        guard note.agreement == ExactText(agreement) else { throw AgreementNoteError.malformed }
        if let log = logs[note.origin], log.party != signatory {
            throw AgreementNoteError.otherLog(note.origin.string, expected: "the log of \(signatory)")
        }
        // Of somebody outside no keys are here: what the others believed is said, and not vouched for.
        let key =
            try logs[note.origin]?.keys.map { try note.signer(under: $0).description }
            ?? "a key of \(note.origin), whose keys are not here"
        return SignatureEvidence(
            agreement: agreement, party: signatory, signedAt: Int64(clamping: note.time), key: key, keptBy: [])
    }
}
