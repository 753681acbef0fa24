import ExchangeSchema
public import Topology
import Vocabulary

extension AsyncAPIDocument {
    /// Describes the topics of a topology: who writes and reads each, and what is in it.
    /// - Parameter protos: Where the `.proto` files are: a path or address without the last `/`.
    public init(_ topology: Topology, protos: String) {
        info = Information(
            title: "Closed Cycle: \(topology.name)", version: "1",
            description: """
                Topics of an exchange of health records between facilities, MoH, VSS, C06 and localities. Each record is a \
                CloudEvent in binary mode: attributes are headers, the payload is a Protocol Buffers message. Place a \
                record by murmur2 of its key.
                """)
        defaultContentType = EventHeaders.contentType
        channels = [:]
        operations = [:]
        var kinds: Set<MessageType> = []
        for declared in topology.declaredTopics {
            let topics = topology.topics.filter { $0.declaredName == declared.name }
            kinds.insert(declared.carries)
            channels[declared.name] = Channel(declared, provinces: topics.compactMap(\.province))
            for party in declared.writers {
                operations["\(party).sends.\(declared.name)"] = Operation(.send, party, declared)
            }
            for party in declared.readers {
                operations["\(party).receives.\(declared.name)"] = Operation(.receive, party, declared)
            }
        }
        components = Components(
            messages: Dictionary(
                kinds.map { ($0.name, Message($0, protos: protos)) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension AsyncAPIDocument.Channel {
    fileprivate init(_ topic: Topic, provinces: [String]) {
        address = provinces.isEmpty ? topic.name : topic.name + ".{province}"
        var text = "\(topic.writers.joined(separator: ", ")) to \(topic.readers.joined(separator: ", "))."
        if !provinces.isEmpty { text += " A topic for each province, which only the locality that serves it reads." }
        if let agreement = topic.requires { text += " Nothing is sent before \(agreement) is in force." }
        description = text
        parameters =
            provinces.isEmpty
            ? nil : ["province": Parameter(enum: provinces.sorted(), description: "Code of the province.")]
        messages = [topic.carries.name: .init(path: "#/components/messages/\(topic.carries.name)")]
        bindings = Binding(kafka: .init(partitions: topic.partitions))
    }
}

extension AsyncAPIDocument.Operation {
    fileprivate init(_ action: Action, _ party: String, _ topic: Topic) {
        self.action = action
        channel = .init(path: "#/channels/\(topic.name)")
        summary = "\(party) \(action == .send ? "sends" : "receives") \(topic.carries.name)"
        messages = [.init(path: "#/channels/\(topic.name)/messages/\(topic.carries.name)")]
    }
}

extension AsyncAPIDocument.Message {
    fileprivate init(_ type: MessageType, protos: String) {
        name = type.eventType
        summary = type.name
        contentType = EventHeaders.contentType
        headers = Self.headers(type)
        payload = Payload(schema: .init(path: "\(protos)/\(type.protoFile)#\(type.eventType)"))
        bindings = Binding(kafka: .init(key: .init("string", type.key.meaning)))
    }

    /// Which must be there a reader decides: without those that it needs, a record becomes a dead letter.
    private static func headers(_ type: MessageType) -> AsyncAPIDocument.Schema {
        var properties: [String: AsyncAPIDocument.Schema] = [:]
        for attribute in EventAttribute.allCases { properties[attribute.header] = attribute.schema(type) }
        let required: [EventAttribute] = [.identifier, .source, .type] + (type.isAboutRecord ? [.subject] : [])
        return .init("object", properties: properties, required: required.map(\.header).sorted())
    }
}

extension EventAttribute {
    fileprivate func schema(_ type: MessageType) -> AsyncAPIDocument.Schema {
        switch self {
        case .specificationVersion: .init("string", "Version of CloudEvents.", const: EventHeaders.specificationVersion)
        case .identifier: .init("string", "The message; a copy of it has the same.")
        case .source: .init("string", "Who sends it; of a facility with its code.")
        case .type: .init("string", "What it is.", const: type.eventType)
        case .time: .init("string", "When it was sent; RFC 3339, UTC, milliseconds.")
        case .subject: .init("string", type.isAboutRecord ? "The record, or the request." : "What it is about.")
        case .sequence: .init("string", "The sender's journal number.", pattern: "^[0-9]{16}$")
        case .traceParent: .init("string", "The record as trace, the message as span (W3C Trace Context).")
        case .contentType: .init("string", "How the payload is encoded.", const: EventHeaders.contentType)
        case .salt: .init("string", "Goes into the digests of the payload; may be left out.", pattern: "^[0-9a-f]{32}$")
        }
    }
}

extension MessageKey {
    fileprivate var meaning: String {
        switch self {
        case .recordIdentifier: "The record, as in ce_subject."
        case .citizenNumber: "The citizen's number."
        case .facilityCode: "MA_CSKCB of the facility."
        case .agreementName: "Name of the agreement."
        case .provinceCode: "Code of the province."
        }
    }
}

extension MessageType {
    /// The file below `exchange/v1` in which the message is defined.
    fileprivate var protoFile: String {
        switch self {
        case .facilityRecord, .acceptedRecord: "records.proto"
        case .assessedRecord, .assessment, .assessmentFeedback: "assessments.proto"
        case .identityCheck, .identityResult, .civilStatus: "identity.proto"
        case .bookEntry, .correction, .sharingNotice, .bookHandover, .insuranceNotice, .provinceCoverage: "book.proto"
        case .agreementSignature: "agreements.proto"
        case .historyRequest, .sharedHistory: "histories.proto"
        }
    }
}
