import ExchangeSchema
package import Topology
import Vocabulary

/// Writes the messages of cases as the others would write them: topics, keys, headers and identifiers. All records of a run
/// bear identifiers that no other run and no exchange has.
package struct CaseDesk: Sendable {
    /// The exchange.
    package let topology: Topology
    /// The party that is tried.
    package let party: Party
    /// What sets this run's records apart.
    let run: UInt64
    /// Clock reading at the start; Unix milliseconds.
    let now: Int64

    /// - Parameter run: Drawn at random for each run.
    package init(topology: Topology, party: Party, run: UInt64, now: Int64) {
        self.topology = topology
        self.party = party
        self.run = run
        self.now = now
    }

    /// The message that brings the party a record; nil for a facility.
    var intake: MessageType? { topology.route.duties(of: party.name)?.intake }

    /// A record of a case.
    func record(_ name: String, _ number: Int = 1) -> RecordIdentifier {
        MessageIdentifier(.facilityRecord, about: "conformance|\(run)|\(party.name)|\(name)|\(number)").uuid
    }

    /// A message about a revision of a record.
    /// - Parameters:
    ///   - key: The record identifier's text when empty.
    ///   - source: Of a facility its code.
    func message<Payload: RecordMessage>(
        _ payload: Payload, key: String = "", facility: String = "", province: String? = nil
    ) -> CaseMessage {
        let type = Payload.messageType
        let record = RecordIdentifier(payload.recordID) ?? RecordIdentifier(high: 0, low: 0)
        return message(
            type, MessageIdentifier(type, record: record, revision: payload.revision), about: record,
            key: key.isEmpty ? payload.recordID : key, value: payload.encoded, facility: facility, province: province)
    }

    /// A message of any kind.
    func message(
        _ type: MessageType, _ identifier: MessageIdentifier, about record: RecordIdentifier, key: String,
        value: [UInt8], facility: String = "", province: String? = nil
    ) -> CaseMessage {
        let found = topics(type).first { $0.province == province || $0.province == nil }
        var sink = HeaderList()
        let role = found.flatMap { $0.writers.first { $0 != party.name } }.flatMap { topology.party(named: $0) }?.role
        EventHeaders.write(
            event: type.eventType, identifier: identifier.uuid.description,
            source: (role?.eventSource ?? "/conformance") + (facility.isEmpty ? "" : "/" + facility), time: now,
            subject: record.description, to: &sink)
        return CaseMessage(
            type: type, topic: found?.name ?? "", subject: record, key: Array(key.utf8), value: value,
            headers: sink.headers)
    }

    /// Topics of a kind that the party reads.
    private func topics(_ type: MessageType) -> [Topic] {
        let read = topology.topicsRead(by: party.name).filter { $0.carries == type }
        return read.isEmpty ? topology.topics(carrying: type) : read
    }
}

/// Headers as they are written, one after the other.
struct HeaderList: EventHeaderSink {
    private(set) var headers: [TrafficHeader] = []

    mutating func clear() { headers = [] }

    mutating func set(_ place: Int, to text: String) {
        headers.append(TrafficHeader(EventHeaders.names[place], Array(text.utf8)))
    }

    mutating func write(_ place: Int, _ body: (inout [UInt8]) -> Void) {
        var value: [UInt8] = []
        body(&value)
        headers.append(TrafficHeader(EventHeaders.names[place], value))
    }
}
