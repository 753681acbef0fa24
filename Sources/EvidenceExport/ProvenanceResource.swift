import ExchangeSchema
import FHIRMapping
import PartyCore
import Vocabulary

/// Provenance (FHIR R4): a record that a party took in, or a message that it made.
struct ProvenanceResource: Codable, Equatable {
    struct Agent: Codable, Equatable {
        var who: Reference
    }

    struct Entity: Codable, Equatable {
        var role: String
        var what: Reference
    }

    var resourceType = "Provenance"
    var id: String
    var `extension`: [Extension]?
    var target: [Reference]
    var recorded: String
    var activity: CodeableConcept
    var agent: [Agent]
    var entity: [Entity]?

    /// Nil for a leaf that says neither.
    init?(_ leaf: ExportedLeaf) {
        let said = leaf.leaf
        let message = Reference(uuid: said.message.description, display: MessageType(rawValue: said.type)?.eventType)
        switch said.decision {
        case .sent:
            target = [message]
            activity = CodeableConcept(coding: [FHIRCode.transmit])
            if said.cause != .none {
                entity = [Entity(role: "derivation", what: Reference(uuid: said.cause.description))]
            }
        case .accepted:
            target = [leaf.record.map { Reference(uuid: $0.description, display: "the record") } ?? message]
            activity = CodeableConcept(coding: [FHIRCode.receive])
            if leaf.record != nil { entity = [Entity(role: "source", what: message)] }
        default: return nil
        }
        id = leaf.id
        self.extension = leaf.proof.map { [$0.extension] }
        recorded = FHIRInstant.text(said.time)
        agent = [Agent(who: Reference(party: leaf.party))]
    }
}
