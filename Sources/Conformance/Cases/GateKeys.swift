import ExchangeSchema
import Foundation
import Journal
import PartyCore
import Topology
import TransparencyLog
import Vocabulary

/// Keys of those whose signature an agreement lacks: the kit plays them, announces a key for each, and signs.
struct GateKeys {
    let agreement: Agreement
    private let keys: [(party: String, key: SignerKey)]

    /// - Parameters:
    ///   - missing: Who has not signed.
    ///   - exchange: Identifier of the cluster.
    /// - Throws: What the keys throw.
    init(_ agreement: Agreement, missing: [String], exchange: String) throws {
        self.agreement = agreement
        keys = try missing.map { party in
            let seed = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
            return (party, try SignerKey(name: Self.log(party, exchange), kind: .ed25519, seed: seed))
        }
    }

    /// Name of a party's log.
    static func log(_ party: String, _ exchange: String) -> ExactText { ExactText("closed-cycle/\(exchange)/\(party)") }

    /// What a party believes once the keys are announced.
    func believed() throws -> SignatoryKeys {
        SignatoryKeys(
            parties: Dictionary(uniqueKeysWithValues: keys.map { ($0.key.verifier.name, $0.party) }),
            lists: try keys.map { try KeyList(first: $0.key) })
    }

    /// Announcements, then signatures.
    func messages(_ desk: CaseDesk, about record: RecordIdentifier) throws -> [CaseMessage] {
        try keys.map { try announcement($0.party, $0.key, desk, record) }
            + keys.map { try signature($0.party, $0.key, desk, record) }
    }

    private func announcement(
        _ party: String, _ key: SignerKey, _ desk: CaseDesk, _ record: RecordIdentifier
    ) throws -> CaseMessage {
        let log = key.verifier.name.description
        let message = CheckpointMessage(
            .keys, from: party, origin: log, body: try KeyList(first: key).bytes)
        var sink = HeaderList()
        EventHeaders.write(
            event: message.kind.rawValue, identifier: message.identifier.description, source: "/\(party)",
            time: desk.now, subject: nil, contentType: "text/plain", to: &sink)
        return CaseMessage(
            type: nil, topic: desk.topology.audit.checkpoints, subject: record, key: Array(log.utf8),
            value: message.body, headers: sink.headers)
    }

    private func signature(
        _ party: String, _ key: SignerKey, _ desk: CaseDesk, _ record: RecordIdentifier
    ) throws -> CaseMessage {
        var signature = AgreementSignature()
        signature.agreement = agreement.name
        signature.party = party
        signature.signedAt = desk.now
        let note = try AgreementNote(agreement: ExactText(agreement.name), time: UInt64(desk.now), signedBy: key)
        signature.note = Data(note.bytes)
        return desk.message(
            .agreementSignature, MessageIdentifier(.agreementSignature, about: "\(agreement.name)|\(party)"),
            about: record, key: agreement.name, value: signature.encoded
        ).with(.source, "/\(party)").with(.subject, agreement.name)
    }
}
