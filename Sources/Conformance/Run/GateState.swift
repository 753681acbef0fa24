import ExchangeSchema
import Journal
import Topology
import TransparencyLog
import Vocabulary

/// How the agreement stands that a party's answers wait for.
enum GateState {
    /// The party's answers wait for none.
    case none
    /// All had signed when the exchange starts: answers wait for nothing. Why.
    case inForce(String)
    /// All have signed since, on this broker: what to do.
    case open(String)
    /// The kit can open it, with these keys.
    case closed(GateKeys)
    /// It cannot be opened: why.
    case stuck(String)

    /// Looks at the topology, and at what was signed and announced on the broker so far.
    static func look(_ desk: CaseDesk, _ wire: ExchangeWire) throws -> GateState {
        let topology = desk.topology
        guard
            let gated = topology.topicsWritten(by: desk.party.name).first(where: { $0.requires != nil }),
            let agreement = gated.requires.flatMap(topology.agreement(named:)),
            let signatures = topology.topic(carrying: .agreementSignature)
        else { return .none }
        guard !agreement.isInForce else {
            return .inForce(
                "\(agreement.name) is in force from the start; give both the party and the kit a topology in which "
                    + "somebody else has not signed yet, and an empty broker")
        }
        let signed = try wire.recorded(signatures.name).compactMap { record -> String? in
            guard let value = record.value, let signature = try? AgreementSignature(decoding: value),
                signature.agreement == agreement.name, !signature.note.isEmpty
            else { return nil }
            return signature.party
        }
        let missing = agreement.missing.filter { !signed.contains($0) }
        if missing.isEmpty {
            return .open("\(agreement.name) was signed by all on this broker before; take an empty one")
        }
        guard !missing.contains(desk.party.name) else {
            return .stuck(
                "\(desk.party.name) itself has not signed \(agreement.name): it holds every answer, and the kit cannot sign "
                    + "for it")
        }
        let announced = Set(
            try wire.recorded(topology.audit.checkpoints)
                .filter { $0.header(EventAttribute.type.header) == Array(CheckpointMessage.Kind.keys.rawValue.utf8) }
                .compactMap { $0.key.map { String(decoding: $0, as: UTF8.self) } })
        if let other = missing.first(where: { announced.contains(GateKeys.log($0, wire.exchange).description) }) {
            return .stuck("\(other) has announced a key on this broker already; take one on which nobody else has run")
        }
        return .closed(try GateKeys(agreement, missing: missing, exchange: wire.exchange))
    }
}
