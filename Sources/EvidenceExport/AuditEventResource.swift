import ExchangeSchema
import FHIRMapping
import PartyCore
import Vocabulary

/// AuditEvent (FHIR R4): one leaf.
struct AuditEventResource: Codable, Equatable {
    struct Agent: Codable, Equatable {
        var `extension`: [Extension]?
        var type: CodeableConcept?
        var who: Reference
        var altId: String?
        var name: String?
        var requestor: Bool
        var purposeOfUse: [CodeableConcept]?
    }

    struct Source: Codable, Equatable {
        var observer: Reference
        var type: [Coding]
    }

    struct Detail: Codable, Equatable {
        var type: String
        var valueString: String
    }

    struct Entity: Codable, Equatable {
        var what: Reference?
        var name: String?
        var description: String?
        var detail: [Detail]?
    }

    var resourceType = "AuditEvent"
    var id: String
    var `extension`: [Extension]?
    var type: Coding
    var subtype: [Coding]
    var action: String?
    var recorded: String
    var outcome: String
    var outcomeDesc: String?
    var purposeOfEvent: [CodeableConcept]?
    var agent: [Agent]
    var source: Source
    var entity: [Entity]

    init(_ leaf: ExportedLeaf) {
        let said = leaf.leaf
        let isSent = said.decision == .sent
        id = leaf.id
        self.extension = leaf.proof.map { [$0.extension] }
        type = Self.type(said.decision)
        subtype = [Coding(FHIRCode.decision, "\(said.decision)")]
        recorded = FHIRInstant.text(said.time)
        outcome = Self.outcome(said.decision)
        outcomeDesc = said.reason == 0 ? nil : ReasonCode(rawValue: said.reason)?.text ?? "reason \(said.reason)"
        let role = isSent ? FHIRCode.sender : FHIRCode.receiver
        let isTransfer = said.decision != .looked && said.decision != .keyChanged && said.decision != .changed
        agent = [
            Agent(
                type: isTransfer ? CodeableConcept(coding: [role]) : nil, who: Reference(party: leaf.party),
                requestor: isSent || !isTransfer)
        ]
        source = Source(observer: Reference(party: leaf.party), type: [FHIRCode.applicationServer])
        entity = [
            Entity(
                what: Reference(uuid: said.message.description),
                description: MessageType(rawValue: said.type)?.eventType, detail: Self.details(leaf))
        ]
        if let record = leaf.record, leaf.act == nil {
            entity.append(Entity(what: Reference(uuid: record.description), description: "the record"))
        }
        if let act = leaf.act { tell(act) }
    }

    private static func type(_ decision: Decision) -> Coding {
        switch decision {
        case .sent: FHIRCode.transmit
        case .looked: FHIRCode.access
        case .keyChanged: Coding(FHIRCode.decision, "keyChanged")
        case .changed: Coding(FHIRCode.decision, "changed")
        default: FHIRCode.receive
        }
    }

    /// Value set "AuditEventOutcome": success, minor failure, serious failure.
    private static func outcome(_ decision: Decision) -> String {
        switch decision {
        case .refused, .unknownRecord: "4"
        case .unreadable, .headless, .stray: "8"
        default: "0"
        }
    }

    private static func details(_ leaf: ExportedLeaf) -> [Detail] {
        var details = [
            Detail(type: "leaf", valueString: "\(leaf.number)"),
            Detail(type: "payload digest, SHA-256", valueString: leaf.leaf.digest.description),
        ]
        if let topic = leaf.topic {
            details.append(
                Detail(type: "place", valueString: "\(topic)/\(leaf.leaf.partition)@\(leaf.leaf.offset)"))
        }
        if let run = StrayRun(leaf.leaf) {
            details.append(Detail(type: "messages of no party", valueString: "\(run.count)"))
        } else if leaf.leaf.cause != .none {
            details.append(Detail(type: "cause", valueString: leaf.leaf.cause.description))
        }
        return details
    }
}
