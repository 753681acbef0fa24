import ExchangeSchema
import Topology
import Vocabulary

/// Signatures under agreements that must not be believed.
struct AgreementCases {
    let desk: CaseDesk

    /// - Parameter prefix: What the case's name begins with.
    func unsigned(_ prefix: String) -> ConformanceCase {
        let name = "\(prefix).unsigned-agreement"
        let sentence = "a signature under an agreement without a signed note goes to the dead letters"
        guard let agreement = desk.topology.agreements.first(where: { $0.signatories.contains(desk.party.name) }),
            let other = agreement.signatories.first(where: { $0 != desk.party.name })
        else {
            return ConformanceCase(
                name, sentence, source: CaseSource.agreement,
                obstacle: .notApplicable("the topology has no agreement that \(desk.party.name) signs with others"))
        }
        var signature = AgreementSignature()
        signature.agreement = agreement.name
        signature.party = other
        signature.signedAt = desk.now
        let record = desk.record(name)
        let message = desk.message(
            .agreementSignature, MessageIdentifier(.agreementSignature, about: "\(name)|\(desk.run)"), about: record,
            key: agreement.name, value: signature.encoded)
        return ConformanceCase(
            name, sentence, source: CaseSource.agreement, [message.with(.subject, record.description)])
    }
}
