import ExchangeSchema
public import Topology
import Vocabulary

/// Who has signed an agreement, as the counted leaves say it.
public struct AgreementStanding: Sendable {
    /// A signatory, with the leaves that its signature has at other parties.
    public struct Signatory: Sendable {
        /// The party.
        public var party: String
        /// Whether it had signed when the exchange began.
        public var isFromStart: Bool
        /// Where and when its signature was taken in since.
        public var receipts: [SignatureReceipt]

        /// Whether it has signed.
        public var hasSigned: Bool { isFromStart || !receipts.isEmpty }
    }

    /// In the order of the topology.
    public var signatories: [Signatory]

    /// Those who have not signed.
    public var missing: [String] { signatories.filter { !$0.hasSigned }.map(\.party) }

    /// Looks for the signatures of an agreement.
    public init(_ agreement: Agreement, in figures: ExchangeFigures) {
        signatories = agreement.signatories.map { party in
            // A signature's message is named by agreement and signatory; the two hosts join them with different signs.
            let messages = ["|", "/"].map {
                MessageIdentifier(.agreementSignature, about: "\(agreement.name)\($0)\(party)").description
            }
            return Signatory(
                party: party, isFromStart: agreement.signed.contains(party),
                receipts: figures.signatures.filter { messages.contains($0.message) })
        }
    }
}
